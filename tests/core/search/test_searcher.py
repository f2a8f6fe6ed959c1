"""Searching a real index of real files; only the embedders are made up."""

from __future__ import annotations

import shutil
import threading

import pytest

from core.errors import EmbeddingUnavailable, IndexDamaged
from core.index import vault_index
from core.index.model import LONGEST_QUERY, Scope
from core.search.model import SearchMode, SearchQuery
from core.search.searcher import Searcher
from tests.core.index.fakes import HashingEmbedder, write


def paths(searcher, text, **options):
    return [passage.path for passage in searcher.search(SearchQuery(text, **options))]


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("when does the beta open in March", "Launch plan.md"),
        ("churn in the pilot", "projects/Churn.md"),
        ("三月公测的等候名单", "日记/三月.md"),
        ("花园里种了什么", "日记/花园.md"),
    ],
)
def test_the_passage_that_answers_comes_first_in_every_mode(searcher, mode, text, best):
    assert paths(searcher, text, mode=mode)[0] == best


def test_a_passage_tells_its_place_text_and_signals(searcher):
    (best, *_) = searcher.search(SearchQuery("the monthly subscription costs"))
    assert (best.path, best.title, best.lang, best.start_line) == ("Pricing.md", "Pricing", "en", 1)
    assert "nine dollars" in best.text
    assert {"words", "meaning"} <= best.signals.keys()
    assert best.score == pytest.approx(sum(best.signals.values()))


def test_scores_never_rise(searcher):
    scores = [passage.score for passage in searcher.search(SearchQuery("beta list 公测 garden", limit=20))]
    assert scores == sorted(scores, reverse=True)


def test_no_passage_comes_twice_and_the_limit_holds(searcher):
    ids = [passage.id for passage in searcher.search(SearchQuery("the beta 公测", limit=20))]
    assert len(ids) == len(set(ids))
    assert len(searcher.search(SearchQuery("the beta 公测", limit=2))) == 2


@pytest.mark.parametrize(
    "name", ["[[Pricing]]", "Pricing", "pricing", "[[projects/Churn]]", "GTM", "[[三月]]"]
)
def test_a_name_typed_exactly_comes_first(searcher, name):
    expected = {
        "GTM": "Launch plan.md",
        "[[projects/Churn]]": "projects/Churn.md",
        "[[三月]]": "日记/三月.md",
    }
    (best, *_) = searcher.search(SearchQuery(name))
    assert best.path == expected.get(name, "Pricing.md")
    assert "name" in best.signals


def test_a_named_note_comes_first_whatever_else_is_asked(searcher):
    assert paths(searcher, "[[Pricing]] gardens and rivers")[0] == "Pricing.md"


@pytest.mark.parametrize(
    ("tag", "path"), [("#board", "Launch plan.md"), ("#money", "Pricing.md"), ("#公测", "日记/三月.md")]
)
def test_a_tag_typed_exactly_brings_its_notes_first(searcher, tag, path):
    assert paths(searcher, f"{tag} gardens and rivers")[0] == path


def test_quoted_words_prefer_what_holds_them(searcher):
    (best, *_) = searcher.search(SearchQuery('"gardens and rivers" beta'))
    assert best.path == "projects/Other.md"
    assert "phrase" in best.signals


def test_filters_hold_for_names_and_tags_too(searcher):
    inside = Scope(folder="projects")
    assert set(paths(searcher, "[[Pricing]] #board churn", scope=inside)) <= {
        "projects/Churn.md",
        "projects/Other.md",
    }
    assert set(paths(searcher, "beta tag:board")) == {"Launch plan.md"}
    assert "Pricing.md" not in paths(searcher, "[[Pricing]]", scope=Scope(exclude_path="Pricing.md"))
    assert set(paths(searcher, "公测 path:日记")) == {"日记/三月.md", "日记/花园.md"}


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "[[]]", '""', "\0", "\ud800", "a" * 30_000, "*:*", "NOT (", "'; DROP"]
)
@pytest.mark.parametrize("mode", list(SearchMode))
def test_no_query_raises(searcher, mode, text):
    searcher.search(SearchQuery(text, mode=mode))


