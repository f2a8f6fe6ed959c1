"""Colours: every pair that carries words can be read."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.theme.roles import ROLES, load_scheme, mix
from tests.desktop.theme.contrast import contrast

SCHEMES = [
    pytest.param(load_scheme(dark=dark, high_contrast=high), id=f"{'dark' if dark else 'light'}-{high=}")
    for dark, high in itertools.product((False, True), repeat=2)
]
GROUNDS = ("window", "paper", "raised")
colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("words", ["text", "quiet", "accent", "warn", "error", "ok"])
def test_words_are_readable_on_every_ground(scheme, words):
    for ground in GROUNDS:
        assert contrast(scheme.colours[words], scheme.colours[ground]) >= 4.5, (words, ground)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("words", "ground"),
    [("on_accent", "accent"), ("text", "selection"), ("added_text", "added"), ("removed_text", "removed")],
)
def test_pairs_that_belong_together_are_readable(scheme, words, ground):
    assert contrast(scheme.colours[words], scheme.colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("words", ["code_word", "code_name", "code_text", "code_number", "quiet"])
def test_code_is_readable_on_every_ground(scheme, words):
    for ground in GROUNDS:
        assert contrast(scheme.colours[words], scheme.colours[ground]) >= 4.5, (words, ground)


@pytest.mark.parametrize(("high", "least"), [(False, 3.0), (True, 4.5)])
@pytest.mark.parametrize("dark", [False, True])
def test_ghost_text_is_quiet_but_visible(dark, high, least):
    scheme = load_scheme(dark=dark, high_contrast=high)
    assert contrast(scheme.colours["ghost"], scheme.colours["paper"]) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_note_is_at_least_as_bright_as_the_frame_in_light_and_dark(scheme):
    black = "#000000"
    assert contrast(scheme.colours["paper"], black) >= contrast(scheme.colours["window"], black)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_names_every_role_once(scheme):
    assert tuple(scheme.colours) == ROLES
    assert all(len(colour) == 7 for colour in scheme.colours.values())


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@given(colours, colours)
def test_contrast_knows_no_order_and_no_value_below_one(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one, other) >= 1


@given(colours, colours)
def test_mixing_goes_from_one_colour_to_the_other(one, other):
    assert mix(one, other, 0) == one
    assert mix(one, other, 1) == other
