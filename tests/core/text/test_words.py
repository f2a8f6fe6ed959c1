"""Words and sentences of Chinese, English and mixed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.words import gap_ends, has_han, sentence_ends, sentences, whole_character, word_spans, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "今天下雨。明天晴！后天呢？不知道；再说……好",
            ["今天下雨。", "明天晴！", "后天呢？", "不知道；", "再说……", "好"],
        ),
        ("他说：“你好！”然后走了。", ["他说：“你好！”", "然后走了。"]),
        ("（见上文。）下一句。", ["（见上文。）", "下一句。"]),
        ("「真的吗？！」她问。", ["「真的吗？！」", "她问。"]),
        ("半角也行!对吧?是的.", ["半角也行!", "对吧?", "是的."]),
        ("Use git. 然后提交。", ["Use git.", "然后提交。"]),
        ("One. Two! Three? four", ["One.", "Two!", "Three? four"]),
        ("Dr. Smith paid 3.5 dollars, e.g. for J. R. Tolkien. Is it?", None),
        ('He said "stop." Then left.', ['He said "stop."', "Then left."]),
        ("**Bold.** Next one.", ["**Bold.**", "Next one."]),
        ("a wrapped\nline goes on. Here.", ["a wrapped\nline goes on.", "Here."]),
        ("intro:\n- one\n- two", ["intro:", "- one", "- two"]),
        ("1. First. Second.", ["1. First.", "Second."]),
        ("# Heading? Yes\ntext. More.", ["# Heading? Yes", "text.", "More."]),
        ("line one  \nline two", ["line one", "line two"]),
        ("block\n  id:: 42\nstd::cout << x", ["block", "id:: 42\nstd::cout << x"]),
        ("para one\n\npara two", ["para one", "para two"]),
        ("see v1.2.3 and a.b.c now", ["see v1.2.3 and a.b.c now"]),
        ("Wait... What?", ["Wait...", "What?"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = ["Dr. Smith paid 3.5 dollars, e.g. for J. R. Tolkien.", "Is it?"]
    assert split(text) == expected


@given(st.text(alphabet="字。！？”」 \nab.A1-*|\t!…；", max_size=80))
def test_sentences_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentences(text)
    ends = [0, *(end for _, end in spans)]
    assert all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False))
    outside = "".join(text[a:b] for a, (b, _) in zip(ends, [*spans, (len(text), 0)], strict=True))
    assert not outside.strip()


def test_words_of_mixed_text_keep_their_order_and_spelling() -> None:
    text = "我们使用 git commit 提交well-known代码，don't 3.14 café"
    assert words(text) == [
        "我们",
        "使用",
        "git",
        "commit",
        "提交",
        "well-known",
        "代码",
        "don't",
        "3.14",
        "café",
    ]


def test_punctuation_and_underscores_are_no_words() -> None:
    assert words("——“”，。 _ * ##") == []


@given(st.text(alphabet="我们在学习中文and English42 ，。-'é", max_size=60))
def test_word_spans_are_ordered_and_hold_no_white_space(text: str) -> None:
    end_before = 0
    for start, end in word_spans(text):
        assert end_before <= start < end
        assert not any(char.isspace() for char in text[start:end])
        end_before = end


def test_borders_inside_a_text_never_lie_at_its_end() -> None:
    assert sentence_ends("一。二。") == [2]
    assert gap_ends("a b, c ") == [2, 4, 5]


def test_a_long_row_of_full_stops_is_read_in_linear_time() -> None:
    assert len(sentences("。 " * 50_000)) == 50_000
    assert sentences("." * 200_000) == [(0, 200_000)]
    assert sentences("." * 200_000 + "x") == [(0, 200_001)]
    assert sentences("a" + " " * 200_000 + "b") == [(0, 200_002)]
    assert len(sentences('."' * 100_000 + "x")) == 1


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        ("ab", 1, 1),
        ("e\u0301x", 1, 2),  # nothing to move back to: the accent goes with its letter
        ("xe\u0301", 2, 1),
        ("x👍🏽y", 2, 1),
        ("x👨\u200d👩y", 2, 1),
        ("x👨\u200d👩y", 3, 1),
        ("x🇨🇳y", 2, 1),
        ("ab", 2, 2),
        ("ab", 5, 2),
    ],
)
def test_a_cut_moves_off_characters_that_belong_together(text: str, cut: int, expected: int) -> None:
    assert whole_character(text, 0, cut) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("git 提交", True), ("𠮷", True), ("git, コミット", False), ("。！", False), ("", False)],
)
def test_one_chinese_character_is_enough_and_marks_are_none(text: str, expected: bool) -> None:
    assert has_han(text) is expected
