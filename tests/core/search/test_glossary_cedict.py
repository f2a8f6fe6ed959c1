"""What is kept of a dictionary line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.glossary.cedict import Entry, entries


def _senses(field: str) -> tuple[str, ...]:
    found = list(entries([f"索引 索引 [suo3 yin3] /{field}/\n"]))
    return found[0].senses if found else ()


def test_an_entry_has_both_scripts_and_its_senses():
    line = "數據庫 数据库 [shu4 ju4 ku4] /database/\r\n"
    assert list(entries([line])) == [Entry("數據庫", "数据库", ("database",))]


def test_senses_are_parted_by_slashes_and_by_semicolons():
    assert _senses("index; concordance/to look up") == ("index", "concordance", "to look up")


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ("(computing) index (of a book)", "index"),
        ("abbr. of 中国[Zhong1 guo2] China", "abbr. of China"),
        ("kind of fish 魚|鱼[yu2] that swims", "kind of fish that swims"),
        ("white, (of hair)", "white"),
        ("  spaced   out  ", "spaced out"),
    ],
)
def test_brackets_pinyin_and_chinese_are_cut_out(field: str, kept: str):
    assert _senses(field) == (kept,)


@pytest.mark.parametrize(
    "remark",
    [
        "CL:個|个[ge4],條|条[tiao2]",
        "variant of 索引[suo3 yin3]",
        "old variant of 鱼[yu2]",
        "Japanese variant of 鱼",
        "erhua variant of 鱼[yu2]",
        "see 鱼[yu2]",
        "see also 鱼[yu2]",
        "surname Suo",
        "used in 探索[tan4 suo3]",
        "abbr. for 索引",
        "also written 索隐",
        "also pr. [suo2 yin3]",
        "Taiwan pr. [suo2]",
        "Kangxi radical 195",
        "(onom.) splash",
    ],
)
def test_remarks_on_the_word_are_no_meaning(remark: str):
    assert _senses(f"index/{remark}") == ("index",)
    assert _senses(remark) == ()


def test_meanings_that_only_begin_like_a_remark_are_kept():
    assert _senses("seed/to oversee/radicalism") == ("seed", "to oversee", "radicalism")


@pytest.mark.parametrize(
    "line", ["", "\n", "# CC-CEDICT", "#! version=1", "索引 [suo3 yin3] /index/", "/x/", "a b"]
)
def test_other_lines_are_passed_over(line: str):
    assert list(entries([line])) == []


@given(st.lists(st.text()), st.text())
def test_no_line_raises_and_no_sense_is_empty(lines: list[str], field: str):
    found = list(entries([*lines, f"繁 简 [jian3] /{field}/"]))
    assert all(sense.strip() for entry in found for sense in entry.senses)
    assert all(entry.senses for entry in found)
