"""Places in documents, in English and in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.document_place import document_place, label_text, pages_text

KINDS = ("p.", "slide", "cell", "line", "row", "rows")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1200 pages")]
)
def test_pages_are_counted_in_words(qapp, count, words):
    assert pages_text(count) == words


@given(st.sampled_from(KINDS), st.integers(0, 10**6))
def test_every_numbered_place_keeps_its_number(kind, number):
    assert str(number) in label_text(f"{kind} {number}")


@given(st.text(max_size=40))
def test_no_title_of_a_chapter_breaks_the_words(title):
    assert isinstance(label_text(title), str)
    assert title.strip() == "" or label_text(title) != ""


@pytest.mark.parametrize("title", ["Chapter {n}", "{document}", "100 %", "p. x", "slide", "第 3 页"])
def test_titles_with_braces_and_the_like_are_left_alone(qapp, title):
    assert label_text(title) == title
    assert document_place("document://报告.pdf", title) == f"报告.pdf, {title}"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("p. 3", "第 3 页"),
        ("slide 12", "第 12 张"),
        ("sheet 价格, rows 2–31", "价格"),
        ("第一章", "第一章"),
    ],
)
def test_in_chinese_places_are_worded_in_chinese(chinese, label, words):
    assert words in label_text(label)
    assert "rows" not in label_text(label)


def test_in_chinese_document_and_place_stand_together(chinese):
    assert document_place("document://报告.pdf", "p. 3") == "报告.pdf，第 3 页"
    assert "3" in pages_text(3)
    assert "pages" not in pages_text(3)
