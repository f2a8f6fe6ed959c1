"""Writing a request: keys, history, and an input method that is left alone."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.panel.composer import MAX_LINES, Composer


@pytest.fixture
def composer(qtbot, theme):
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.resize(300, 60)
    composer.show()
    qtbot.waitExposed(composer)
    composer.edit.setFocus()
    return composer


@pytest.fixture
def sent(composer):
    texts = []
    composer.send_requested.connect(texts.append)
    return texts


def compose(edit, preedit="", commit=""):
    """What an input method sends: a composition that goes on, or its end with the text chosen."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


def test_enter_sends_and_empties_the_field(qtbot, composer, sent):
    qtbot.keyClicks(composer.edit, "  why now? ")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent == ["why now?"]
    assert composer.edit.toPlainText() == ""


def test_the_keypads_enter_sends_too(qtbot, composer, sent):
    qtbot.keyClicks(composer.edit, "why")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert sent == ["why"]


def test_shift_enter_begins_a_line(qtbot, composer, sent):
    qtbot.keyClicks(composer.edit, "one")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.edit, "two")
    assert sent == []
    assert composer.edit.toPlainText() == "one\ntwo"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_but_blanks_is_not_sent(qtbot, composer, sent, text):
    composer.set_text(text)
    assert not composer.send_button.isEnabled()
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent == []


def test_the_send_button_sends(qtbot, composer, sent):
    composer.set_text("why")
    qtbot.mouseClick(composer.send_button, Qt.MouseButton.LeftButton)
    assert sent == ["why"]


def test_while_an_answer_streams_stop_stands_where_send_was_and_enter_keeps_the_text(qtbot, composer, sent):
    composer.set_text("next")
    composer.set_busy(True)
    assert composer.stop_button.isVisible()
    assert not composer.send_button.isVisible()
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert (sent, composer.edit.toPlainText()) == ([], "next")
    with qtbot.waitSignal(composer.stop_requested):
        qtbot.mouseClick(composer.stop_button, Qt.MouseButton.LeftButton)
    composer.set_busy(False)
    assert composer.send_button.isVisible()


def test_the_keyboard_is_not_lost_when_the_pressed_button_disappears(qtbot, composer):
    composer.set_text("x")
    composer.send_button.setFocus()
    composer.set_busy(True)
    assert composer.edit.hasFocus()


def test_enter_while_composing_belongs_to_the_input_method(qtbot, composer, sent):
    compose(composer.edit, preedit="ni hao")
    assert composer.edit.composing
    assert not composer.empty
    composer.submit()
    assert sent == []
    compose(composer.edit, commit="你好")
    assert not composer.edit.composing
    compose(composer.edit, preedit="ma")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert (sent, composer.edit.toPlainText()) == ([], "你好ma")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert sent == ["你好ma"]


def test_arrows_while_composing_do_not_leaf_through_requests(qtbot, composer, sent):
    composer.set_text("former")
    composer.submit()
    compose(composer.edit, preedit="wei")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit.toPlainText() in ("", "wei")  # never the former request


def test_composing_is_told_as_editing(composer):
    edits = []
    composer.edited.connect(edits.append)
    compose(composer.edit, commit="为什么")
    assert edits[-1] is True
    assert composer.edit.toPlainText() == "为什么"


def test_up_and_down_leaf_through_former_requests(qtbot, composer):
    for text in ("first", "second", "first", "third"):
        composer.set_text(text)
        composer.submit()
    seen = []
    for key in (*[Qt.Key.Key_Up] * 4, *[Qt.Key.Key_Down] * 4):
        qtbot.keyClick(composer.edit, key)
        seen.append(composer.edit.toPlainText())
    assert seen == ["third", "first", "second", "second", "first", "third", "", ""]


def test_a_former_request_that_was_changed_is_text_like_any_other(qtbot, composer):
    composer.set_text("former")
    composer.submit()
    qtbot.keyClick(composer.edit, Qt.Key.Key_Up)
    qtbot.keyClicks(composer.edit, "!")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit.toPlainText() == "former!"


def test_up_in_a_text_moves_the_caret(qtbot, composer):
    composer.set_text("former")
    composer.submit()
    composer.set_text("one\ntwo")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Up)
    assert composer.edit.toPlainText() == "one\ntwo"
    assert composer.edit.textCursor().blockNumber() == 0


def test_the_field_grows_with_its_text_up_to_eight_lines(composer):
    heights = []
    for lines in range(1, MAX_LINES + 4):
        composer.set_text("\n".join("x" * lines))
        heights.append(composer.edit.height())
    growing = heights[:MAX_LINES]
    assert growing == sorted(set(growing))
    assert set(heights[MAX_LINES:]) == {heights[MAX_LINES - 1]}


def test_a_long_line_wraps_and_counts(composer):
    composer.set_text("x")
    low = composer.edit.height()
    composer.set_text("word " * 40)
    assert composer.edit.height() > 2 * low


def test_tab_leaves_the_field(qtbot, composer):
    composer.set_text("x")
    qtbot.keyClick(composer.edit, Qt.Key.Key_Tab)
    assert composer.edit.toPlainText() == "x"
    assert not composer.edit.hasFocus()


def test_the_frame_shows_where_the_keyboard_is(composer):
    assert composer.property("focused") is True
    composer.send_button.setEnabled(True)
    composer.edit.clearFocus()
    assert composer.property("focused") is False


def test_everything_has_a_name_for_tests_and_screen_readers(composer):
    named = {
        w.objectName(): w.accessibleName()
        for w in (composer.edit, composer.send_button, composer.stop_button)
    }
    assert set(named) == {"composer", "sendButton", "stopButton"}
    assert all(named.values())


def test_keys_of_other_kinds_reach_qt(composer):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(composer.edit, event)
    assert composer.edit.toPlainText() == "a"


def test_a_request_sent_before_the_first_layout_leaves_no_empty_lines(qtbot, theme):
    composer = Composer(theme)
    qtbot.addWidget(composer)
    fresh = composer.edit.height()
    composer.resize(40, 30)  # so narrow that the request wraps into many lines
    composer.show()
    composer.set_text("为什么三月开放公测？为什么三月开放公测？")
    assert composer.edit.height() > fresh
    composer.submit()
    assert composer.edit.height() == fresh


def test_another_placeholder_is_painted_at_once(qtbot, composer):
    painted = []
    composer.edit.clearFocus()  # the caret's blinking is no repaint of ours
    composer.set_placeholder("Ask your notes")
    qtbot.wait(20)

    class Watch(QObject):
        def eventFilter(self, _watched, event):
            painted.append(event.type() is QEvent.Type.Paint)
            return False

    watch = Watch()
    composer.edit.viewport().installEventFilter(watch)
    composer.set_placeholder("Say what to write")
    qtbot.waitUntil(lambda: any(painted))