def test_of_a_book_as_a_question_only_the_beginning_is_looked_at(searcher, embedder, monkeypatch):
    asked = list[str]()
    embed = embedder.embed_query
    monkeypatch.setattr(embedder, "embed_query", lambda text: (asked.append(text), embed(text))[1])
    assert paths(searcher, "the monthly subscription " * 20_000)[0] == "Pricing.md"
    assert [len(text) <= LONGEST_QUERY for text in asked] == [True]


def test_nothing_asked_finds_nothing(searcher):
    assert searcher.search(SearchQuery("  ")) == []


def test_words_serve_while_vectors_are_missing(index, indexer, vault, embedder):
    write(vault, {f"n{n}.md": f"# N{n}\n\nsubject{n} 主题{n}" for n in range(12)})
    indexer.update()
    searcher = Searcher(index, embedder, second=HashingEmbedder("second"))
    assert paths(searcher, "subject3")[0] == "n3.md"
    assert paths(searcher, "subject3", mode=SearchMode.VECTOR) == []


def test_words_serve_while_the_model_is_down(searcher, embedder, caplog):
    embedder.is_down = True
    (best, *_) = searcher.search(SearchQuery("the monthly subscription"))
    assert (best.path, "meaning" in best.signals) == ("Pricing.md", False)


def test_words_serve_without_a_model_and_with_another_one(searcher, index):
    for other in (None, HashingEmbedder("hashing-2")):
        assert paths(Searcher(index, other), "churn in the pilot")[0] == "projects/Churn.md"


def test_a_note_saved_a_moment_ago_is_found(searcher, indexer, vault):
    write(vault, {"new.md": "a zeppelin over the lake"})
    indexer.update()
    assert paths(searcher, "zeppelin")[0] == "new.md"


def test_a_note_that_the_best_one_links_to_is_recommended(searcher):
    found = {p.path: p for p in searcher.search(SearchQuery("waiting list of the beta", limit=20))}
    assert found["Pricing.md"].signals["links"] > 0
    assert "links" not in found["projects/Other.md"].signals


def test_without_reranking_only_the_rankers_speak(searcher):
    for passage in searcher.search(SearchQuery("waiting list of the beta", rerank=False, limit=20)):
        assert passage.signals.keys() <= {"words", "meaning"}


@pytest.fixture
def two_languages(monkeypatch):
    """Let six notes be enough to count as a vault of two languages."""
    monkeypatch.setattr(vault_index, "FEWEST_CHUNKS", 1)


def test_in_a_vault_of_two_languages_the_second_encoder_has_its_say(two_languages, searcher):
    found = searcher.search(SearchQuery("waiting list of the beta", limit=20))
    assert all("second" in passage.signals for passage in found)
    assert {"zh", "en"} == {passage.lang for passage in found}


def test_in_a_vault_of_one_language_the_second_encoder_is_not_asked(index, indexer, vault, embedder):
    write(vault, {f"n{n}.md": f"English words number {n} of this vault" for n in range(20)})
    indexer.bring_up_to_date()
    second = HashingEmbedder("second")
    second.is_down = True
    found = Searcher(index, embedder, second=second).search(SearchQuery("words of this vault"))
    assert not any("second" in passage.signals for passage in found)


def test_a_second_encoder_that_fails_costs_only_its_opinion(two_languages, searcher, index, embedder):
    class Broken(HashingEmbedder):
        def embed_query(self, text):
            raise EmbeddingUnavailable

    found = Searcher(index, embedder, second=Broken()).search(SearchQuery("churn in the pilot"))
    assert found[0].path == "projects/Churn.md"


def test_a_second_encoder_that_is_late_is_not_waited_for(two_languages, searcher, index, embedder):
    arrived = threading.Event()

    class Late(HashingEmbedder):
        def embed_query(self, text):
            arrived.wait(60)
            return super().embed_query(text)

    asking = Searcher(index, embedder, second=Late("second"))
    found = asking.search(SearchQuery("churn in the pilot"))
    arrived.set()
    assert found[0].path == "projects/Churn.md"
    assert not any({"second", "border"} & passage.signals.keys() for passage in found)


def test_a_deleted_index_is_told_and_search_works_again_after_the_rebuild(searcher, index, indexer, caplog):
    shutil.rmtree(index.home)
    with pytest.raises(IndexDamaged):
        searcher.search(SearchQuery("churn in the pilot"))
    indexer.bring_up_to_date()
    assert paths(searcher, "churn in the pilot")[0] == "projects/Churn.md"
