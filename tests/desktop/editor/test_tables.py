"""Tables brought into line: widths of both scripts, sides, bars that are none, whatever is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.tables import _cells, aligned, around


def lines(text):
    return text.strip("\n").split("\n")


def test_columns_are_as_wide_as_their_widest_cell_in_both_scripts():
    table = """
| 名称 | price |
|--|-:|
| 发布计划 | 5 |
| x | 1 000 |
"""
    assert aligned(lines(table)) == [
        "| 名称     | price |",
        "| -------- | ----: |",
        "| 发布计划 |     5 |",
        "| x        | 1 000 |",
    ]


def test_each_side_is_kept():
    assert aligned(["|a|b|c|d|", "|:-|:-:|-:|-|", "|12345|12345|12345|12345|"]) == [
        "| a     |   b   |     c | d     |",
        "| :---- | :---: | ----: | ----- |",
        "| 12345 | 12345 | 12345 | 12345 |",
    ]


def test_a_bar_in_code_in_a_link_or_behind_a_backslash_is_none():
    row = r"| `a|b` | [[Note|words]] | c\|d |"
    assert aligned(["| 1 | 2 | 3 |", "|-|-|-|", row])[2] == row.replace("| `", "| `")


def test_short_rows_are_filled_and_long_ones_keep_all_cells():
    assert aligned(["|a|b|", "|-|-|", "|1|", "|1|2|3|"]) == [
        "| a   | b   |",
        "| --- | --- |",
        "| 1   |     |",
        "| 1   | 2   | 3   |",
    ]


def test_an_indented_table_stays_indented():
    assert aligned(["  |a|", "  |-|"]) == ["  | a   |", "  | --- |"]


def test_the_table_round_a_line_is_found():
    text = ["words", "| a |", "|---|", "| 1 |", "", "| no table |"]
    assert around(text, 2) == (1, 3)
    assert around(text, 0) is None
    assert around(text, 5) is None


@pytest.mark.parametrize("text", ["| a |", "| a | b |\nwords", "|"])
def test_rows_without_a_rule_are_no_table(text):
    assert around(text.split("\n"), 0) is None


CELL = st.text(alphabet="ab 中|`\\[]é\u0301", max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_aligning_twice_is_aligning_once_and_no_word_is_lost(rows):
    head, *body = ["|" + "|".join(row) + "|" for row in rows]
    table = [head, "|" + "-|" * max(1, len(_cells(head))), *body]
    once = aligned(table)
    assert aligned(once) == once
    for before, after in zip(table, once, strict=True):
        if "-" not in before:
            assert "".join(after.split()).strip("|") == "".join(before.split()).strip("|") or "|" in before
            assert [c.strip() for c in _cells(before)] == [c.strip() for c in _cells(after)][
                : len(_cells(before))
            ]
