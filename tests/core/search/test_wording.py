"""Ranking by words, and by their translations, in a real index."""

from __future__ import annotations

import pytest

from core.index import vault_index
from core.index.model import Scope
from core.search.model import SearchQuery
from core.search.searcher import Searcher
from core.search.wording import LEADING, WEIGHT, evidence, ranked, translated
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


DICTIONARY = Dictionary()


def words_of(question, index):
    return ranked(index.store.newest().by_words(question, scope=HERE, limit=100).result(), question)


def of_translations(index, question, other, scope, glossary=DICTIONARY):
    terms = translated(question, other, glossary)
    return index.store.newest().by_terms(terms, scope=scope, limit=100, lang=other).result()


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
    hits = of_translations(index, "growing tomatoes", "zh", HERE)
    assert [hit.row.path for hit in hits] == ["日记/花园.md"]
    hits = of_translations(index, "公测什么时候开始", "en", HERE)
    assert [hit.row.path for hit in hits] == ["Launch plan.md"]


def test_translations_keep_to_the_scope_and_the_language(searcher, index):
    assert not of_translations(index, "growing tomatoes", "zh", Scope(folder="projects"))
    assert not of_translations(index, "growing tomatoes", "en", HERE)


def test_without_glossary_other_language_or_known_words_there_is_no_translation(searcher, index):
    assert not of_translations(index, "growing tomatoes", "zh", HERE, glossary=None)
    assert not of_translations(index, "growing tomatoes", "", HERE)
    assert not of_translations(index, "nothing known", "zh", HERE)


def test_an_english_question_finds_its_chinese_answer_by_the_glossary(searcher, index, embedder, monkeypatch):
    monkeypatch.setattr(vault_index, "FEWEST_CHUNKS", 1)
    found = Searcher(index, embedder, second=HashingEmbedder("second"), glossary=Dictionary()).search(
        SearchQuery("growing tomatoes")
    )
    assert found[0].path == "日记/花园.md"
    assert found[0].signals["translation"] > 0
