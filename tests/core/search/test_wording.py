"""Ranking by words, and by their translations, in a real index."""

from __future__ import annotations

import pytest

from core.index import vault_index
from core.index.model import Scope
from core.search.model import SearchQuery
from core.search.searcher import Searcher
from core.search.wording import LEADING, WEIGHT, Wording, evidence, ranked
from tests.core.index.fakes import HashingEmbedder

HERE = Scope()


WORDS = {"tomatoes": {"西红柿": 1.0, "番茄": 0.5}, "公测": {"beta": 1.0}}


class Dictionary:
    """Knows a few words."""

    def terms(self, question, *, into):
        return {
            term: weight
            for word, terms in WORDS.items()
            if word in question
            for term, weight in terms.items()
        }


def words_of(question, index):
    return ranked(Wording(index.store, None).ask(question, HERE, 100).result(), question)


def weight_of(question, index):
    return words_of(question, index).weight


def test_words_weigh_by_the_share_of_the_question_that_is_found(searcher, index):
    assert weight_of("churn in the pilot", index) == WEIGHT
    assert weight_of("churn of quux frobnicated zork", index) == pytest.approx(0.4 * WEIGHT)


def test_words_that_are_nowhere_are_no_evidence(searcher, index):
    nothing = words_of("frobnicated", index)
    assert (nothing.hits, nothing.weight, evidence(nothing)) == ([], 0.0, 0.0)


def test_the_best_rows_are_the_unit_of_words(searcher, index):
    ranking = words_of("三月公测的等候名单", index)
    parts = [ranking.part(hit.score) for hit in ranking.hits[:LEADING]]
    assert sum(parts) / len(parts) == pytest.approx(WEIGHT)


def test_a_question_finds_the_other_languages_words(searcher, index):
    wording = Wording(index.store, Dictionary())
    hits = wording.ask_translated("growing tomatoes", "zh", HERE, 100).result()
    assert [hit.row.path for hit in hits] == ["日记/花园.md"]
    hits = wording.ask_translated("公测什么时候开始", "en", HERE, 100).result()
    assert [hit.row.path for hit in hits] == ["Launch plan.md"]


def test_translations_keep_to_the_scope_and_the_language(searcher, index):
    wording = Wording(index.store, Dictionary())
    assert not wording.ask_translated("growing tomatoes", "zh", Scope(folder="projects"), 100).result()
    assert not wording.ask_translated("growing tomatoes", "en", HERE, 100).result()


def test_without_glossary_other_language_or_known_words_there_is_no_translation(searcher, index):
    assert not Wording(index.store, None).ask_translated("growing tomatoes", "zh", HERE, 100).result()
    assert not Wording(index.store, Dictionary()).ask_translated("growing tomatoes", "", HERE, 100).result()
    assert not Wording(index.store, Dictionary()).ask_translated("nothing known", "zh", HERE, 100).result()


def test_an_english_question_finds_its_chinese_answer_by_the_glossary(searcher, index, embedder, monkeypatch):
    monkeypatch.setattr(vault_index, "FEWEST_CHUNKS", 1)
    found = Searcher(index, embedder, second=HashingEmbedder("second"), glossary=Dictionary()).search(
        SearchQuery("growing tomatoes")
    )
    assert found[0].path == "日记/花园.md"
    assert found[0].signals["translation"] > 0
