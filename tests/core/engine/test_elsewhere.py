"""A vault whose model runs behind an endpoint: nothing but the settings differs."""

from __future__ import annotations

import threading

import pytest

from core.engine import upkeep as upkeep_module
from core.engine.upkeep import Upkeep
from core.index.model import IndexProgress
from core.search.model import SearchMode, SearchQuery
from core.settings import IndexSettings, Settings
from tests.core.engine.test_keeper import is_idle, wait_for
from tests.core.index.embedding.test_remote import vectors
from tests.scripted_replies import status
from tests.scripted_server import ScriptedServer


@pytest.fixture
def endpoint():
    with ScriptedServer(vectors()) as server:
        yield server


@pytest.fixture
def settings(endpoint):
    return Settings(index=IndexSettings(embedding_endpoint=endpoint.base_url, embedding_model="bge-m3"))


@pytest.fixture
def told():
    return []


@pytest.fixture(autouse=True)
def models_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(upkeep_module.building, "build", lambda _models, token: None)
    for module in ("core.engine.services", "core.engine.upkeep"):
        monkeypatch.setattr(f"{module}.models_dir", lambda _where: tmp_path / "models")


@pytest.fixture
def upkeep(vault, where, settings, told):
    upkeep = Upkeep(vault, settings, where, told.append)
    yield upkeep
    upkeep.close()


def test_the_endpoint_embeds_the_vault_and_the_questions(upkeep, told, endpoint):
    upkeep.open()
    upkeep.prepare_model()
    wait_for(lambda: is_idle(told))
    details = upkeep.details()
    assert details.model.startswith("bge-m3-")
    assert (details.waiting, details.sent_to) == (0, "")
    hits = upkeep.services.searcher.search(SearchQuery("流失率", mode=SearchMode.VECTOR))
    assert {hit.path for hit in hits} == {"Launch.md", "项目/复盘.md"}
    sent = [text for request in endpoint.requests for text in request.body["input"]]
    assert any("waiting list" in text for text in sent)


def test_an_endpoint_that_fails_leaves_search_by_words_and_is_told(upkeep, told, endpoint):
    upkeep.open()
    upkeep.prepare_model()
    wait_for(lambda: is_idle(told))
    endpoint.then(status(401, "no"))
    told.clear()
    (upkeep.services.vault / "New.md").write_text("# New\n\nAn aardvark.\n", encoding="utf-8")
    upkeep.keeper.mark_dirty(["New.md"])
    wait_for(
        lambda: any(isinstance(event, IndexProgress) and "refused the key" in event.problem for event in told)
    )
    hits = upkeep.services.searcher.search(SearchQuery("aardvark"))
    assert [hit.path for hit in hits][:1] == ["New.md"]


def test_the_old_index_is_searched_until_the_new_one_can_be(upkeep, told, endpoint, monkeypatch):
    found_meanwhile = []
    opened = upkeep._opened_services

    def opened_while_searching():
        if upkeep._services is not None:
            hits = upkeep.services.searcher.search(SearchQuery("waiting list", mode=SearchMode.TEXT))
            found_meanwhile.append([hit.path for hit in hits])
        return opened()

    monkeypatch.setattr(upkeep, "_opened_services", opened_while_searching)
    upkeep.open()
    wait_for(lambda: is_idle(told) or upkeep.services.index.scanned)
    upkeep.prepare_model()
    assert upkeep.services.embedder.name.startswith("bge-m3-")
    assert found_meanwhile in (
        [["Launch.md"]],
        [[]],
    )  # the words may not have been read yet, but nobody failed


def test_two_who_prepare_at_once_open_the_index_anew_only_once(upkeep, endpoint, monkeypatch):
    upkeep.open()
    openings = []
    anew = upkeep._open_anew
    monkeypatch.setattr(upkeep, "_open_anew", lambda: (openings.append(1), anew()))
    threads = [threading.Thread(target=upkeep.prepare_model) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(openings) <= 1  # none where the keeper was faster
    assert upkeep.services.embedder.name.startswith("bge-m3-")
