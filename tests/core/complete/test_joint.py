"""Where a space belongs between what stands before the caret and what a model says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.joint import joined, parted


def join(before, text):
    return before + joined(text, before, whole=True)


@pytest.mark.parametrize(
    ("before", "text", "joint"),
    [
        # Within Chinese none, within English one.
        ("我们在", " 三月", "我们在三月"),
        ("你好，", " world", "你好，world"),
        ("（", " a", "（a"),
        ("It opens ", " in March", "It opens in March"),
        ("It opens", " in March", "It opens in March"),
        ("one\n", "  two", "one\ntwo"),
        ("", " two", "two"),
        # Between Chinese and another script as the note has it.
        ("我用 Python 写。他用", "Rust", "我用 Python 写。他用 Rust"),
        ("我用Python写。他用", " Rust", "我用Python写。他用Rust"),
        ("第 3 章讲的是", "12 条", "第 3 章讲的是 12 条"),
        ("我用 Python 写，他说 Rust", "更快", "我用 Python 写，他说 Rust 更快"),
        ("我用Python写，他说Rust", " 更快", "我用Python写，他说Rust更快"),
        ("我用 Python 写Rust 和Go和", "C", "我用 Python 写Rust 和Go和C"),
        # Where the note does not tell, as the model has it.
        ("他用", " Rust", "他用 Rust"),
        ("他用", "Rust", "他用Rust"),
        ("Rust", " 更快", "Rust 更快"),
        # A new word behind a whole one, the rest behind a part of one.
        ("He keeps", "the books", "He keeps the books"),
        ("A plan is a plan, and this plan", "works well", "A plan is a plan, and this plan works well"),
        ("A plan is a plan, and two plan", "s are better", "A plan is a plan, and two plans are better"),
        ("Before all else, this", "plan must stay", "Before all else, this plan must stay"),
        ("It is in", "dexed", "It is indexed"),
        ("We wai", "t for it", "We wait for it"),
        ("We wai", "waiting for it", "We waiting for it"),
        ("We went, and wen", "t on", "We went, and went on"),
        ("in 20", "26", "in 2026"),
        ("a - b", "- c", "a - b- c"),
    ],
)
def test_the_joint(before, text, joint):
    assert join(before, text) == joint


@pytest.mark.parametrize(
    ("text", "after", "parts"),
    [
        (" no more", "to say", " no more "),
        (" no more to say.", "Then we went", " no more to say. "),
        (" and then,", "we went", " and then, "),
        (" no more.", " Then", " no more."),
        (" no more.", "", " no more."),
        ("", "we", ""),
        ("page 3.", "14", "page 3."),
        ("我们用 Rust.", "然后", "我们用 Rust."),
        ("三月.", "Then", "三月."),
        ("三月。", "Then", "三月。"),
        ("(a)", "b", "(a)"),
    ],
)
def test_a_word_right_behind_the_caret_keeps_its_distance(text, after, parts):
    assert parted(text, after) == parts


def test_a_first_word_that_may_still_grow_is_held_back_where_it_decides():
    assert joined("th", "He keeps", whole=False) == ""
    assert joined("the ", "He keeps", whole=False) == " the "
    assert joined("th", "He keeps ", whole=False) == "th"
    assert joined("三", "他说", whole=False) == "三"


BEFORES = ["", "It", "It ", "It is so. It", "我", "我用 Go 写", "我用Go写", "我，", "Go", "a\n"]


@given(st.sampled_from(BEFORES), st.text(alphabet="ab it 我，.", max_size=20))
def test_nothing_but_spaces_and_a_repeated_beginning_is_changed(before, text):
    left = joined(text, before, whole=True)
    assert text.endswith(left.lstrip(" "))
    assert len(left) <= len(text) + 1


@given(st.sampled_from(BEFORES), st.text(alphabet="ab it 我，.", max_size=20))
def test_what_is_shown_of_a_growing_answer_stays(before, text):
    shown = [joined(text[:end], before, whole=end == len(text)) for end in range(len(text) + 1)]
    for short, long in pairwise(shown):
        assert long.startswith(short)
