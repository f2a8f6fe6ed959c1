"""Opening, changing and closing the upkeep of a vault; the embedding model alone is replaced."""

import time

import pytest

from core.engine import services as services_module
from core.engine import upkeep as upkeep_module
from core.engine.model import NotesChanged
from core.engine.upkeep import Upkeep
from core.errors import EmbeddingUnavailable, EngineStopped, VaultMissing, VaultNotAFolder
from core.index.embedding.stages import Stage
from core.index.model import IndexProgress
from core.search.model import SearchMode, SearchQuery
from core.settings import IndexSettings, Settings
from core.vault.model import WatchTrouble
from tests.core.engine.test_keeper import SwitchedEmbedder, is_idle, wait_for


class StartedEmbedder(SwitchedEmbedder):
    def start(self):
        if not self.works:
            raise EmbeddingUnavailable("There is no model.")


@pytest.fixture
def told():
    return []


@pytest.fixture
def prepared(monkeypatch):
    """Which models were asked to be prepared; each is at once."""
    asked = []
    monkeypatch.setattr(services_module, "LateEmbedder", StartedEmbedder)
    monkeypatch.setattr(upkeep_module.preparation, "is_prepared", lambda model, _folder: model in asked)

    def prepare(model, _folder, *, on_stage, token):
        on_stage(Stage.LOADING)
        asked.append(model)

    monkeypatch.setattr(upkeep_module.preparation, "prepare", prepare)
    return asked


@pytest.fixture
def make(where, told, prepared):
    made = []

    def make(vault, settings=None):
        made.append(Upkeep(vault, settings or Settings(), where, told.append))
        return made[-1]

    yield make
    for upkeep in made:
        upkeep.close()


def found(upkeep, words):
    hits = upkeep.services.searcher.search(SearchQuery(words, mode=SearchMode.TEXT))
    return {hit.path for hit in hits}


def test_an_open_vault_is_indexed_and_watched(make, vault, told):
    upkeep = make(vault)
    upkeep.open()
    wait_for(lambda: is_idle(told))
    assert found(upkeep, "流失率") == {"项目/复盘.md"}
    (vault / "New.md").write_text("An aardvark.\n", encoding="utf-8")
    wait_for(lambda: NotesChanged(("New.md",), ()) in told)
    wait_for(lambda: found(upkeep, "aardvark") == {"New.md"})


@pytest.mark.parametrize(("name", "error"), [("nowhere", VaultMissing), ("file", VaultNotAFolder)])
def test_a_vault_that_cannot_be_used_is_told_at_once(make, tmp_path, name, error):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(error):
        make(tmp_path / name).open()


def test_before_opening_and_after_closing_there_is_nothing_to_search(make, vault):
    upkeep = make(vault)
    with pytest.raises(EngineStopped):
        _ = upkeep.services
    upkeep.open()
    upkeep.close()
    with pytest.raises(EngineStopped):
        _ = upkeep.keeper


def test_preparing_tells_its_stages_and_happens_once(make, vault, told, prepared):
    upkeep = make(vault)
    upkeep.open()
    upkeep.prepare_model()
    upkeep.prepare_model()
    assert prepared == [""]
    assert IndexProgress(0, 0, 0, 0, preparing=Stage.LOADING.value) in told


def test_a_model_that_cannot_be_used_is_told_and_words_are_found(make, vault, told):
    upkeep = make(vault)
    upkeep.open()
    upkeep.services.embedder.works = False
    upkeep.prepare_model()
    assert any(isinstance(event, EmbeddingUnavailable) for event in told)
    wait_for(lambda: found(upkeep, "beta") == {"Launch.md"})


def test_an_exclusion_added_while_running_takes_notes_out(make, vault, told):
    upkeep = make(vault)
    upkeep.open()
    wait_for(lambda: found(upkeep, "流失率") == {"项目/复盘.md"})
    upkeep.change_settings(Settings(index=IndexSettings(exclude=("项目/",))))
    wait_for(lambda: found(upkeep, "流失率") == set())
    wait_for(lambda: found(upkeep, "beta") == {"Launch.md"})


def test_a_tag_that_is_left_out_while_running_takes_notes_out_and_lets_them_back(make, vault, told):
    (vault / "Diary.md").write_text("The quokka sleeps. #private/diary\n", encoding="utf-8")
    upkeep = make(vault)
    upkeep.open()
    wait_for(lambda: found(upkeep, "quokka") == {"Diary.md"})
    upkeep.change_settings(Settings(index=IndexSettings(exclude_tags=("private",))))
    wait_for(lambda: found(upkeep, "quokka") == set() and NotesChanged(("Diary.md",), ()) in told)
    assert [skipped.path for skipped in upkeep.details().skipped] == ["Diary.md"]
    (vault / "Diary.md").write_text("The quokka wakes.\n", encoding="utf-8")
    wait_for(lambda: found(upkeep, "quokka") == {"Diary.md"})
    (vault / "Launch.md").write_text("---\ntags: [Private]\n---\nbeta\n", encoding="utf-8")
    wait_for(lambda: found(upkeep, "beta") == set())
    upkeep.change_settings(Settings())
    wait_for(lambda: found(upkeep, "beta") == {"Launch.md"})


def test_settings_that_do_not_touch_the_index_leave_it_open(make, vault):
    upkeep = make(vault)
    upkeep.open()
    services = upkeep.services
    upkeep.change_settings(Settings(last_vault="elsewhere"))
    assert upkeep.services is services


def test_closing_is_bounded_and_may_be_repeated(make, vault, told):
    upkeep = make(vault)
    upkeep.open()
    upkeep.close()
    upkeep.close()
    count = len(told)
    (vault / "Late.md").write_text("late\n", encoding="utf-8")
    time.sleep(0.1)  # nobody is there to notice; there is no event to wait for
    assert len(told) == count


def test_its_details_tell_what_is_left_out_and_why(make, vault, told):
    (vault / "Old.org").write_text("* Old\n", encoding="utf-8")
    (vault / "Launch (conflicted copy 2026-11-22).md").write_text("copy\n", encoding="utf-8")
    (vault / "Broken.md").write_bytes(b"\x81\x00\xff" * 40)
    upkeep = make(vault)
    upkeep.open()
    wait_for(lambda: is_idle(told))
    details = upkeep.details()
    assert (details.notes, details.waiting) == (2, 0)
    assert {skipped.path for skipped in details.skipped} == {"Old.org", "Broken.md"}
    assert all(skipped.reason for skipped in details.skipped)
    assert details.conflicts == ("Launch (conflicted copy 2026-11-22).md",)
    assert (details.model, details.trouble) == ("switched", WatchTrouble.NONE)
    assert details.place.endswith("rows")
