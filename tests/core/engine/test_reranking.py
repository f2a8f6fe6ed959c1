"""The reranker within the services of a vault: only where the person names one."""

import pytest

from core.engine.late_embedder import LateEmbedder
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable
from core.index.reranking.client import Reranker
from core.paths import places
from core.search.model import SearchQuery
from core.search.searcher import Searcher
from core.settings import IndexSettings, Settings


@pytest.fixture
def open_vault(tmp_path, monkeypatch):
    def unavailable(_self):
        raise EmbeddingUnavailable

    monkeypatch.setattr(LateEmbedder, "_running", unavailable)
    vault = tmp_path / "vault"
    vault.mkdir()
    for name, text in {
        "Launch": "The beta opens in March.",
        "Plan": "The beta and its plan.",
        "计划": "发布计划。",
    }.items():
        (vault / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    made = []

    def open_vault(reranker):
        settings = Settings(index=IndexSettings(reranker=reranker))
        made.append(VaultServices(vault, settings, places(tmp_path / "base")))
        made[-1].rescan()
        return made[-1]

    yield open_vault
    for services in made:
        services.close()


def test_without_a_name_there_is_none(open_vault):
    services = open_vault("")
    assert services.reranker is None
    assert isinstance(services.searcher, Searcher)


def test_with_one_it_has_a_say_in_the_order_and_ends_with_the_vault(open_vault, monkeypatch):
    asked, closed = [], []

    def scores(_self, question, passages, seconds):
        asked.append((question, seconds))
        return [float(n) for n in range(len(passages))]

    monkeypatch.setattr(Reranker, "scores", scores)
    monkeypatch.setattr(Reranker, "close", lambda _self: closed.append(1))
    plain = [hit.path for hit in open_vault("").searcher.search(SearchQuery("beta"))]
    services = open_vault("some/reranker")
    assert services.reranker.name == "some/reranker"
    turned = [hit.path for hit in services.searcher.search(SearchQuery("beta"))]
    assert sorted(turned) == sorted(plain)
    assert turned == plain[::-1]
    assert asked == [("beta", 0.25)]
    services.close()
    assert closed


def test_one_that_is_not_there_costs_nothing_but_its_order(open_vault, monkeypatch):
    def nothing(_name):
        raise OSError("no process")

    services = open_vault("gone")
    monkeypatch.setattr(services.reranker, "_start_child", nothing)
    assert services.searcher.search(SearchQuery("beta"))
    assert services.reranker.problem == "no process"
