"""The keys of the window on the page of keys: bound anew, in conflict, given back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QToolButton

from core.settings import KeySettings, Settings
from desktop.shortcuts import WindowKeys
from desktop.windows.settings_keys import QUICK_ASK, KeysPage

TITLES = {"Ctrl+P": "搜索笔记", "Ctrl+S": "Save"}
WINDOW = WindowKeys(TITLES, {"Ctrl+1": "Ctrl+1"}, {"Ctrl+P": "Ctrl+Shift+F"})


@pytest.fixture
def page(qtbot, theme):
    page = KeysPage(WINDOW, has_tray=True)
    page.told = []
    page.keys_changed.connect(page.told.append)
    page.show_settings(Settings(keys=(KeySettings("Ctrl+S", "F8"),)))
    qtbot.addWidget(page)
    page.show()
    return page


def reset(page, name):
    return page.findChild(QToolButton, f"{name}Reset")


def test_every_action_of_the_window_stands_there_with_the_key_it_has(page):
    assert page.edit("Ctrl+P").keySequence() == QKeySequence("Ctrl+P")
    assert page.edit("Ctrl+S").keySequence() == QKeySequence("F8")
    assert page.edit("Ctrl+P").accessibleName() == "搜索笔记"
    assert page.told == []


def test_a_key_is_bound_anew_and_only_what_differs_is_kept(page):
    page.edit("Ctrl+P").setKeySequence(QKeySequence("Ctrl+Alt+P"))
    assert page.told[-1] == (KeySettings("Ctrl+S", "F8"), KeySettings("Ctrl+P", "Ctrl+Alt+P"))
    page.edit("Ctrl+P").setKeySequence(QKeySequence("Ctrl+P"))
    assert page.told[-1] == (KeySettings("Ctrl+S", "F8"),)


def test_an_action_may_have_no_key(page):
    page.edit("Ctrl+P").clear()
    assert KeySettings("Ctrl+P", "") in page.told[-1]


def test_what_was_changed_is_given_back_with_one_press(qtbot, page):
    assert reset(page, "Ctrl+S").isVisible()
    assert not reset(page, "Ctrl+P").isVisible()
    qtbot.mouseClick(reset(page, "Ctrl+S"), Qt.MouseButton.LeftButton)
    assert page.told[-1] == ()
    assert not reset(page, "Ctrl+S").isVisible()


@pytest.mark.parametrize(
    ("key", "other"),
    [("F8", "Save"), ("Tab", "Take it"), ("Ctrl+1", "Ctrl+1"), ("Ctrl+Alt+Space", "Quick-ask")],
)
def test_a_key_that_is_taken_says_by_what(page, key, other):
    page.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+Space"))
    page.edit("Ctrl+P").setKeySequence(QKeySequence(key))
    assert page.warning("Ctrl+P") == f"Also: {other}"


def test_an_action_is_no_rival_of_its_own_second_key(page):
    assert page.warning("Ctrl+P") == ""
    page.edit("Ctrl+S").setKeySequence(QKeySequence("Ctrl+Shift+F"))
    assert page.warning("Ctrl+S") == "Also: 搜索笔记"


def test_a_second_key_is_free_once_its_action_has_another_one(page):
    page.edit("Ctrl+S").setKeySequence(QKeySequence("Ctrl+Shift+F"))
    page.edit("Ctrl+P").setKeySequence(QKeySequence("F7"))
    assert page.warning("Ctrl+S") == ""
    page.edit("Ctrl+P").setKeySequence(QKeySequence("Ctrl+P"))
    assert page.warning("Ctrl+S") == "Also: 搜索笔记"


def test_settings_for_actions_that_are_not_there_are_kept(page):
    page.show_settings(Settings(keys=(KeySettings("Ctrl+F12", "F7"),)))
    page.edit("Ctrl+P").setKeySequence(QKeySequence("F6"))
    assert KeySettings("Ctrl+F12", "F7") in page.told[-1]


# Places

PLACED = WindowKeys(
    {"F9": "Notes pane", "tree/F2": "Rename note", "conversations/F2": "Rename",
     "quick_ask/Ctrl+J": "Journal", "quick_ask/Esc": "Close", "suggestions/1": "Suggestion 1",
     "find/Return": "Next place", "find/Esc": "Close", "panel/Esc": "Stop"},
    {},
)  # fmt: skip


@pytest.fixture
def placed(qtbot, theme):
    page = KeysPage(PLACED, has_tray=True)
    page.told = []
    page.keys_changed.connect(page.told.append)
    page.show_settings(Settings())
    qtbot.addWidget(page)
    page.show()
    return page


def test_each_place_has_a_heading_and_its_keys_as_they_ship(placed):
    words = [label.text() for label in placed.findChildren(QLabel)]
    for heading in ("In the window", "In the tree of notes", "In the list of conversations", "In quick-ask",
                    "Choosing among suggestions"):  # fmt: skip
        assert heading in words
    assert "In the companion" not in words
    assert placed.edit("tree/F2").keySequence() == QKeySequence("F2")


def test_a_key_of_a_place_is_bound_anew_and_given_back(qtbot, placed):
    placed.edit("tree/F2").setKeySequence(QKeySequence("F4"))
    assert placed.told[-1] == (KeySettings("tree/F2", "F4"),)
    qtbot.mouseClick(reset(placed, "tree/F2"), Qt.MouseButton.LeftButton)
    assert placed.told[-1] == ()
    assert placed.edit("tree/F2").keySequence() == QKeySequence("F2")


@pytest.mark.parametrize(
    ("name", "key", "warning"),
    [
        ("tree/F2", "F9", "Also: Notes pane"),
        ("tree/F2", "1", ""),
        ("suggestions/1", "F2", ""),
        ("quick_ask/Ctrl+J", "F9", ""),
        ("quick_ask/Ctrl+J", "Esc", "Also: Close"),
        ("find/Return", "Esc", "Also: Close"),
        ("find/Esc", "Enter", "Also: Next place"),
        ("find/Esc", "Tab", ""),
        ("suggestions/1", "Esc", "Also: Stop"),
        ("F9", "Esc", "Also: Drop it, Close, Stop"),
        ("tree/F2", "Tab", ""),
        ("quick_ask/Ctrl+J", "Ctrl+Alt+Space", "Also: Quick-ask"),
    ],
)
def test_a_rival_is_only_what_is_heard_in_the_same_place(placed, name, key, warning):
    placed.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+Space"))
    placed.edit(name).setKeySequence(QKeySequence(key))
    assert placed.warning(name) == warning
