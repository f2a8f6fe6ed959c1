"""Where keys are heard, and what an action is known by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction

from desktop.widgets.key_places import KeyPlace, note_place, parted, place_of, title_of

PLACES = st.sampled_from(KeyPlace)


@given(PLACES, st.text(alphabet="ACtrlShift+/F12,;", min_size=1))
def test_a_name_is_taken_apart_as_it_was_put_together(place, key):
    if place or parted(key)[0] is KeyPlace.WINDOW:
        assert parted(place.named(key)) == (place, key)


@pytest.mark.parametrize("key", ["Ctrl+/", "/", "Ctrl+Shift+M", ""])
def test_a_key_alone_is_one_of_the_window(key):
    assert parted(key) == (KeyPlace.WINDOW, key)


@given(PLACES, PLACES)
def test_meeting_is_mutual_and_everybody_meets_themselves(one, other):
    assert one.meets(other) is other.meets(one)
    assert one.meets(one)
    assert one.meets(KeyPlace.EVERYWHERE)


@given(st.sampled_from([place for place in KeyPlace if place not in (KeyPlace.QUICK_ASK, KeyPlace.WINDOW)]))
def test_the_keys_of_the_window_are_heard_in_every_part_of_it(place):
    assert KeyPlace.WINDOW.meets(place)


@pytest.mark.parametrize(
    ("one", "other"),
    [(KeyPlace.TREE, KeyPlace.CONVERSATIONS), (KeyPlace.QUICK_ASK, KeyPlace.WINDOW),
     (KeyPlace.GHOST, KeyPlace.TREE), (KeyPlace.SUGGESTIONS, KeyPlace.QUICK_ASK),
     (KeyPlace.FIND, KeyPlace.GHOST), (KeyPlace.FIND, KeyPlace.PANEL), (KeyPlace.COMPANION, KeyPlace.TREE)],
)  # fmt: skip
def test_what_has_the_keyboard_in_turn_never_meets(one, other):
    assert not one.meets(other)


@pytest.mark.parametrize("part", [KeyPlace.CONVERSATIONS, KeyPlace.SUGGESTIONS, KeyPlace.PANEL])
def test_what_lies_in_the_panel_meets_its_keys_and_those_of_the_companion_that_holds_it(part):
    assert part.meets(KeyPlace.PANEL)
    assert part.meets(KeyPlace.COMPANION)


def test_what_was_noted_is_read_again(qapp):
    action = QAction("&Open …")
    assert (place_of(action), title_of(action)) == (None, "Open")
    note_place(action, KeyPlace.TREE, title="打开")
    assert (place_of(action), title_of(action)) == (KeyPlace.TREE, "打开")
    note_place(action, KeyPlace.WINDOW)
    assert (place_of(action), title_of(action)) == (KeyPlace.WINDOW, "Open")
