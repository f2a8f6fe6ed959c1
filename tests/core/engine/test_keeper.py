"""The thread that keeps the index current: real notes, real index; the embedding model alone is replaced."""

import contextlib
import threading
import time
from functools import partial

import numpy as np
import pytest

from core.concurrency import CancelToken
from core.engine import keeper as keeper_module
from core.engine import services as services_module
from core.engine.keeper import IndexKeeper
from core.engine.manners import Manners
from core.engine.model import NotesChanged
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable, IndexDamaged
from core.index.model import Hold, IndexProgress
from core.search.model import SearchMode, SearchQuery
from core.settings import Settings

PATIENCE_S = 60
LONG = "# Long\n\n" + " ".join(f"Quagmire number {number}." for number in range(4000))
"""Too many new chunks to be embedded before the words are committed."""


class SwitchedEmbedder:
    """Gives vectors while it is on; counts texts; can be held back in the middle of one."""

    batch = 4
    ready = True

    def __init__(self, _model, _models_dir):
        self.name, self.dimensions, self.sent_to = "switched", 8, ""
        self.prepared = True
        self.works = True
        self.is_asked = False
        self.embedded = []
        self.gate = threading.Event()
        self.gate.set()

    def embed_passages(self, texts):
        self.is_asked = True
        self.gate.wait(PATIENCE_S)
        if not self.works:
            self.prepared = False
            raise EmbeddingUnavailable("The model file is damaged.")
        self.embedded += texts
        return np.full((len(texts), 8), 8**-0.5, dtype=np.float32)

    embed_at_once = embed_passages

    def embed_query(self, text):
        return self.embed_passages([text])[0]

    def close(self):
        self.gate.set()


@pytest.fixture
def services(vault, where, monkeypatch):
    monkeypatch.setattr(services_module, "LateEmbedder", SwitchedEmbedder)
    services = VaultServices(vault, Settings(), where)
    yield services
    services.close()


@pytest.fixture
def told():
    return []


@pytest.fixture
def keeper(services, told):
    keeper = IndexKeeper(services, told.append, on_model_missing=lambda: told.append("model missing"))
    yield keeper
    services.embedder.gate.set()
    keeper.stop(PATIENCE_S)


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def is_idle(told):
    return any(isinstance(event, IndexProgress) and event.idle for event in told)


def has(things, count):
    return len(things) >= count


def found(services, words):
    hits = services.searcher.search(SearchQuery(words, mode=SearchMode.TEXT))
    return {hit.path for hit in hits}


def test_it_begins_with_the_whole_vault_and_ends_idle(keeper, services, told):
    keeper.start()
    wait_for(lambda: is_idle(told))
    assert found(services, "流失率") == {"项目/复盘.md"}
    (change,) = [event for event in told if isinstance(event, NotesChanged)]
    assert set(change.changed) == {"Launch.md", "项目/复盘.md"}


def spoil(services, pattern):
    services.index.close()
    files = list(services.index.folder.rglob(pattern))
    assert files
    for file in files:
        file.write_bytes(b"rubbish" * 1000)


def test_what_a_search_found_damaged_is_made_anew(keeper, services, told, caplog):
    keeper.start()
    wait_for(lambda: is_idle(told))
    services.index.tidy(force=True)
    spoil(services, "*_invert.lance")
    query = SearchQuery("流失率", mode=SearchMode.TEXT)
    with pytest.raises(IndexDamaged):
        services.searcher.search(query)
    keeper.want_mending(query)

    def is_found():
        with contextlib.suppress(IndexDamaged):
            return bool(services.searcher.search(query))

    wait_for(is_found)


def test_a_search_that_fails_over_new_rows_too_has_them_made_anew_but_once(
    keeper, services, told, monkeypatch, caplog
):
    keeper.start()
    wait_for(lambda: is_idle(told))
    resets, looks, rescan = [], [], services.rescan
    monkeypatch.setattr(services.index, "reset", lambda: resets.append("reset"))
    monkeypatch.setattr(services, "rescan", lambda **options: (rescan(**options), looks.append("look"))[0])

    def fail(_query):
        raise IndexDamaged

    monkeypatch.setattr(services.searcher, "search", fail)
    for turn in range(1, 4):
        keeper.want_mending(SearchQuery("beta"))
        wait_for(partial(has, looks, turn))
    assert resets == ["reset"]


