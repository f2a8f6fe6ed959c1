"""No key of the main window means two things: Qt would then do neither of them."""

from collections import defaultdict
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.settings import GhostSettings
from tests.desktop.app_fixture import Opened

WIDE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
PORTABLE = QKeySequence.SequenceFormat.PortableText


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    """The whole program on a note, with the side panel that comes after the first paint."""
    (vault / "欢迎.md").write_text("# 欢迎\n\n你好\n", encoding="utf-8")
    opened = Opened(qapp, places, tmp_path)
    with qtbot.waitExposed(opened.frame.window):
        opened.start(vault)
    qtbot.waitUntil(lambda: opened.frame.window.findChild(QWidget, "composer") is not None)
    yield opened
    opened.close()
    qapp.setStyleSheet("")


def holders_of(action):
    """Return the widgets in which a key of the action can be pressed."""
    return [thing for thing in action.associatedObjects() if isinstance(thing, QWidget)]


def shortcuts(window):
    """Yield each key of the window's actions and shortcuts: key, its words, its context, who holds it."""
    for action in window.findChildren(QAction):
        for key in action.shortcuts():
            for holder in holders_of(action):
                if not holder.inherits("QMenu"):  # a menu shows the key, the window listens for it
                    yield key.toString(PORTABLE), action, action.shortcutContext(), holder
    for shortcut in window.findChildren(QShortcut):
        for key in QShortcut.keys(shortcut):
            yield key.toString(PORTABLE), shortcut, shortcut.context(), shortcut.parent()


def covers(one, other):
    """Whether two keys can be heard at the same place."""
    (_, context, holder), (_, other_context, other_holder) = one, other
    if context in WIDE and other_context in WIDE:
        return holder.window() is other_holder.window()
    if context in WIDE:
        return other_holder.window() is holder.window()
    if other_context in WIDE:
        return holder.window() is other_holder.window()
    return holder is other_holder or holder.isAncestorOf(other_holder) or other_holder.isAncestorOf(holder)


def users_by_key(window):
    users = defaultdict(list)
    for key, thing, context, holder in shortcuts(window):
        users[key].append((thing, context, holder))
    return users


def words(thing):
    return (thing.text() if isinstance(thing, QAction) else "") or thing.objectName() or repr(thing)


def collisions(window):
    """Return key and words of every two that would be heard at the same place."""
    return [
        (key, words(one[0]), words(other[0]))
        for key, users in users_by_key(window).items()
        for one, other in combinations(users, 2)
        if one[0] is not other[0] and covers(one, other)
    ]


def test_no_two_shortcuts_of_the_window_collide(opened):
    window = opened.frame.window
    assert len(users_by_key(window)) > 20  # the list is not empty for a wrong reason
    assert collisions(window) == []


def test_the_check_would_see_a_collision(opened):
    window = opened.frame.window
    rival = QAction("Rival", window)
    rival.setShortcut(window.save_action.shortcut())
    window.addAction(rival)
    assert [{"Rival", window.save_action.text()}] == [{one, other} for _, one, other in collisions(window)]


def test_a_key_in_a_pane_does_not_hide_behind_one_of_the_window(opened):
    window = opened.frame.window
    rival = QShortcut(QKeySequence("Ctrl+S"), opened.app.page, context=Qt.WidgetWithChildrenShortcut)
    assert [key for key, *_ in collisions(window)] == ["Ctrl+S"]
    rival.setKey(QKeySequence("Ctrl+Alt+Shift+F12"))
    assert collisions(window) == []


def test_no_key_of_ghost_text_is_taken_by_the_window(opened):
    ghost = GhostSettings()
    keys = [
        ghost.take,
        ghost.take_word,
        ghost.take_sentence,
        ghost.next,
        ghost.previous,
        ghost.refuse,
        ghost.ask,
    ]
    wide = {
        key: words(thing)
        for key, thing, context, holder in shortcuts(opened.frame.window)
        if context in WIDE and holder.isVisible()
    }
    wanted = [QKeySequence(key).toString(PORTABLE) for key in keys]
    assert {key: wide[key] for key in wanted if key in wide} == {}


def test_the_page_of_keys_warns_of_every_key_that_is_heard_in_the_whole_window(opened, qtbot):
    window = opened.frame.window
    wide = {key: words(thing) for key, thing, context, _ in shortcuts(window) if context in WIDE}
    opened.app.show_settings("keysPage")
    page = opened.app.settings_desk.dialog.keys_page
    silent = []
    for key, title in wide.items():
        page.edit("next").setKeySequence(QKeySequence(key))
        if not page.warning("next").startswith("Also: "):
            silent.append((key, title))
    opened.app.settings_desk.dialog.reject()
    assert silent == []


def test_no_shortcut_takes_a_letter_from_whoever_types(opened):
    typing = []
    for key, thing, context, _holder in shortcuts(opened.frame.window):
        pressed = QKeySequence(key)[0]
        plain = pressed.keyboardModifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if context in WIDE and plain and pressed.key() < Qt.Key.Key_Escape:
            typing.append((key, words(thing)))
    assert typing == []


def test_every_action_with_a_key_has_words_but_the_numbers_of_the_candidates(opened):
    nameless = {
        key
        for key, thing, *_ in shortcuts(opened.frame.window)
        if isinstance(thing, QAction) and not thing.text()
    }
    assert nameless <= {f"Ctrl+{number}" for number in range(1, 10)}


def test_the_entries_of_the_menu_have_no_key_twice(opened):
    keys = [
        key.toString(PORTABLE) for action in opened.frame.window._menu.actions() for key in action.shortcuts()
    ]
    assert len(keys) > 10
    assert sorted(keys) == sorted(set(keys))


def test_the_window_with_its_panel_has_the_focus_in_itself(opened):
    focus = QApplication.focusWidget()
    assert focus is None or focus.window() is opened.frame.window
