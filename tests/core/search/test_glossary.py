"""Questions said in the other language, with the real dictionary."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from math import sqrt
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.glossary.glossary import TERMS, Glossary
from tests.core.search import glossaries

MIXED = st.text(
    alphabet=st.one_of(st.sampled_from("鱼为什么游泳數據庫的a fish's ."), st.characters(codec=None))
)


@pytest.fixture(scope="session")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Glossary]:
    glossary = Glossary(glossaries.real_file(tmp_path_factory.mktemp("base")))
    yield glossary
    glossary.close()


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("数据库的索引为什么会损坏", {"database", "index", "damage"}),
        ("資料庫", {"database"}),
        ("鱼为什么游泳?", {"fish", "swim"}),
        ("气候变化对农业有什么影响", {"climate", "change", "agriculture", "influence"}),
    ],
)
def test_a_chinese_question_gets_english_terms(glossary: Glossary, question: str, terms: set[str]):
    assert terms <= set(glossary.terms(question, into="en"))


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Why was the database index damaged?", {"数据库", "索引"}),
        ("How many power plants were running?", {"发电厂"}),
        ("What does climate change do to agriculture?", {"农业"}),
        ("batteries", {"电池"}),
    ],
)
def test_an_english_question_gets_chinese_terms(glossary: Glossary, question: str, terms: set[str]):
    assert terms <= set(glossary.terms(question, into="zh"))


def test_the_longest_word_goes_before_its_parts(glossary: Glossary):
    assert glossary.terms("数据库", into="en") == {"database": 1.0}
    assert "bank" not in glossary.terms("数据库", into="en")


def test_a_phrase_goes_before_its_words(glossary: Glossary):
    phrase, words = glossary.terms("power plant", into="zh"), glossary.terms("plant power", into="zh")
    assert "发电厂" in phrase
    assert "植物" not in phrase
    assert "植物" in words


def test_a_word_of_several_senses_weighs_less(glossary: Glossary):
    terms = glossary.terms("损坏", into="en")
    assert terms == {"damage": pytest.approx(1 / sqrt(2)), "injure": pytest.approx(1 / sqrt(2))}


def test_a_single_character_weighs_half(glossary: Glossary):
    assert max(glossary.terms("鱼", into="en").values()) <= 0.5
    assert glossary.terms("鱼", into="zh") == {"鱼": 0.5}


@pytest.mark.parametrize("into", ["zh", "en"])
def test_names_stand_for_themselves(glossary: Glossary, into: Literal["zh", "en"]):
    terms = glossary.terms("LanceDB 怎么做 kubectl 2024", into=into)
    assert [terms[name] for name in ("lancedb", "kubectl", "2024")] == [1.0, 1.0, 1.0]


def test_what_is_already_in_the_wanted_language_is_kept(glossary: Glossary):
    assert glossary.terms("the 领航 of 数据库", into="zh")["数据库"] == 1.0
    assert glossary.terms("数据库 sharding", into="en") == {"database": 1.0, "sharding": 1.0}


@pytest.mark.parametrize("question", ["", " ?!。", "what is the", "it was of", "的\0\ud800"])
def test_a_question_that_says_nothing_has_hardly_a_term(glossary: Glossary, question: str):
    assert all(weight < 0.5 for weight in glossary.terms(question, into="en").values())


def test_a_pasted_page_is_cut_to_the_best_terms(glossary: Glossary):
    page = "数据库 the fish swims in the sea and 损坏了气候变化 " * 5000
    for into, first in (("en", "database"), ("zh", "数据库")):
        terms = glossary.terms(page, into=into)  # type: ignore[arg-type]
        assert len(terms) <= TERMS
        assert terms[first] == 1.0
    words = (
        "气候 农业 电池 发电厂 数据库 索引 游泳 损坏 影响 经济 历史 文化 教育 医学 政治 音乐 艺术 科学 技术"
    )
    many = f"{words} 工程 法律 军事 哲学 宗教 地理 物理 化学 生物 数学 天文"
    assert len(glossary.terms(many, into="en")) == TERMS


@given(MIXED, st.sampled_from(["zh", "en"]))
def test_any_text_gives_few_positive_terms_best_first(
    glossary: Glossary, question: str, into: Literal["zh", "en"]
):
    terms = glossary.terms(question, into=into)
    weights = list(terms.values())
    assert len(terms) <= TERMS
    assert all(0 < weight <= 1 for weight in weights)
    assert weights == sorted(weights, reverse=True)
    assert all(term and not term.isspace() and " " not in term for term in terms)
    assert terms == glossary.terms(question, into=into)


def test_every_answer_is_the_same_from_several_threads(glossary: Glossary):
    questions = ["数据库的索引", "气候变化", "鱼为什么游泳"] * 20
    alone = [glossary.terms(question, into="en") for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda question: glossary.terms(question, into="en"), questions)) == alone


def test_there_are_no_terms_until_there_is_a_file(tmp_path: Path, glossary: Glossary):
    file = tmp_path / "a b#c?" / "g.sqlite"
    with closing(Glossary(file)) as later:
        assert later.terms("数据库", into="en") == {}
        file.parent.mkdir()
        file.symlink_to(glossary._file)
        assert later.terms("数据库", into="en") == {"database": 1.0}


def test_a_closed_glossary_opens_again(glossary: Glossary):
    glossary.close()
    assert glossary.terms("数据库", into="en") == {"database": 1.0}


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_damaged_file_has_no_terms_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: bytes
):
    file = tmp_path / "g.sqlite"
    file.write_bytes(damage)
    with closing(Glossary(file)) as damaged:
        assert damaged.terms("数据库", into="en") == {}
    assert "the glossary cannot be read" in caplog.text
    assert "数据库" not in caplog.text


def test_the_file_is_only_read(glossary: Glossary):
    glossary.terms("鱼", into="en")
    assert glossary._connection is not None
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        glossary._connection.execute("DELETE FROM chinese")
