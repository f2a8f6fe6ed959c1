"""Both directions as they are written to the glossary's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from core.search.glossary import tables
from core.search.glossary.cedict import Entry
from core.search.glossary.tables import CHINESE_WORDS, SENSES


def _written(
    file: Path, *entries: Entry, frequencies: Mapping[str, int] | None = None
) -> tuple[dict[str, tuple[int, str]], dict[str, str]]:
    tables.write(tables.senses_by_word(entries), frequencies or {}, file)
    with closing(sqlite3.connect(file)) as connection:
        chinese = {
            word: (senses, terms) for word, senses, terms in connection.execute("SELECT * FROM chinese")
        }
        return chinese, dict(connection.execute("SELECT * FROM english"))


def _same(word: str, *senses: str) -> Entry:
    return Entry(word, word, senses)


def test_a_word_is_there_in_both_scripts(tmp_path: Path):
    chinese, english = _written(tmp_path / "g", Entry("數據庫", "数据库", ("database",)))
    assert chinese == {"數據庫": (1, "database"), "数据库": (1, "database")}
    assert set(english["database"].split()) == {"數據庫", "数据库"}


def test_readings_of_one_word_add_up(tmp_path: Path):
    chinese, _ = _written(tmp_path / "g", _same("行", "row"), _same("行", "to walk", "capable"))
    assert chinese["行"] == (3, "row walk capable")


def test_only_the_first_senses_count_and_a_term_stands_once(tmp_path: Path):
    chinese, _ = _written(tmp_path / "g", _same("打", "to beat", "to beat up", "to hit", "to break", "dozen"))
    assert chinese["打"] == (SENSES, "beat hit break")


def test_the_commonest_chinese_words_come_first(tmp_path: Path):
    words = [_same(word, "fish") for word in "甲乙丙丁戊己"]
    _, english = _written(tmp_path / "g", *words, frequencies={"己": 9, "丙": 5})
    assert len(english["fish"].split()) == CHINESE_WORDS
    assert english["fish"].split()[:2] == ["己", "丙"]


def test_a_later_sense_counts_less(tmp_path: Path):
    entries = [_same("鱼", "fish"), _same("水", "water", "sea", "fish")]
    _, english = _written(tmp_path / "g", *entries, frequencies={"鱼": 4, "水": 9})
    assert english["fish"] == "鱼 水"


@pytest.mark.parametrize(
    ("sense", "phrase"),
    [("to set sail", "set sail"), ("a fish", "fish"), ("the Well-Known", "well known"), ("to", "to")],
)
def test_a_sense_is_looked_up_without_its_article(tmp_path: Path, sense: str, phrase: str):
    assert _written(tmp_path / "g", _same("词", sense))[1] == {phrase: "词"}


def test_long_explanations_and_sayings_are_not_looked_up(tmp_path: Path):
    entries = [
        _same("鱼", "animal that lives in water"),
        _same("一二三四五六七八九", "saying"),
        _same("七", "..."),
    ]
    chinese, english = _written(tmp_path / "g", *entries)
    assert (set(chinese), english) == ({"鱼", "七"}, {})


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(sqlite3.Error):
        tables.write({"鱼": ["fish"]}, {}, tmp_path / "missing" / "g")
