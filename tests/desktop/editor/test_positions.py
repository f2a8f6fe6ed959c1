"""UTF-16 units and code points."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.positions import is_plain, to_points, to_units, units

texts = st.text(st.sampled_from("a中😀𠮷\u00a0\n"), max_size=30)


@given(texts)
def test_there_and_back_is_the_same_place(text):
    for points in range(len(text) + 1):
        assert to_points(text, to_units(text, points)) == points


@given(texts)
def test_units_are_what_utf_16_needs(text):
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(texts, st.integers(0, 80))
def test_a_position_inside_a_pair_counts_as_before_it(text, position):
    points = to_points(text, position)
    assert units(text[:points]) <= position or points == 0
    assert points == len(text) or units(text[: points + 1]) > position


def test_an_emoji_is_two_units():
    assert to_units("a😀b", 2) == 3
    assert to_points("a😀b", 3) == 2


def test_chinese_is_plain_and_emoji_are_not():
    assert is_plain("中文 text")
    assert not is_plain("中文😀")
