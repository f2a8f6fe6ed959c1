"""Documents beside the notes of one vault: indexed, counted, removed, never mixed up with notes."""

from pathlib import Path

import pytest

from core.documents.library import Origin
from core.documents.model import Converted, Part
from core.engine.late_embedder import LateEmbedder
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable
from core.paths import places
from core.search.model import SearchMode, SearchQuery
from core.settings import Settings


@pytest.fixture
def services(tmp_path, monkeypatch):
    def unavailable(_self):
        raise EmbeddingUnavailable

    monkeypatch.setattr(LateEmbedder, "_running", unavailable)
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Launch.md").write_text("# Launch\n\nThe beta opens in March.\n", encoding="utf-8")
    made = VaultServices(vault, Settings(), places(tmp_path / "base"))
    yield made
    made.close()


def add(services, name, *texts):
    parts = tuple(Part(text, f"p. {number}") for number, text in enumerate(texts, start=1))
    digest = f"{abs(hash((name, texts))):032x}"[:32]
    origin = Origin(Path("/files") / name, digest, 1)
    return services.documents.add(Converted(parts, kind="pdf", pages=len(parts)), origin, now=1.0).document


def search(services, words):
    hits = services.searcher.search(SearchQuery(words, mode=SearchMode.TEXT))
    return [(hit.path, hit.label) for hit in hits]


def test_a_document_is_indexed_by_its_path_and_cited_by_its_page(services):
    services.rescan()
    document = add(services, "report.pdf", "cover", "The typewriter of Sholes")
    report, changes = services.refresh([document.path])
    assert (report.notes, report.documents, report.added) == (1, 1, 1)
    assert changes == []
    assert search(services, "typewriter") == [("document://report.pdf", "p. 2")]


def test_a_look_at_the_whole_vault_takes_documents_along_and_tells_of_notes_alone(services):
    add(services, "report.pdf", "typewriter")
    report, changes = services.rescan()
    assert (report.notes, report.documents) == (1, 1)
    assert [change.path for change in changes] == ["Launch.md"]
    again, nothing = services.rescan()
    assert (again.added, again.removed, again.unchanged, nothing) == (0, 0, 2, [])


def test_a_refresh_of_a_note_leaves_documents_alone(services):
    add(services, "report.pdf", "typewriter")
    services.rescan()
    (services.vault / "Launch.md").unlink()
    report, changes = services.refresh(["Launch.md"])
    assert (report.notes, report.documents, report.removed) == (0, 1, 1)
    assert [change.path for change in changes] == ["Launch.md"]
    assert search(services, "typewriter")


def test_a_refresh_of_everything_leaves_documents_alone(services):
    add(services, "report.pdf", "typewriter")
    services.rescan()
    report, _ = services.refresh([""])
    assert (report.notes, report.documents, report.removed) == (1, 1, 0)


def test_a_removed_document_leaves_the_index(services):
    document = add(services, "report.pdf", "typewriter")
    services.rescan()
    services.documents.remove(document.path)
    report, _ = services.refresh([document.path])
    assert (report.documents, report.removed) == (0, 1)
    assert search(services, "typewriter") == []


def test_a_document_read_anew_replaces_its_words(services):
    document = add(services, "report.pdf", "typewriter")
    services.rescan()
    add(services, "report.pdf", "pomegranate")
    report, _ = services.refresh([document.path])
    assert (report.changed, report.documents) == (1, 1)
    assert search(services, "typewriter") == []
    assert search(services, "pomegranate") == [("document://report.pdf", "p. 1")]


def test_a_thrown_away_index_is_filled_from_the_library(services):
    add(services, "report.pdf", "typewriter")
    services.rescan()
    services.index.reset()
    report, _ = services.rescan()
    assert (report.notes, report.documents, report.added) == (1, 1, 2)
    assert search(services, "typewriter")


def test_a_note_in_a_folder_called_document_is_a_note(services):
    (services.vault / "document:").mkdir()
    (services.vault / "document:" / "report.pdf.md").write_text("a typewriter of my own", encoding="utf-8")
    add(services, "report.pdf", "typewriter")
    report, _ = services.rescan()
    assert (report.notes, report.documents) == (2, 1)
    assert set(search(services, "typewriter")) == {
        ("document:/report.pdf.md", ""),
        ("document://report.pdf", "p. 1"),
    }


def test_the_words_document_and_colon_find_no_document_by_its_address(services):
    add(services, "report.pdf", "typewriter")
    services.rescan()
    assert search(services, "document:") == []
