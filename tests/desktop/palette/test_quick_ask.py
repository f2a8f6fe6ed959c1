"""The quick-ask window, key by key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTextEdit, QToolButton, QWidget

from core.errors import ModelUnreachable
from core.llm.chat import Tier
from desktop.palette import quick_ask as module
from desktop.palette.offers import Offers
from desktop.palette.quick_ask import QuickAsk
from tests.desktop.fake_link import a_citation, a_quote, model_chosen, model_state, quotes_found

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def ask(quick, link, qtbot, question="When does the beta open?"):
    """Type a question and press Enter; return the request under way."""
    quick.head.field.setText(question)
    before = len(link.asked)
    QTest.keyClick(quick.head.field, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.asked) == before + 1)
    return link.asked[-1]


def answered(quick, link, qtbot, text="In March [1].", **end):
    asking = ask(quick, link, qtbot)
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say(text)
    asking.end(text, **end)
    qtbot.waitUntil(lambda: not quick.asker.busy)
    return asking


def key(quick, key, modifier=Modifier.ControlModifier):
    QTest.keyClick(quick.head.field, key, modifier)


def test_it_comes_up_with_the_caret_in_the_field(up, focus):
    assert up.head.field.hasFocus()
    assert up.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert focus.calls == ["remember"]


def test_it_stands_in_the_middle_of_the_screen(up):
    screen = up.screen().availableGeometry()
    assert abs(up.geometry().center().x() - screen.center().x()) <= 1
    assert screen.contains(up.geometry())


def test_enter_asks_and_the_answer_streams_in(up, link, qtbot):
    asking = ask(up, link, qtbot)
    assert asking.request.text == "When does the beta open?"
    assert (asking.request.tier, asking.request.note) == (Tier.FAST, None)
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say("In ", "March")
    qtbot.waitUntil(lambda: "March" in up.findChild(QTextEdit).toPlainText())
    assert not up.commands.insert.isEnabled()
    asking.end("In March [1].", citations=(a_citation(),))
    qtbot.waitUntil(up.commands.insert.isEnabled)
    assert up.text_for_note == "In March.\n\nSources: [[Pilot review]]"


def test_enter_pressed_twice_pays_for_one_answer(up, link, qtbot):
    asking = ask(up, link, qtbot)
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say("In ", "March")
    QTest.keyClick(up.head.field, Key.Key_Return)
    assert (len(link.asked), asking.cancelled) == (1, False)
    asking.end("In March.")
    qtbot.waitUntil(lambda: not up.asker.busy)
    assert up.text_for_note == "In March."
    ask(up, link, qtbot)  # over, it may be asked again
    assert len(link.asked) == 2


def test_another_question_takes_the_place_of_the_one_being_answered(up, link, qtbot):
    asking = ask(up, link, qtbot)
    ask(up, link, qtbot, "那么四月呢？")
    assert asking.cancelled
    assert link.asked[-1].request.text == "那么四月呢？"


def test_the_room_for_the_answer_does_not_change_while_it_grows(up, link, qtbot):
    asking = ask(up, link, qtbot)
    height = up.height()
    asking.send(quotes_found(*(a_quote(n) for n in range(1, 6))))
    asking.say("word " * 2000)
    asking.end("word " * 2000)
    qtbot.waitUntil(lambda: not up.asker.busy)
    assert up.height() == height
    assert up.findChild(QScrollArea, "quickAnswer").verticalScrollBar().value() == 0


def test_a_short_answer_stands_at_the_top(up, link, qtbot):
    answered(up, link, qtbot)
    card = up.findChild(QWidget, "answerCard")
    assert card.mapTo(up.answer, QPoint(0, 0)).y() == 0
    assert card.height() <= card.sizeHint().height() + 1


@pytest.mark.parametrize("question", ["", "   "])
def test_nothing_is_not_asked(up, link, question):
    up.head.field.setText(question)
    QTest.keyClick(up.head.field, Key.Key_Return)
    assert link.asked == []


@pytest.mark.parametrize("enter", [Key.Key_Return, Key.Key_Enter])
def test_ctrl_enter_inserts(up, link, qtbot, enter):
    answered(up, link, qtbot)
    with qtbot.waitSignal(up.insert_requested) as signal:
        key(up, enter)
    assert signal.args == [up.text_for_note]
    assert len(link.asked) == 1


def test_ctrl_j_goes_to_the_journal_with_the_question(up, link, qtbot):
    answered(up, link, qtbot)
    up.head.field.setText("already something else")
    with qtbot.waitSignal(up.journal_requested) as signal:
        key(up, Key.Key_J)
    assert signal.args == ["When does the beta open?", up.text_for_note]


def test_copy_takes_the_answer_unless_words_are_selected(up, link, qtbot):
    answered(up, link, qtbot)
    clipboard = QGuiApplication.clipboard()
    key(up, Key.Key_C)
    assert clipboard.text() == up.text_for_note
    assert up.foot.words
    up.head.field.selectAll()
    key(up, Key.Key_C)
    assert clipboard.text() == "When does the beta open?"


def test_copy_in_the_answer_takes_all_or_what_is_selected(up, link, qtbot):
    answered(up, link, qtbot)
    view = up.findChild(QTextEdit)
    view.setFocus()
    QTest.keyClick(view, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == up.text_for_note
    view.moveCursor(QTextCursor.MoveOperation.Start)
    view.moveCursor(QTextCursor.MoveOperation.WordRight, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClick(view, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text().strip() == "In"


def test_before_an_answer_nothing_can_be_done_with_it(up, qtbot):
    with qtbot.assertNotEmitted(up.insert_requested), qtbot.assertNotEmitted(up.journal_requested):
        key(up, Key.Key_Return)
        key(up, Key.Key_J)
        key(up, Key.Key_C)
    assert not up.findChild(QPushButton, "quickInsert").isEnabled()


def test_escape_goes_and_gives_the_focus_back(up, focus, qtbot):
    key(up, Key.Key_Escape, Modifier.NoModifier)
    assert not up.isVisible()
    qtbot.waitUntil(lambda: focus.calls == ["remember", "give back"])


def test_whoever_comes_back_at_once_keeps_the_focus(up, focus):
    up.go()
    up.come_up()
    QTest.qWait(150)
    assert focus.calls == ["remember", "remember"]


def test_an_answer_goes_on_while_nobody_looks(up, link, qtbot):
    asking = ask(up, link, qtbot)
    up.go()
    asking.end("In March.")
    qtbot.waitUntil(lambda: not up.asker.busy)
    up.come_up()
    assert up.text_for_note == "In March."
    assert up.head.field.selectedText() == "When does the beta open?"


def test_coming_up_twice_does_not_take_itself_for_the_one_before(up, focus):
    up.come_up()
    assert focus.calls == ["remember"]


def test_the_button_stops_what_is_under_way(up, link, qtbot):
    asking = ask(up, link, qtbot)
    button = up.findChild(QToolButton, "quickSend")
    assert button.accessibleName() == "Stop"
    button.click()
    assert asking.cancelled
    assert button.accessibleName() == "Ask"


def test_the_next_question_stops_the_one_before(up, link, qtbot):
    first = ask(up, link, qtbot)
    second = ask(up, link, qtbot, "And the price?")
    assert first.cancelled
    second.end("9 USD.")
    qtbot.waitUntil(lambda: up.text_for_note == "9 USD.")


def test_a_failure_is_said_and_can_be_retried(up, link, qtbot):
    asking = ask(up, link, qtbot)
    asking.send(ModelUnreachable("gone", host="localhost"))
    qtbot.waitUntil(lambda: not up.asker.busy)
    assert not up.commands.insert.isEnabled()


def test_recent_questions_are_offered_and_chosen_with_the_arrows(quick, recent, link, qtbot):
    for question in ("第一个问题", "second"):
        recent.add(question)
    with qtbot.waitExposed(quick):
        quick.come_up()
    assert [quick.list.item(row).text() for row in range(quick.list.count())] == ["second", "第一个问题"]
    QTest.keyClick(quick.head.field, Key.Key_Down)
    QTest.keyClick(quick.head.field, Key.Key_Down)
    assert quick.head.field.text() == "第一个问题"
    QTest.keyClick(quick.head.field, Key.Key_Up)
    QTest.keyClick(quick.head.field, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.asked) == 1)
    assert link.asked[0].request.text == "second"
    assert not quick.list.isVisible()


def test_a_recent_question_is_asked_with_a_click(quick, recent, link, qtbot):
    recent.add("clicked")
    with qtbot.waitExposed(quick):
        quick.come_up()
    item = quick.list.visualItemRect(quick.list.item(0))
    QTest.mouseClick(quick.list.viewport(), Qt.MouseButton.LeftButton, pos=item.center())
    qtbot.waitUntil(lambda: len(link.asked) == 1)


def test_typing_means_what_is_typed(quick, recent, link, qtbot):
    recent.add("old")
    with qtbot.waitExposed(quick):
        quick.come_up()
    QTest.keyClick(quick.head.field, Key.Key_Down)
    quick.head.field.clear()
    QTest.keyClicks(quick.head.field, "new")
    QTest.keyClick(quick.head.field, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.asked) == 1)
    assert link.asked[0].request.text == "new"


def test_the_last_question_is_remembered_over_a_restart(bridge, theme, recent, *, focus, library, forms):
    recent.add("昨天的问题")
    offers = Offers(bridge, library)
    window = QuickAsk(bridge, theme, recent, lambda _request: None, offers=offers, forms=forms, focus=focus)
    assert window.head.field.text() == "昨天的问题"
    window.deleteLater()


def test_what_is_selected_elsewhere_goes_along_with_one_key(up, link, qtbot, monkeypatch):
    monkeypatch.setattr(module, "selected_elsewhere", lambda **_not: "A sentence of another program & more")
    key(up, Key.Key_T)
    chip = up.findChild(QPushButton, "quickContext")
    assert chip.isChecked()
    assert "another program && more" in chip.text()
    note = ask(up, link, qtbot).request.note
    assert (note.path, note.selection) == ("", "A sentence of another program & more")
    key(up, Key.Key_T)
    assert not chip.isChecked()
    assert ask(up, link, qtbot).request.note is None


def test_nothing_selected_elsewhere_is_said(up, monkeypatch):
    monkeypatch.setattr(module, "selected_elsewhere", lambda **_not: "")
    up.findChild(QPushButton, "quickContext").click()
    assert not up.findChild(QPushButton, "quickContext").isChecked()
    assert "Nothing is selected" in up.foot.words


def test_the_model_is_switched_and_named(up, link, qtbot):
    up.set_model(model_state(Tier.FAST))
    up.set_model(model_state(Tier.PRECISE, model="big", place="api.example.com"))
    assert up.head._model.whole_text() == "qwen3:8b, on this machine"
    key(up, Key.Key_M, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert up.head._model.whole_text() == "big, at api.example.com"
    assert ask(up, link, qtbot).request.tier is Tier.PRECISE


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (model_state(demonstration=True), "Demonstration model, on this machine"),
        (model_state(place=""), "No model: answers in quotes"),
    ],
)
def test_a_model_that_is_none_is_called_so(quick, state, words):
    quick.set_model(state)
    assert quick.head._model.whole_text() == words


def test_before_the_engine_is_there_a_question_waits(quick, bridge, link, qtbot):
    bridge.detach()
    quick.head.field.setText("early")
    quick.ask()
    assert quick.asker.busy
    bridge.attach(link)
    qtbot.waitUntil(lambda: len(link.asked) == 1)


def test_stopping_a_question_that_waits_forgets_it(quick, bridge, link, qtbot):
    bridge.detach()
    quick.head.field.setText("early")
    quick.ask()
    quick.asker.stop()
    bridge.attach(link)
    QTest.qWait(250)
    assert link.asked == []


def test_another_vault_takes_the_answer_away(up, link, qtbot):
    asking = ask(up, link, qtbot)
    up.forget()
    assert asking.cancelled
    assert up.text_for_note == ""
    assert up.findChild(QWidget, "answerCard") is None or not up.answer.isVisible()


def test_toggle_puts_it_away_again(up):
    up.toggle()
    assert not up.isVisible()


def test_everything_that_takes_the_focus_has_a_name(up, link, qtbot):
    answered(up, link, qtbot)
    focusable = [
        widget
        for widget in up.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert len(focusable) > 5
    nameless = [widget for widget in focusable if not widget.accessibleName() and not _text(widget)]
    assert nameless == []


def _text(widget):
    return widget.text() if hasattr(widget, "text") else ""


def test_tab_goes_round(up, qtbot):
    seen = []
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        seen.append(QApplication.focusWidget().objectName())
    assert {"quickQuestion", "quickTier", "quickSend", "quickContext"} <= set(seen)