def test_vectors_that_cannot_be_kept_have_the_index_made_anew_but_once(
    keeper, services, told, monkeypatch, caplog
):
    keeper.start()
    wait_for(partial(is_idle, told))
    resets, reset = [], services.index.reset
    monkeypatch.setattr(services.index, "reset", lambda: (resets.append("reset"), reset()))

    def fail(**_options):
        raise IndexDamaged

    monkeypatch.setattr(services.indexer, "embed_pending", fail)
    keeper.want_vectors()
    wait_for(lambda: any(isinstance(event, IndexDamaged) for event in told))
    assert resets == ["reset"]


def test_words_are_searchable_while_vectors_wait(keeper, services, told, vault):
    services.embedder.gate.clear()
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    keeper.start()
    wait_for(lambda: found(services, "quagmire") == {"Long.md"})
    assert not any("Quagmire" in text for text in services.embedder.embedded)


def test_a_dirty_note_interrupts_long_embedding(keeper, services, told, vault):
    services.embedder.gate.clear()
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    keeper.start()
    wait_for(lambda: found(services, "quagmire"))
    (vault / "New.md").write_text("# New\n\nAn aardvark.\n", encoding="utf-8")
    keeper.mark_dirty(["New.md"])
    services.embedder.gate.set()
    wait_for(lambda: found(services, "aardvark") == {"New.md"})
    wait_for(lambda: is_idle(told))


def test_paused_it_still_takes_the_note_that_changes_now_but_no_more(keeper, services, told, vault):
    keeper.start()
    wait_for(lambda: is_idle(told))
    keeper.pause(True)
    (vault / "Now.md").write_text("An aardvark.\n", encoding="utf-8")
    (vault / "Later.md").write_text("A zebra.\n", encoding="utf-8")
    keeper.want_rescan()
    keeper.mark_dirty(["Now.md"])
    wait_for(lambda: found(services, "aardvark") == {"Now.md"})
    assert found(services, "zebra") == set()
    keeper.pause(False)
    wait_for(lambda: found(services, "zebra") == {"Later.md"})


def test_a_note_that_went_is_told_and_no_longer_found(keeper, services, told, vault):
    keeper.start()
    wait_for(lambda: is_idle(told))
    (vault / "Launch.md").unlink()
    keeper.mark_dirty(["Launch.md"])
    wait_for(lambda: NotesChanged((), ("Launch.md",)) in told)
    assert found(services, "beta") == set()


def test_a_renamed_folder_embeds_nothing_again(keeper, services, told, vault):
    keeper.start()
    wait_for(lambda: is_idle(told))
    before = [text for text in services.embedder.embedded if "流失率" in text]
    (vault / "项目").rename(vault / "projects")
    keeper.mark_dirty(["项目", "projects"])
    wait_for(lambda: found(services, "流失率") == {"projects/复盘.md"})
    assert [text for text in services.embedder.embedded if "流失率" in text] == before


def test_a_damaged_model_is_reported_and_words_stay(keeper, services, told):
    services.embedder.works = False
    keeper.start()
    wait_for(lambda: "model missing" in told)
    assert found(services, "beta") == {"Launch.md"}
    services.embedder.works = services.embedder.prepared = True
    keeper.want_vectors()
    wait_for(lambda: is_idle(told))


def test_stopping_in_the_middle_of_embedding_loses_nothing(services, told, vault):
    services.embedder.gate.clear()
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    keeper = IndexKeeper(services, told.append)
    keeper.start()
    wait_for(lambda: found(services, "quagmire"))
    services.embedder.gate.set()
    keeper.stop(PATIENCE_S)
    report = services.indexer.bring_up_to_date(cancel=CancelToken())
    assert report.added == 0
    assert services.index.catalog.totals().waiting == 0


def test_a_vault_that_is_known_already_is_not_told_as_changed(services, told, vault, where):
    services.indexer.bring_up_to_date()
    (vault / "New.md").write_text("An aardvark.\n", encoding="utf-8")
    later = VaultServices(vault, Settings(), where)
    keeper = IndexKeeper(later, told.append)
    keeper.start()
    wait_for(lambda: is_idle(told))
    keeper.stop(PATIENCE_S)
    later.close()
    assert [event for event in told if isinstance(event, NotesChanged)] == [NotesChanged(("New.md",), ())]


def embedded_of(services):
    totals = services.index.catalog.totals()
    return totals.chunks - totals.waiting


def a_keeper(services, told, manners):
    return IndexKeeper(services, told.append, manners=manners)


