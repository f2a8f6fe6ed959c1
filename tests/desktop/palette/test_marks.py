"""Which word of a question is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.palette.marks import Kind, Wanted, wanted_at, without


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">", ""),
        ("> pol", "pol"),
        (">润色", "润色"),
        ("＞rs", "rs"),
        ("》rs", "rs"),
        ("  > make it", "make it"),
    ],
)
def test_a_mark_before_everything_else_asks_for_a_prompt(text, words):
    assert wanted_at(text, len(text)) == Wanted(Kind.PROMPT, words, 0, len(text))


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("@", "", 0),
        ("see @Lau", "Lau", 4),
        ("根据@启动", "启动", 2),
        ("对比，＠qdjh", "qdjh", 3),
        ("（@会议", "会议", 1),
    ],
)
def test_an_at_asks_for_a_note_in_chinese_without_a_blank_before_it(text, words, start):
    assert wanted_at(text, len(text)) == Wanted(Kind.NOTE, words, start, len(text))


@pytest.mark.parametrize(
    "text", ["", "a question", "ada@example.org", "is 3 > 2?", "see @Launch plan", "a@b"]
)
def test_other_words_are_a_question(text):
    assert wanted_at(text, len(text)) is None


def test_only_what_stands_before_the_caret_is_looked_for():
    assert wanted_at("see @Launch", 7) == Wanted(Kind.NOTE, "La", 4, 7)
    assert wanted_at("see @Launch", 3) is None


@pytest.mark.parametrize(
    ("text", "caret", "left"),
    [
        ("see @Lau today", 8, "see today"),
        ("@Lau today", 4, "today"),
        ("根据@启动写", 5, "根据写"),
        ("> pol", 5, ""),
    ],
)
def test_what_was_looked_for_is_taken_out_with_one_of_two_blanks(text, caret, left):
    assert without(text, wanted_at(text, caret)) == left


@given(st.text(alphabet="@＠>＞》 a中，", max_size=12), st.data())
def test_wherever_the_caret_is_what_is_wanted_lies_in_the_text(text, data):
    caret = data.draw(st.integers(0, len(text)))
    wanted = wanted_at(text, caret)
    if wanted is not None:
        assert 0 <= wanted.start <= wanted.end <= len(text)
        assert wanted.words.strip() in text[wanted.start : wanted.end]
        assert len(without(text, wanted)) < len(text)
