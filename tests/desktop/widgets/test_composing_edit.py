"""A field of several lines and an input method: the events are those of ibus and fcitx5."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.widgets.composing_edit import ComposingEdit

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
QUERY = Qt.InputMethodQuery


@pytest.fixture
def edit(qtbot):
    field = ComposingEdit()
    qtbot.addWidget(field)
    field.resize(300, 120)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def compose(field, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def composed(field):
    """What stands in the preedit areas of all lines."""
    document = field.document()
    blocks = (document.findBlockByNumber(number) for number in range(document.blockCount()))
    return "".join(block.layout().preeditAreaText() for block in blocks)


@pytest.fixture
def input_method(monkeypatch):
    """An input method that counts how often it is told to forget what it has."""

    class InputMethod:
        resets = 0

        def reset(self):
            self.resets += 1

    found = InputMethod()
    monkeypatch.setattr(QGuiApplication, "inputMethod", lambda: found)
    return found


@pytest.mark.parametrize("place", [QUERY.ImCursorRectangle, QUERY.ImAnchorRectangle])
def test_the_carets_place_is_told_with_the_margins_around_the_text(edit, place):
    edit.setViewportMargins(40, 24, 40, 0)
    edit.setPlainText("我们")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    told = edit.inputMethodQuery(place)
    assert isinstance(told, QRectF)
    caret = edit.cursorRect()
    corner = edit.viewport().mapTo(edit, QPoint(caret.left(), caret.top()))
    assert (told.top(), round(told.height())) == (corner.y(), caret.height())
    assert abs(told.center().x() - corner.x()) <= 2
    assert told.left() > 40


def test_what_else_is_asked_is_answered_as_ever(edit):
    edit.setPlainText("我们")
    assert edit.inputMethodQuery(QUERY.ImSurroundingText) == "我们"
    assert edit.inputMethodQuery(QUERY.ImEnabled) is True


def test_the_placeholder_makes_room_for_the_first_letters(edit):
    edit.setPlaceholderText("Ask your notes")
    compose(edit, "n")
    compose(edit, "ni")
    assert (edit.composing, edit.placeholderText()) == (True, "")
    compose(edit)
    assert (edit.composing, edit.placeholderText()) == (False, "Ask your notes")


def test_a_placeholder_that_comes_meanwhile_waits(edit):
    compose(edit, "ni")
    edit.setPlaceholderText("Ask your notes")
    assert edit.placeholderText() == ""
    compose(edit, commit="你")
    assert (edit.toPlainText(), edit.placeholderText()) == ("你", "Ask your notes")


@pytest.mark.parametrize(
    ("key", "modifier", "text"),
    [
        (Qt.Key.Key_End, CTRL, "one你好\ntwo"),
        (Qt.Key.Key_Down, NONE, "one你好\ntwo"),
        (Qt.Key.Key_Return, NONE, "one你好\ntwo"),
        (Qt.Key.Key_Left, NONE, "one你好\ntwo"),
        (Qt.Key.Key_X, NONE, "one你好x\ntwo"),
    ],
)
def test_a_key_that_is_left_to_the_field_finds_the_words_in_the_text(edit, input_method, key, modifier, text):
    edit.setPlainText("one\ntwo")
    edit.moveCursor(QTextCursor.MoveOperation.EndOfLine)
    compose(edit, "你好")
    QTest.keyClick(edit, key, modifier)
    assert (edit.toPlainText(), composed(edit), edit.composing) == (text, "", False)
    assert input_method.resets == 1


@pytest.fixture
def other(edit):
    field = QLineEdit(edit)
    field.show()
    return field


def test_a_click_elsewhere_keeps_what_was_composed(edit, input_method):
    edit.setPlainText("one\ntwo")
    compose(edit, "你好")
    place = edit.cursorRect(QTextCursor(edit.document().lastBlock())).center()
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (edit.toPlainText(), composed(edit)) == ("你好one\ntwo", "")
    assert (edit.textCursor().blockNumber(), input_method.resets) == (1, 1)


def test_a_change_of_focus_keeps_what_was_composed(edit, other, input_method, qtbot):
    compose(edit, "你好")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert (edit.toPlainText(), composed(edit), input_method.resets) == ("你好", "", 1)
    assert other.text() == ""


def test_what_qt_takes_away_before_a_change_of_focus_goes_in(edit, other, input_method, qtbot):
    compose(edit, "你好")
    compose(edit)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert (edit.toPlainText(), composed(edit), input_method.resets) == ("你好", "", 1)


def test_what_qt_takes_away_before_a_click_goes_in_once(edit, input_method):
    compose(edit, "你好")
    compose(edit)
    for _ in range(2):
        QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton)
    assert (edit.toPlainText(), input_method.resets) == ("你好", 1)


def test_what_was_given_up_does_not_come_back_at_a_change_of_focus(edit, other, input_method, qtbot):
    compose(edit, "你好")
    compose(edit)
    qtbot.waitUntil(lambda: not edit._turn.isActive())
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert (edit.toPlainText(), input_method.resets) == ("", 0)


def test_a_word_that_went_in_does_not_go_in_again(edit, other, input_method, qtbot):
    compose(edit, "ni")
    compose(edit)
    compose(edit, commit="你")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert (edit.toPlainText(), input_method.resets) == ("你", 0)


def test_what_was_composed_is_one_step_to_undo(edit):
    edit.setPlainText("one")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    compose(edit, "ni")
    compose(edit, "你好")
    edit.end_composing()
    edit.undo()
    assert (edit.toPlainText(), edit.composing) == ("one", False)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Control, NONE),
        (Qt.Key.Key_Shift, NONE),
        (Qt.Key.Key_Alt, NONE),
        (Qt.Key.Key_F5, NONE),
        (Qt.Key.Key_Backslash, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_keys_that_do_nothing_to_the_text_leave_the_composition_alone(edit, input_method, key, modifier):
    compose(edit, "ni")
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier)
    QApplication.sendEvent(edit, event)
    assert (input_method.resets, composed(edit), edit.composing) == (0, "ni", True)


def test_without_a_composition_keys_ask_nobody(edit, input_method):
    QTest.keyClicks(edit, "words")
    edit.end_composing()
    assert (input_method.resets, edit.toPlainText()) == (0, "words")
