"""The window's keys: changed, taken away, given back, and told to the page that changes them."""

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.settings import KeySettings
from desktop.shortcuts import Shortcuts, WindowKeys
from desktop.widgets.key_places import KeyPlace, note_place


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    made = (
        (window, "&Save", ["Ctrl+S"], Qt.ShortcutContext.WindowShortcut),
        (inner, "搜索笔记…", ["Ctrl+P", "Ctrl+Shift+F"], Qt.ShortcutContext.WindowShortcut),
        (inner, "", ["Ctrl+1"], Qt.ShortcutContext.WindowShortcut),
        (inner, "Unnoted", ["F2"], Qt.ShortcutContext.WidgetShortcut),
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
        {"Ctrl+S": "Save", "Ctrl+P": "搜索笔记"}, {"Ctrl+1": "Ctrl+1"}, {"Ctrl+P": "Ctrl+Shift+F"}
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


# Places


class Maker(QObject):
    """Makes a window late, as quick-ask and the companion are."""

    made = Signal(object)
    renewed = Signal()


def an_action(parent, text, keys, place, **more):
    action = QAction(text, parent)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    note_place(action, place, **more)
    return action


def test_an_action_of_one_place_is_known_by_place_and_key(window):
    rename = an_action(window.inner, "Rename …", ["F2"], KeyPlace.TREE)
    shortcuts = Shortcuts(window)
    assert shortcuts.known().titles["tree/F2"] == "Rename"
    shortcuts.use([KeySettings("tree/F2", "F4"), KeySettings("F2", "F5")])
    assert rename.shortcut() == QKeySequence("F4")


def test_one_key_in_two_places_is_two_actions(window):
    for place in (KeyPlace.TREE, KeyPlace.CONVERSATIONS):
        an_action(window.inner, f"Rename in {place}", ["F2"], place)
    Shortcuts(window).use([KeySettings("tree/F2", "F4")])
    assert keys_of(window, "Rename in tree") == ["F4"]
    assert keys_of(window, "Rename in conversations") == ["F2"]


def test_an_action_without_words_has_the_title_that_was_noted(window):
    an_action(window.inner, "", ["1"], KeyPlace.SUGGESTIONS, title="建议 1")
    assert Shortcuts(window).known().titles["suggestions/1"] == "建议 1"


def test_enter_means_both_keys_of_that_name_and_is_no_second_key(window):
    an_action(window.inner, "Insert", ["Ctrl+Return", "Ctrl+Enter"], KeyPlace.WINDOW)
    shortcuts = Shortcuts(window)
    assert shortcuts.known().titles["Ctrl+Return"] == "Insert"
    assert "Ctrl+Return" not in shortcuts.known().spares
    shortcuts.use([KeySettings("Ctrl+Return", "Alt+Enter")])
    assert keys_of(window, "Insert") == ["Alt+Enter", "Alt+Return"]


def test_words_that_mention_enter_tell_the_key_in_its_place(window):
    an_action(window.inner, "Insert", ["Ctrl+Return", "Ctrl+Enter"], KeyPlace.WINDOW)
    window.inner.setToolTip("插入（Ctrl+Enter）")
    shortcuts = Shortcuts(window)
    for key, told in (("F4", "插入（F4）"), ("Alt+Return", "插入（Alt+Enter）"), ("", "插入")):
        shortcuts.use([KeySettings("Ctrl+Return", key)])
        assert window.inner.toolTip() == told
    shortcuts.use([])
    assert window.inner.toolTip() == "插入（Ctrl+Enter）"


def test_a_key_of_a_place_is_told_there_and_nowhere_else(window):
    bar, elsewhere = QWidget(window), QWidget(window)
    close, find = QWidget(bar), an_action(bar, "Close", ["Esc"], KeyPlace.FIND)
    bar.addAction(find)
    close.setToolTip("Close (Esc), save (Ctrl+S)")
    elsewhere.setToolTip("Stop (Esc)")
    shortcuts = Shortcuts(window)
    shortcuts.use([KeySettings("find/Esc", "F4"), KeySettings("Ctrl+S", "F8")])
    assert close.toolTip() == "Close (F4), save (F8)"
    assert elsewhere.toolTip() == "Stop (Esc)"
    shortcuts.use([])
    assert close.toolTip() == "Close (Esc), save (Ctrl+S)"


def test_a_bar_that_is_made_late_tells_the_keys_that_were_changed_before(window):
    shortcuts, maker = Shortcuts(window), Maker()
    find = an_action(window, "Close", ["Esc"], KeyPlace.FIND)
    shortcuts.tell_again_when(maker.renewed)
    shortcuts.use([KeySettings("find/Esc", "F4")])
    bar = QWidget(window)
    bar.addAction(find)
    close = QWidget(bar)
    close.setToolTip("Close (Esc)")
    maker.renewed.emit()
    assert close.toolTip() == "Close (F4)"


def test_a_window_that_is_made_late_has_the_keys_that_are_wanted(qtbot, window):
    shortcuts, maker, late = Shortcuts(window), Maker(), QWidget()
    qtbot.addWidget(late)
    action = an_action(late, "Journal", ["Ctrl+J"], KeyPlace.QUICK_ASK)
    shortcuts.include_when(maker.made)
    shortcuts.use([KeySettings("quick_ask/Ctrl+J", "F4")])
    maker.made.emit(late)
    assert action.shortcut() == QKeySequence("F4")
    shortcuts.use([])
    assert action.shortcut() == QKeySequence("Ctrl+J")


def test_a_window_that_is_gone_is_no_longer_looked_at(qtbot, window):
    shortcuts, maker, late = Shortcuts(window), Maker(), QWidget()
    an_action(late, "Journal", ["Ctrl+J"], KeyPlace.QUICK_ASK)
    shortcuts.include_when(maker.made)
    maker.made.emit(late)
    assert "quick_ask/Ctrl+J" in shortcuts.known().titles
    with qtbot.waitSignal(late.destroyed):
        late.deleteLater()
    shortcuts.use([KeySettings("Ctrl+S", "F8")])
    assert "quick_ask/Ctrl+J" not in shortcuts.known().titles


def test_what_is_made_anew_tells_the_keys_in_force(window):
    shortcuts, maker = Shortcuts(window), Maker()
    shortcuts.tell_again_when(maker.renewed)
    shortcuts.use([KeySettings("Ctrl+S", "F8"), KeySettings("Ctrl+P", "")])
    late = QWidget(window.inner)
    late.setToolTip("Save (Ctrl+S)")
    maker.renewed.emit()
    assert late.toolTip() == "Save (F8)"


def test_a_digit_of_a_place_is_never_looked_for_in_words(window):
    an_action(window.inner, "", ["1"], KeyPlace.SUGGESTIONS, title="Suggestion 1")
    window.inner.setToolTip("1 of 9")
    Shortcuts(window).use([KeySettings("suggestions/1", "A")])
    assert window.inner.toolTip() == "1 of 9"
