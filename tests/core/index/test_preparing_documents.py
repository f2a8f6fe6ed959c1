"""From a document of the library to chunks: each names its page, none has a say in the vault's graph."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.library import Library, Origin
from core.documents.model import Converted, Part
from core.errors import NoteMissing
from core.index import preparing_documents
from core.index.preparing import Known
from core.index.preparing_documents import prepare_document
from core.text.chunks import text_hash


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "documents")


def added(library, *parts, name="report.pdf", title=""):
    origin = Origin(Path("/f") / name, f"{abs(hash((name, parts))):032x}"[:32], 1)
    return library.add(Converted(tuple(parts), title=title, kind="pdf"), origin, now=1.0).document


def prepared(library, document, known=None):
    return prepare_document(library, document.path, known or Known())


def test_no_chunk_lies_on_two_pages(library):
    document = added(library, Part("Short one.", "p. 1"), Part("Short two.", "p. 2"), Part("三。", "p. 3"))
    note = prepared(library, document)
    assert [(piece.text, document.label_at(piece.start_line)) for piece in note.chunks] == [
        ("Short one.", "p. 1"),
        ("Short two.", "p. 2"),
        ("三。", "p. 3"),
    ]


def test_lines_are_those_of_the_whole_text(library):
    document = added(library, Part("a\n\nb", "p. 1"), Part("c\nd", "p. 2"))
    lines = library.text(document).split("\n")
    for piece in prepared(library, document).chunks:
        assert "\n".join(lines[piece.start_line - 1 : piece.end_line]) == piece.text


def test_a_section_that_runs_on_keeps_its_heading_on_the_next_page(library):
    document = added(
        library,
        Part("# Prices\n\nFirst.", "p. 1"),
        Part("Second.", "p. 2"),
        Part("# Terms\n\nThird.", "p. 3"),
    )
    paths = [piece.heading_path for piece in prepared(library, document).chunks]
    assert paths == [("Prices",), ("Prices",), ("Terms",)]


def test_the_hash_of_a_chunk_is_that_of_what_is_embedded(library):
    document = added(library, Part("# Prices\n\nFirst.", "p. 1"), Part("Second.", "p. 2"), title="Report")
    for piece in prepared(library, document).chunks:
        assert piece.text_hash == text_hash("Report", piece.heading_path, piece.text)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [("Given", "# Written", "Given"), ("", "# Written\n\nx", "Written"), ("", "x", "report")],
)
def test_the_title_is_given_written_or_the_name(library, title, text, expected):
    assert prepared(library, added(library, Part(text), title=title)).facts.title == expected


def test_headings_know_their_lines(library):
    document = added(library, Part("# One\n\nx", "p. 1"), Part("## Two", "p. 2"))
    assert [(heading.title, heading.line) for heading in prepared(library, document).facts.headings] == [
        ("One", 1),
        ("Two", 5),
    ]


def test_links_tags_and_aliases_of_a_document_are_left_out(library):
    text = "---\naliases: [Launch plan]\ntags: [board]\n---\n\nSee [[Launch plan]] #urgent\n"
    facts = prepared(library, added(library, Part(text), name="evil.md")).facts
    assert (facts.links, facts.tags, facts.aliases) == ((), (), ())


def test_what_is_known_is_not_cut_again(library):
    document = added(library, Part("Words."))
    digest = prepared(library, document).facts.content_hash
    again = prepared(library, document, Known(digest, "report"))
    assert (again.unchanged, again.chunks) == (True, ())


def test_a_document_that_is_gone_is_missing(library):
    document = added(library, Part("Words."))
    library.remove(document.path)
    with pytest.raises(NoteMissing):
        prepared(library, document)


def test_a_text_that_is_gone_is_missing(library):
    document = added(library, Part("Words."))
    next(library.folder.glob("*.md")).unlink()
    with pytest.raises(NoteMissing):
        prepared(library, document)


def test_a_poison_document_is_set_aside_with_its_reason(library, monkeypatch, caplog):
    def trip(_text):
        raise ZeroDivisionError

    monkeypatch.setattr(preparing_documents.markdown, "parse", trip)
    with caplog.at_level("ERROR"):
        note = prepared(library, added(library, Part("Words.")))
    assert "ZeroDivisionError" in note.facts.problem
    assert note.chunks == ()


def test_an_empty_document_has_no_chunks(library):
    assert prepared(library, added(library, Part(""))).chunks == ()


LINE = st.text(alphabet="ab 版本#-|`>*[]!\n", max_size=60)


@given(st.lists(LINE, min_size=1, max_size=5))
def test_every_visible_character_of_a_document_lands_in_some_chunk(tmp_path_factory, pages):
    library = Library(tmp_path_factory.mktemp("documents"))
    parts = [Part(page.strip("\n"), f"p. {number}") for number, page in enumerate(pages, start=1)]
    document = added(library, *parts)
    chunks = prepared(library, document).chunks
    shown = "".join("".join(piece.text.split()) for piece in chunks)
    assert shown == "".join("".join(part.text.split()) for part in parts)
    for piece in chunks:
        assert document.label_at(piece.start_line) == document.label_at(piece.end_line)
