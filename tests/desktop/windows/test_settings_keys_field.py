"""The fields in which keys are pressed: walked through, pressed, cleared."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton

from core.settings import AtHandSettings, GhostSettings, Settings
from desktop.shortcuts import WindowKeys
from desktop.windows.settings_keys import QUICK_ASK, KeysPage, with_key

NAMES = ("take", "take_word", "take_sentence", "next", "previous", "refuse", "ask")


@pytest.fixture
def page(qtbot, theme):
    page = KeysPage(WindowKeys({}, {"搜索": "Ctrl+P", "Settings …": "Ctrl+,"}), has_tray=True)
    page.told = []
    page.at_hand_changed.connect(page.told.append)
    page.ghost_changed.connect(page.told.append)
    page.hotkey_tried.connect(page.told.append)
    qtbot.addWidget(page)
    page.show_settings(Settings(at_hand=AtHandSettings("Ctrl+Alt+Space")))
    with qtbot.waitExposed(page):
        page.show()
    return page


def press_in(page, name, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key in a field, as a person does who then goes elsewhere."""
    page.edit(name).setFocus()
    QTest.keyClick(page.edit(name), key, modifiers)
    page.keep_running.setFocus()


def test_walking_through_the_fields_changes_nothing_and_tries_no_key(page):
    page.edit(QUICK_ASK).setFocus()
    seen = set()
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget().objectName())
    assert {f"{name}Key" for name in NAMES} <= seen
    assert page.told == []


def test_walking_backwards_changes_nothing_either(page):
    page.edit("ask").setFocus()
    seen = []
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        seen.append(QApplication.focusWidget().objectName())
    assert seen[:2] == ["refuseKey", "previousKey"]
    assert page.told == []


def test_a_modifier_alone_is_no_key_and_takes_none_away(page):
    for modifier in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
        press_in(page, "take_word", modifier)
    assert page.edit("take_word").keySequence() == QKeySequence("Ctrl+Right")
    assert page.told == []


@pytest.mark.parametrize("written", ["ctrl+alt+space", "Alt+Ctrl+Space"])
def test_a_key_that_was_written_by_hand_is_the_same_key(page, written):
    page.show_settings(Settings(at_hand=AtHandSettings(written)))
    page.edit(QUICK_ASK).setFocus()
    page.edit("take").setFocus()
    assert page.told == []


def test_a_key_that_is_pressed_is_the_key(page):
    press_in(page, "next", Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert page.told[-1].next == "Alt+N"
    assert page.edit("next").keySequence() == QKeySequence("Alt+N")


def usual(page, name):
    return page.findChild(QToolButton, f"{name}Reset")


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_was_changed_can_be_the_usual_one_again(page, name):
    assert not usual(page, name).isVisible()
    page.edit(name).setKeySequence(QKeySequence("Ctrl+Alt+F7"))
    assert usual(page, name).isVisible()
    QTest.mouseClick(usual(page, name), Qt.MouseButton.LeftButton)
    assert page.told[-1] == GhostSettings()
    assert not usual(page, name).isVisible()


def test_tab_which_no_field_takes_is_had_back_by_its_button(page):
    page.show_settings(Settings(ghost=GhostSettings(take="F3")))
    assert usual(page, "take").toolTip() == "Back to Tab"
    usual(page, "take").click()
    assert page.told == [GhostSettings()]
    assert page.edit("take").keySequence() == QKeySequence("Tab")
    page.edit("take").clear()
    assert usual(page, "take").isVisible()


def test_the_same_key_pressed_again_for_quick_ask_is_tried_again(page):
    press_in(page, QUICK_ASK, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    page.told.clear()
    press_in(page, QUICK_ASK, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert page.told[-1] == "Ctrl+Space"


@pytest.mark.parametrize("name", NAMES)
def test_each_key_of_ghost_text_can_be_taken_away_alone(page, name):
    page.edit(name).clear()
    assert page.told == [with_key(GhostSettings(), name, "")]


@pytest.mark.parametrize("name", NAMES)
def test_each_key_of_ghost_text_can_be_another_alone(page, name):
    page.edit(name).setKeySequence(QKeySequence("Ctrl+Alt+F7"))
    assert page.told == [with_key(GhostSettings(), name, "Ctrl+Alt+F7")]
    assert page.warning(name) == ""


def test_a_key_of_the_window_is_warned_of_by_its_name(page):
    page.edit("ask").setKeySequence(QKeySequence("Ctrl+P"))
    assert page.warning("ask") == "Also: 搜索"
    page.edit("ask").clear()
    assert page.warning("ask") == ""


def test_three_that_share_a_key_name_each_other(page):
    for name in ("take", "next", "ask"):
        page.edit(name).setKeySequence(QKeySequence("F3"))
    assert page.warning("take") == "Also: Next suggestion, Ask for one"
    assert page.warning("ask") == "Also: Take it, Next suggestion"


def test_the_global_key_is_warned_of_against_the_window_too(page):
    page.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+,"))
    assert page.warning(QUICK_ASK) == "Also: Settings …"


def test_a_warning_is_there_from_the_start(page):
    page.show_settings(Settings(ghost=GhostSettings(next="Tab")))
    assert page.warning("take") == "Also: Next suggestion"
    assert page.told == []


def test_every_field_says_what_its_key_is_for(page):
    spoken = [page.edit(name).accessibleName() for name in (QUICK_ASK, *NAMES)]
    assert len(set(spoken)) == len(NAMES) + 1
    assert all(spoken)


def test_a_setting_that_is_no_key_is_shown_as_none(page):
    page.show_settings(Settings(ghost=GhostSettings(take="no such key at all")))
    assert page.edit("take").keySequence().isEmpty()
    assert page.told == []


def test_the_command_is_read_and_copied_but_not_edited(page):
    command = page.findChild(QLineEdit, "quickAskCommand")
    before = command.text()
    command.setFocus()
    QTest.keyClicks(command, "x")
    assert command.text() == before
    assert page.findChild(QPushButton, "copyCommandButton").focusPolicy() & Qt.FocusPolicy.TabFocus


def line(page, name):
    return page.edit(name).findChild(QLineEdit)


def test_an_empty_field_says_what_it_waits_for_however_it_became_empty(page):
    assert line(page, "next").text() == "Alt+]"
    page.edit("next").clear()
    page.show_settings(Settings(ghost=GhostSettings(ask="")))
    for name in (QUICK_ASK, "ask"):
        assert (line(page, name).text(), line(page, name).placeholderText()) == ("", "Press a key")
    page.edit("next").clear()
    assert line(page, "next").placeholderText() == "Press a key"


def test_a_field_reads_enter_whichever_of_them_was_pressed(page):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        page.edit("next").clear()
        press_in(page, "next", key, Qt.KeyboardModifier.AltModifier)
        assert line(page, "next").text() == "Alt+Enter"
    page.show_settings(Settings(ghost=GhostSettings(ask="Ctrl+Return")))
    assert line(page, "ask").text() == "Ctrl+Enter"
