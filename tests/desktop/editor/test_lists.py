"""Enter and Tab in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.lists import continuation, indented, is_item, outdented


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("- 一项", "- "),
        ("  * two", "  * "),
        ("9. nine", "10. "),
        ("1) one", "2) "),
        ("- [x] done", "- [ ] "),
        ("> quoted", "> "),
        ("> - both", "> - "),
        ("\t- tab", "\t- "),
    ],
)
def test_enter_goes_on_with_the_list(line, start):
    assert continuation(line, len(line)) == start


@pytest.mark.parametrize("line", ["- ", "1. ", "- [ ] ", "> ", "  -   "])
def test_enter_on_an_empty_item_ends_the_list(line):
    assert continuation(line, len(line)) == ""


@pytest.mark.parametrize("line", ["text", "", "-no space", "1.no", "# heading", "**bold**"])
def test_elsewhere_enter_is_enter(line):
    assert continuation(line, len(line)) is None


def test_enter_before_the_words_of_an_item_is_enter():
    assert continuation("- item", 1) is None


@given(st.text(st.sampled_from(" \ta-"), max_size=12))
def test_in_and_out_again_changes_nothing(line):
    assert outdented(indented(line)) == line


def test_out_at_the_margin_changes_nothing():
    assert outdented("- a") == "- a"


def test_only_a_marker_with_a_gap_makes_an_item():
    assert is_item("- a")
    assert is_item("12. a")
    assert not is_item("-a")
