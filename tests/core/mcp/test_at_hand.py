"""A vault that is asked while it is still being opened, and what is told when it cannot be."""

import threading

import pytest

from core.errors import EmbeddingUnavailable, IndexDamaged, NotesNotRead, VaultMissing, VaultUnreadable
from core.index.model import IndexProgress
from core.mcp import at_hand as module
from core.mcp.at_hand import NotesAtHand
from core.paths import places
from core.search.model import SearchMode, SearchQuery
from core.settings import IndexSettings, Settings

QUERY = SearchQuery("quokka", mode=SearchMode.TEXT)


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    folder = tmp_path_factory.mktemp("at hand") / "vault"
    folder.mkdir()
    (folder / "Pouch.md").write_text("# Pouch\n\nThe quokka sleeps.\n", encoding="utf-8")
    return folder


@pytest.fixture
def at_hand(vault, tmp_path):
    index = IndexSettings(exclude=("old/",), exclude_tags=("early",))
    made = NotesAtHand(vault, Settings(index=index), places(tmp_path / "base"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def opened(vault):
    """A vault that was asked before it was open, and what was found then."""
    made, found = NotesAtHand(vault, Settings(), places(vault.parent / "base")), []
    asking = threading.Thread(target=lambda: found.extend(made.search(QUERY)))
    asking.start()
    made.open()
    asking.join()
    yield made, found
    made.close()


def test_whoever_asks_before_the_vault_is_open_waits_and_finds(opened):
    assert [hit.path for hit in opened[1]] == ["Pouch.md"]


def test_a_vault_that_cannot_be_opened_is_told_to_everybody_who_asks(tmp_path):
    at_hand = NotesAtHand(tmp_path / "nowhere", Settings(), places(tmp_path / "base"))
    at_hand.open()
    for _ in range(2):
        with pytest.raises(VaultMissing):
            at_hand.services()


def test_who_waits_too_long_is_told_that_the_notes_are_not_read(at_hand, monkeypatch):
    monkeypatch.setattr(module, "FIRST_READING_S", 0.01)
    with pytest.raises(NotesNotRead):
        at_hand.services()


def test_a_model_that_is_not_there_is_no_trouble_and_other_trouble_ends_once_the_notes_are_read(
    opened, monkeypatch
):
    at_hand = opened[0]
    monkeypatch.setattr(at_hand, "_settled", threading.Event())
    at_hand._tell(EmbeddingUnavailable("no model"))
    assert not at_hand._settled.is_set()
    at_hand._tell(VaultUnreadable())
    with pytest.raises(VaultUnreadable):
        at_hand.services()
    at_hand._tell(IndexProgress(1, 1, 0, 1))
    assert at_hand.services().index.scanned


def test_later_trouble_leaves_what_was_read(opened):
    at_hand = opened[0]
    services = at_hand.services()
    at_hand._tell(VaultUnreadable())
    assert at_hand.services() is services


def test_a_damaged_index_is_told_and_left_to_the_upkeep(opened, monkeypatch):
    at_hand, mended = opened[0], []

    def damaged(query):
        raise IndexDamaged

    monkeypatch.setattr(at_hand.services().searcher, "search", damaged)
    monkeypatch.setattr(at_hand._upkeep.keeper, "want_mending", mended.append)
    with pytest.raises(IndexDamaged):
        at_hand.search(QUERY)
    assert mended == [QUERY]


@pytest.mark.parametrize(
    "text",
    ['[index]\nexclude = ["new/"]\nexclude_tags = ["late"]\n', "[index\n", "[index]\nexclude = 3\n", None],
)
def test_exclusions_of_the_start_the_vault_and_the_settings_all_hold(at_hand, vault, tmp_path, text):
    file = places(tmp_path / "base").settings_file
    if text is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (vault / ".pilotfishignore").write_text("own/\n", encoding="utf-8")
    (vault / "Early.md").write_text("#early/one\n", encoding="utf-8")
    (vault / "Late.md").write_text("#late\n", encoding="utf-8")
    asked = {"old/a.md", "own/a.md", "other/a.md", "new/a.md", "Early.md", "Late.md", "Pouch.md"}
    new = {"new/a.md", "Late.md"} if text is not None and "new/" in text else set()
    assert at_hand.left_out.among(asked) == {"old/a.md", "own/a.md", "Early.md"} | new
    assert file.exists() is (text is not None)
