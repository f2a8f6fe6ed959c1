"""Suggestions chosen by key: by digits on any keyboard, or by what the person wants instead."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from desktop.panel.choice_keys import MOST, ChoiceKeys
from desktop.widgets.key_places import KeyPlace, place_of, title_of

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def keys(qapp):
    return ChoiceKeys()


def press(key, modifiers=Modifier.NoModifier):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


@pytest.mark.parametrize(
    ("key", "modifiers", "place"),
    [
        (Key.Key_1, Modifier.NoModifier, 0),
        (Key.Key_9, Modifier.NoModifier, 8),
        (Key.Key_3, Modifier.KeypadModifier, 2),
        (Key.Key_2, Modifier.ShiftModifier, 1),  # a French keyboard
        (Key.Key_0, Modifier.NoModifier, None),
        (Key.Key_1, Modifier.ControlModifier, None),
        (Key.Key_Return, Modifier.NoModifier, None),
        (Key.Key_Shift, Modifier.ShiftModifier, None),
    ],
)
def test_digits_mean_places(keys, key, modifiers, place):
    assert keys.place_of(press(key, modifiers)) == place


def test_another_key_means_the_place_and_the_digit_nothing(keys):
    second = keys.findChildren(QAction)[1]
    second.setShortcut(QKeySequence("Shift+J"))
    assert keys.place_of(press(Key.Key_J, Modifier.ShiftModifier)) == 1
    assert keys.place_of(press(Key.Key_J)) is None
    assert keys.place_of(press(Key.Key_2)) is None


def test_each_place_is_named_for_the_page_of_keys(keys):
    actions = keys.findChildren(QAction)
    assert len(actions) == MOST
    assert {place_of(action) for action in actions} == {KeyPlace.SUGGESTIONS}
    assert title_of(actions[8]) == "Suggestion 9"
