"""Lines of a page joined to paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from core.documents.lines import columns, join, paragraphs

LONG = "The first line of a paragraph that fills the measure of the page"


def test_full_lines_run_on_and_a_short_one_ends_the_paragraph():
    text = f"{LONG}\nand goes on here until it is all said and done, finally\nshort.\n{LONG}\nthe end."
    assert paragraphs(text).split("\n\n") == [
        f"{LONG} and goes on here until it is all said and done, finally short.",
        f"{LONG} the end.",
    ]


def test_list_items_stay_apart():
    items = f"• {LONG}\n• {LONG}\n1. {LONG}\n（二）{LONG}"
    assert len(paragraphs(items).split("\n\n")) == 4


def test_a_hyphenated_word_is_made_whole_and_a_compound_keeps_its_hyphen():
    assert join("a revolu-", "tion began") == "a revolution began"
    assert join("a revolu\ufffe", "tion began") == "a revolution began"
    assert join("in the years 1960-", "1970") == "in the years 1960- 1970"
    assert join("the Anglo-", "Saxon") == "the Anglo- Saxon"


def test_a_word_that_pdfium_has_put_together_loses_its_mark():
    assert paragraphs("the dog con\ufffetinues until") == "the dog continues until"
    assert paragraphs("1960\ufffe1970") == "1960-1970"


def test_chinese_lines_join_without_a_space():
    assert join("版本控制工具", "太难用") == "版本控制工具太难用"
    assert join("学习 Git", "的使用") == "学习 Git的使用"


def test_short_lines_are_a_list_or_table_and_stay_apart():
    assert paragraphs("Parts 2,100\nBody labor\nPaint") == "Parts 2,100\n\nBody labor\n\nPaint"


def test_a_wide_character_counts_two_columns():
    assert columns("a版") == 3


@given(st.lists(st.text(alphabet="ab版控 ,.-", max_size=80), max_size=12))
def test_no_visible_character_is_lost(lines):
    def letters(text):
        return [c for c in text if c not in " \n-"]  # a hyphen at the end of a line may go

    assert letters(paragraphs("\n".join(lines))) == letters("".join(lines))
