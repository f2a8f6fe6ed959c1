"""The keys of quick-ask, changed: in force while typing, told in its words, given back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from desktop.widgets.key_places import KeyPlace, place_of
from tests.desktop.palette.test_quick_ask import answered

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def key(quick, which, modifier=Modifier.ControlModifier):
    QTest.keyClick(quick.head.field, which, modifier)


def bind(action, keys):
    action.setShortcuts([QKeySequence(keys)] if keys else [])


def test_every_key_is_one_of_this_place(up):
    commands = up.commands
    every = (commands.insert, commands.journal, commands.copy, commands.take, commands.tier, commands.go)
    assert {place_of(action) for action in every} == {KeyPlace.QUICK_ASK}


def test_an_answer_is_inserted_by_another_key_and_no_longer_by_the_old_one(up, link, qtbot):
    answered(up, link, qtbot)
    told = []
    up.insert_requested.connect(told.append)
    bind(up.commands.insert, "Ctrl+I")
    key(up, Key.Key_Return)
    assert told == []
    key(up, Key.Key_I)
    assert told == [up.text_for_note]


def test_copy_by_another_key_leaves_the_field_its_own(up, link, qtbot):
    answered(up, link, qtbot)
    bind(up.commands.copy, "Ctrl+Shift+C")
    QGuiApplication.clipboard().setText("before")
    up.head.field.deselect()
    key(up, Key.Key_C)
    assert QGuiApplication.clipboard().text() == "before"
    key(up, Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == up.text_for_note


def test_a_key_that_a_line_edit_takes_for_its_own_can_be_given_to_an_action(up, link, qtbot):
    answered(up, link, qtbot)
    told = []
    up.journal_requested.connect(lambda _question, text: told.append(text))
    bind(up.commands.journal, "Ctrl+A")
    up.head.field.setText("a question")
    key(up, Key.Key_A)
    assert told == [up.text_for_note]
    assert up.head.field.selectedText() == ""


def test_buttons_and_words_tell_the_key_in_force(up):
    commands = up.commands
    button = next(one for one in up.findChildren(type(up.head.take_button), "quickJournal"))
    bind(commands.journal, "F7")
    bind(commands.take, "F8")
    assert button.text().endswith("F7")
    assert "(F8)" in up.head.take_button.text()
    up.say("Take it with Ctrl+T, keep it with Ctrl+J.")
    assert up.foot.words == "Take it with F8, keep it with F7."
    bind(commands.take, "")
    assert "(" not in up.head.take_button.text()
    bind(commands.journal, "")
    assert button.text() == commands.journal.text()


@pytest.mark.parametrize("enabled", [True, False])
def test_only_what_can_be_done_now_takes_its_key_from_the_field(up, enabled):
    up.commands.journal.setEnabled(enabled)
    bind(up.commands.journal, "Ctrl+A")
    up.head.field.setText("a question")
    key(up, Key.Key_A)
    assert up.head.field.selectedText() == ("" if enabled else "a question")


def test_it_goes_by_another_key_and_no_longer_by_escape(up):
    bind(up.commands.go, "F4")
    key(up, Key.Key_Escape, Modifier.NoModifier)
    assert up.isVisible()
    key(up, Key.Key_F4, Modifier.NoModifier)
    assert up.isHidden()


def test_the_chip_of_a_prompt_tells_the_key_that_leaves_it(up):
    bind(up.commands.go, "F4")
    assert up.head.prompt_chip.toolTip() == "Ask a question instead (F4)"
    bind(up.commands.go, "Esc")
    assert up.head.prompt_chip.toolTip() == "Ask a question instead (Esc)"


def test_enter_is_told_as_it_stands_on_the_key(up):
    button = next(one for one in up.findChildren(type(up.head.take_button), "quickInsert"))
    assert button.text() == "Insert  Ctrl+Enter"
