"""What will be sent is shown before, what was sent after; every part can be taken out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPlainTextEdit, QPushButton

from core import errors
from core.assist.model import AskRequest, Finish, WriteRequest
from core.prompts.model import Retrieval
from core.session.model import Sent
from tests.desktop.fake_assist import POLISH, a_preview


@pytest.fixture
def drafted(qtbot, panel, link):
    """A panel with a request being typed, and its preview."""
    QTest.keyClicks(panel.composer.edit, "why?")
    qtbot.waitUntil(panel.context_bar.cost_button.isVisible)
    return panel


def dialog(name):
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())


def open_details(qtbot, panel):
    qtbot.mouseClick(panel.context_bar.cost_button, Qt.MouseButton.LeftButton)
    return dialog("sendingDialog")


def test_tokens_and_cost_are_shown_before_anything_is_sent(drafted, link):
    assert "321" in drafted.context_bar.cost_button.text()
    assert "0.0123" in drafted.context_bar.cost_button.text()
    assert isinstance(link.assist.previewed[-1], AskRequest)
    assert link.assist.previewed[-1].text == "why?"
    assert link.asked == []


def test_a_model_on_this_machine_costs_nothing(drafted):
    drafted.context_bar.show_cost(a_preview(cost=0.1, place="local"))
    assert "USD" not in drafted.context_bar.cost_button.text()


def test_an_open_form_is_previewed_as_what_it_would_send(qtbot, panel, link):
    panel.engine_started()
    panel.drafting.open_form(POLISH)
    qtbot.waitUntil(lambda: bool(link.assist.previewed))
    assert isinstance(link.assist.previewed[-1], WriteRequest)


def test_a_preview_that_fails_leaves_no_old_figure(qtbot, drafted, link):
    link.assist.answer = errors.EngineStopped()
    QTest.keyClicks(drafted.composer.edit, " because")
    qtbot.waitUntil(lambda: not drafted.context_bar.cost_button.isVisible())


def test_the_page_shows_every_part_and_the_messages_word_for_word(qtbot, drafted):
    page = open_details(qtbot, drafted)
    boxes = page.findChildren(QCheckBox, "partBox")
    assert ["Pilot review" in box.text() for box in boxes] == [True]  # the rules cannot be left out
    assert any("Instructions" in label.text() for label in page.findChildren(QLabel))
    assert "三月开放 <b>" in page.findChild(QPlainTextEdit).toPlainText()
    page.reject()


def test_a_part_taken_out_is_not_sent(qtbot, drafted, link):
    page = open_details(qtbot, drafted)
    count = len(link.assist.previewed)
    page.findChild(QCheckBox, "partBox").click()
    qtbot.waitUntil(lambda: len(link.assist.previewed) > count)
    page.reject()
    drafted.composer.submit()
    assert link.asked[-1].request.sources.without == frozenset({"passage:1"})


def test_switching_passages_off_looks_nowhere(panel, ask):
    panel.context_bar.findChild(QPushButton, "passagesChip").click()
    request = ask().request
    assert not request.use_passages
    assert request.sources.retrieval is Retrieval.NONE


def test_a_pin_is_taken_off_by_a_click(qtbot, panel, ask):
    panel.context_bar.pin_note("日记/三月.md")
    pin = panel.context_bar.findChild(QPushButton, "pinnedNote")
    assert pin.text() == "三月"
    assert ask().request.sources.notes == ("日记/三月.md",)
    qtbot.mouseClick(pin, Qt.MouseButton.LeftButton)
    assert panel.context_bar.sources(Retrieval.VAULT).notes == ()


def test_what_was_sent_is_shown_byte_for_byte(qtbot, panel, ask, link):
    body = '{"messages":[{"role":"user","content":"\\u4e09\\u6708"}]}'
    link.assist.bytes_sent = (Sent("https://api.example.com/v1/chat/completions", body, 0.0),)
    asking = ask()
    asking.end("Open in March.", finish=Finish.COMPLETE)
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(card.actions_row.sent_button.isEnabled)
    qtbot.mouseClick(card.actions_row.sent_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(w.objectName() == "sentDialog" for w in QApplication.topLevelWidgets()))
    page = dialog("sentDialog")
    text = page.findChild(QPlainTextEdit).toPlainText()
    assert body in text
    assert "三月" in text
    assert "https://api.example.com" in text
    assert link.assist.calls[-1] == ("sent", ("trace",))
    assert isinstance(page, QDialog)
    page.reject()
