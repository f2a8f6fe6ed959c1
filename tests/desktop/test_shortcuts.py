"""The window's keys: changed, taken away, given back, and told to the page that changes them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.settings import KeySettings
from desktop.shortcuts import Shortcuts, WindowKeys


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    made = (
        (window, "&Save", ["Ctrl+S"], Qt.ShortcutContext.WindowShortcut),
        (inner, "搜索笔记…", ["Ctrl+P", "Ctrl+Shift+F"], Qt.ShortcutContext.WindowShortcut),
        (inner, "", ["Ctrl+1"], Qt.ShortcutContext.WindowShortcut),
        (inner, "Rename", ["F2"], Qt.ShortcutContext.WidgetShortcut),
        (window, "No key", [], Qt.ShortcutContext.WindowShortcut),
    )
    for parent, text, keys, context in made:
        action = QAction(text, parent)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(context)
        parent.addAction(action)
    window.inner = inner
    return window


def keys_of(window, text):
    (action,) = [action for action in window.findChildren(QAction) if action.text() == text]
    return [key.toString() for key in action.shortcuts()]


def test_the_actions_that_the_whole_window_hears_are_known_by_the_key_they_ship_with(window):
    assert Shortcuts(window).known() == WindowKeys(
        {"Ctrl+S": "Save", "Ctrl+P": "搜索笔记"}, {"搜索笔记": "Ctrl+Shift+F", "Ctrl+1": "Ctrl+1"}
    )


def test_a_key_is_changed_taken_away_and_given_back(window):
    shortcuts = Shortcuts(window)
    shortcuts.use([KeySettings("Ctrl+P", "F7"), KeySettings("Ctrl+S", "")])
    assert keys_of(window, "搜索笔记…") == ["F7"]
    assert keys_of(window, "&Save") == []
    shortcuts.use([])
    assert keys_of(window, "搜索笔记…") == ["Ctrl+P", "Ctrl+Shift+F"]
    assert keys_of(window, "&Save") == ["Ctrl+S"]


def test_what_an_action_is_known_by_does_not_change_with_its_key(window):
    shortcuts = Shortcuts(window)
    before = shortcuts.known().titles
    shortcuts.use([KeySettings("Ctrl+S", "F8")])
    assert shortcuts.known().titles == before


def test_an_action_that_comes_later_is_taken_in(window):
    shortcuts = Shortcuts(window)
    shortcuts.use([KeySettings("Ctrl+L", "F9")])
    late = QAction("Late", window.inner)
    late.setShortcut(QKeySequence("Ctrl+L"))
    shortcuts.use([KeySettings("Ctrl+L", "F9")])
    assert keys_of(window, "Late") == ["F9"]
    assert shortcuts.known().titles["Ctrl+L"] == "Late"


def test_an_action_that_is_gone_is_forgotten(qtbot, window):
    shortcuts = Shortcuts(window)
    shortcuts.use([])
    (action,) = [action for action in window.findChildren(QAction) if action.text() == "&Save"]
    with qtbot.waitSignal(action.destroyed):
        action.deleteLater()
    assert "Ctrl+S" not in shortcuts.known().titles
    shortcuts.use([])


@pytest.mark.parametrize(
    "keys", [[KeySettings("Ctrl+X", "F7")], [KeySettings("", "")], [KeySettings("Ctrl+S", "nonsense")]]
)
def test_settings_of_another_version_or_hand_do_no_harm(window, keys):
    shortcuts = Shortcuts(window)
    shortcuts.use(keys)
    assert keys_of(window, "搜索笔记…") == ["Ctrl+P", "Ctrl+Shift+F"]