def test_while_the_person_types_vectors_wait_and_words_do_not(services, told, vault):
    clock = [0.0]
    manners = Manners(pause_on_battery=False, now=lambda: clock[0])
    manners.person_acts()
    keeper = a_keeper(services, told, manners)
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    keeper.start()
    wait_for(lambda: found(services, "quagmire"))
    before = embedded_of(services)
    clock[0] = 0.5
    keeper.person_acts()
    assert embedded_of(services) == before
    clock[0] = 10.0
    keeper.want_vectors()
    wait_for(lambda: is_idle(told))
    keeper.stop(PATIENCE_S)


def test_typing_cuts_embedding_short(services, told, vault):
    clock = [0.0]
    services.embedder.gate.clear()
    keeper = a_keeper(services, told, Manners(pause_on_battery=False, now=lambda: clock[0]))
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    clock[0] = 100.0
    keeper.start()
    wait_for(lambda: found(services, "quagmire"))
    wait_for(lambda: services.embedder.is_asked)
    keeper.person_acts()
    services.embedder.gate.set()
    wait_for(lambda: embedded_of(services) > 0)
    assert services.index.catalog.totals().waiting > 0
    clock[0] = 200.0
    wait_for(lambda: is_idle(told))
    keeper.stop(PATIENCE_S)


def test_on_battery_vectors_wait_for_the_plug_and_that_is_told(services, told, vault):
    clock, plugged = [0.0], threading.Event()
    keeper = a_keeper(services, told, Manners(battery=lambda: not plugged.is_set(), now=lambda: clock[0]))
    (vault / "Long.md").write_text(LONG, encoding="utf-8")
    keeper.start()
    wait_for(lambda: any(getattr(event, "hold", None) is Hold.BATTERY for event in told))
    assert services.index.catalog.totals().waiting > 0
    assert found(services, "quagmire") == {"Long.md"}
    plugged.set()
    clock[0] = 100.0
    keeper.want_vectors()
    wait_for(lambda: is_idle(told))
    assert told[-1].hold is Hold.NONE
    keeper.stop(PATIENCE_S)


def test_a_pause_is_told_and_so_is_its_end(keeper, services, told):
    keeper.start()
    wait_for(lambda: is_idle(told))
    keeper.pause(True)
    assert told[-1].hold is Hold.PAUSED
    keeper.pause(False)
    assert Hold.NONE in [event.hold for event in told[-2:] if isinstance(event, IndexProgress)]


def test_whatever_is_told_during_a_pause_says_that_it_is_one(keeper, services, told, vault):
    keeper.start()
    wait_for(lambda: is_idle(told))
    told.clear()
    keeper.pause(True)
    (vault / "Now.md").write_text("An aardvark.\n", encoding="utf-8")
    keeper.mark_dirty(["Now.md"])
    wait_for(lambda: found(services, "aardvark") == {"Now.md"})
    keeper.stop(PATIENCE_S)
    progress = [event.hold for event in told if isinstance(event, IndexProgress)]
    assert len(progress) > 1
    assert set(progress) == {Hold.PAUSED}


def test_a_rebuild_makes_the_rows_anew_and_embeds_nothing(keeper, services, told, vault):
    keeper.start()
    wait_for(lambda: is_idle(told))
    told.clear()
    keeper.want_rebuild()
    wait_for(lambda: is_idle(told))
    assert len([text for text in services.embedder.embedded if "流失率" in text]) == 1
    assert found(services, "流失率") == {"项目/复盘.md"}


def test_memory_that_searches_left_behind_is_given_back_once_nobody_acts(keeper, told, monkeypatch):
    given_back = []
    monkeypatch.setattr(keeper_module, "IDLE_BEFORE_TIDYING_S", 0.01)
    monkeypatch.setattr(keeper_module.memory, "give_back", lambda: given_back.append(keeper.manners.hold))
    keeper.start()
    wait_for(lambda: is_idle(told) and given_back)  # after the first reading, by tidying
    before = len(given_back)
    keeper.person_acts()
    wait_for(lambda: Hold.NONE in given_back[before:])


def test_memory_is_not_given_back_again_and_again(services, told, monkeypatch):
    keeper = IndexKeeper(services, told.append)
    monkeypatch.setattr(keeper.manners, "_acted", float("-inf"))
    assert keeper._choose_order() is None
    keeper.person_acts()
    monkeypatch.setattr(keeper.manners, "_acted", float("-inf"))
    assert keeper._choose_order() is keeper_module.memory.give_back
    assert keeper._choose_order() is None
