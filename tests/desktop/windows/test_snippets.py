"""The line of a passage that a search means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.snippets import best_line

NOTE = (
    "---\ntags: [beta]\n---\n# Launch plan\n\n"
    "We wait for spring.\n- **The beta** opens in [[March]].\n三月开始公测。\n"
)


@pytest.mark.parametrize(
    ("words", "line", "shown"),
    [
        ("beta", 6, "The beta opens in March."),
        ("march beta", 6, "The beta opens in March."),
        ("launch", 3, "Launch plan"),
        ("公测", 7, "三月开始公测。"),
        ("公测时间", 7, "三月开始公测。"),
        ("zzz", 3, "Launch plan"),
        ("", 5, "We wait for spring."),
    ],
)
def test_the_line_with_most_of_the_words_is_shown(words, line, shown):
    assert best_line(NOTE, words) == (line, shown)


@pytest.mark.parametrize(
    ("text", "shown"), [("# 标题\n", "标题"), ("#beta 公测\nand on", "#beta 公测"), ("", "")]
)
def test_without_words_the_first_line_that_says_something_is_shown(text, shown):
    assert best_line(text, "") == (0, shown)


def test_front_matter_is_better_than_nothing():
    assert best_line("---\ntags: [beta]\n---", "beta") == (1, "tags: [beta]")


@given(st.text(st.sampled_from("ab中 \n-#"), max_size=40), st.text(st.sampled_from("ab中 "), max_size=8))
def test_there_is_always_a_line(text, words):
    line, shown = best_line(text, words)
    assert 0 <= line <= text.count("\n")
    assert "\n" not in shown
