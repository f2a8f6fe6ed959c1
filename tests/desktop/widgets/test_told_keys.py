"""Tooltips tell the key that is in force, whatever was changed how often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from core.settings import KeySettings
from desktop.shortcuts import Shortcuts
from desktop.widgets.told_keys import mention_keys, tell, with_keys


@pytest.mark.parametrize(
    ("text", "keys", "told"),
    [
        ("New (Ctrl+N)", {"Ctrl+N": "F7"}, "New (F7)"),
        ("新对话（Ctrl+Shift+N）", {"Ctrl+Shift+N": "F7"}, "新对话（F7）"),
        ("New (Ctrl+Shift+N)", {"Ctrl+N": "F7", "N": "F8"}, "New (Ctrl+Shift+N)"),
        ("Fold (F9)", {"Shift+F9": "F1"}, "Fold (F9)"),
        ("Fold (Shift+F9)", {"F9": "F1"}, "Fold (Shift+F9)"),
        ("New (Ctrl+N)", {"Ctrl+N": ""}, "New"),
        ("新对话（Ctrl+N）", {"Ctrl+N": ""}, "新对话"),
        ("Next (Alt+])", {"Alt+]": r"Alt+\1"}, r"Next (Alt+\1)"),
        ("", {"Ctrl+N": "F7"}, ""),
        ("New (Ctrl+N), old (F7)", {"Ctrl+N": "F7", "F7": "Ctrl+N"}, "New (F7), old (Ctrl+N)"),
        ("Ctrl+N makes one", {"Ctrl+N": ""}, "Ctrl+N makes one"),
    ],
)
def test_a_key_within_words_is_replaced_and_no_part_of_another_one(text, keys, told):
    assert with_keys(text, keys) == told


@given(st.text("Ctrl+NF(7) ", max_size=30))
def test_with_nothing_changed_words_stay_as_they_are(text):
    assert with_keys(text, {}) == text


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction("New", window)
    action.setShortcut(QKeySequence("Ctrl+N"))
    window.button = QToolButton(window)
    window.button.setToolTip("New note (Ctrl+N)")
    window.button.setAccessibleName("New note (Ctrl+N)")
    return window


def test_a_button_tells_the_key_of_its_action_and_the_shipped_one_again(window):
    shortcuts = Shortcuts(window)
    for key, told in (("F7", "New note (F7)"), ("F8", "New note (F8)"), ("", "New note")):
        shortcuts.use([KeySettings("Ctrl+N", key)])
        assert window.button.toolTip() == window.button.accessibleName() == told
    shortcuts.use([])
    assert window.button.toolTip() == window.button.accessibleName() == "New note (Ctrl+N)"


def test_words_that_a_button_has_taken_on_meanwhile_are_its_own(window):
    tell(window, {"Ctrl+N": "F7"})
    window.button.setToolTip("Stop (Esc)")
    tell(window, {})
    assert window.button.toolTip() == "Stop (Esc)"
    assert window.button.accessibleName() == "New note (Ctrl+N)"


def test_a_label_of_ours_tells_the_key_and_one_with_a_persons_words_is_left_alone(window):
    ours, theirs = QLabel("press Ctrl+N", window), QLabel("press Ctrl+N", window)
    mention_keys(ours)
    tell(window, {"Ctrl+N": "F7"})
    assert (ours.text(), theirs.text()) == ("press F7", "press Ctrl+N")
    tell(window, {})
    assert ours.text() == "press Ctrl+N"
