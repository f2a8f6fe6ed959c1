"""What was asked is kept as conversations: found, opened, renamed, branched, written as notes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core import errors
from core.assist.model import Finish
from core.session.model import Author, Conversation, Session, SessionMessage
from desktop.panel.answer_card import AnswerCard, AnswerState
from desktop.panel.sessions import answer_of, turns
from desktop.panel.summary_card import SummaryCard

KEY = Qt.Key
CITED = {
    "finish": "complete",
    "model": "qwen3:8b",
    "tier": "precise",
    "cost_usd": 0.002,
    "trace_id": "t-1",
    "citations": [
        {
            "n": 1,
            "path": "Pilot review.md",
            "heading_path": ["Churn"],
            "start_line": 14,
            "end_line": 16,
            "quote": "fell to 3 %",
            "verified": True,
            "offset": 3,
        },
        {"n": 2, "written by": "another version"},
    ],
}


def a_session(session_id="s1", title="Beta in March", messages=2):
    return Session(session_id, title, "Projects/Launch plan.md", 0.0, 1_700_000_000.0, messages)


def message(author, text, number, **extra):
    return SessionMessage(f"m{number}", "s1", author, text, float(number), extra)


TALK = Conversation(
    a_session(),
    (
        message(Author.PERSON, "When?", 1),
        message(Author.MODEL, "In March [1].", 2, **CITED),
        message(Author.SUMMARY, "They spoke about **March**.", 3),
        message(Author.PERSON, "Why then?", 4),
        message(Author.MODEL, "因为名单长 [1].", 5, finish="incomplete"),
        message(Author.PERSON, "Never answered?", 6),
    ),
)


@pytest.fixture
def kept(link):
    """Two conversations in the engine."""
    link.assist.session_list = [a_session(), a_session("s2", "三月的计划"), a_session("empty", "", 0)]
    link.assist.conversations = {"s1": TALK, "branch": Conversation(a_session("branch"), TALK.messages[:2])}
    return link.assist


@pytest.fixture
def page(qtbot, panel, kept):
    """The page of conversations, open."""
    panel.commands.history.trigger()
    qtbot.waitUntil(lambda: len(panel.session_list.list.hits) == 2)
    return panel.session_list


def click(qtbot, widget, name):
    qtbot.mouseClick(widget.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def titles(page):
    return [hit.title for hit in page.list.hits]


def test_conversations_with_words_are_listed_with_time_and_note(page):
    assert titles(page) == ["Beta in March", "三月的计划"]
    assert "Launch plan" in page.list.hits[0].detail


def test_typing_searches_them(qtbot, page, kept):
    page.field.setText("三月")
    qtbot.waitUntil(lambda: titles(page) == ["三月的计划"])
    assert ("sessions", ("三月", None)) in kept.calls
    QTest.keyClicks(page.field, "xyz")
    qtbot.waitUntil(lambda: titles(page) == [])
    assert any("No conversation" in label.text() for label in page.findChildren(QLabel))
    assert not page.findChild(QPushButton, "deleteSession").isEnabled()


def test_a_conversation_comes_back_with_its_answers_and_their_citations(qtbot, panel, page):
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(panel.conversation.cards) == 4)
    first, summary, second, third = panel.conversation.cards
    assert first.title == "When?"
    assert first.state is AnswerState.COMPLETE
    assert first.citations.isVisibleTo(first)
    assert isinstance(summary, SummaryCard)
    assert "March" in summary.view.toPlainText()
    assert second.state is AnswerState.INCOMPLETE
    assert third.state is AnswerState.STOPPED
    assert panel.sessions.current == "s1"


def test_the_next_question_goes_on_in_it(qtbot, panel, page, ask):
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.sessions.current == "s1")
    assert ask("and then?").request.session_id == "s1"


def test_typing_a_question_begins_a_conversation_tied_to_the_note(qtbot, panel, link, ask):
    QTest.keyClicks(panel.composer.edit, "w")
    qtbot.waitUntil(lambda: panel.sessions.current == "s1")
    assert link.assist.session_list[0].note == "Projects/Launch plan.md"
    assert ask("why?").request.session_id == "s1"
    assert len(link.assist.session_list) == 1


def test_a_new_conversation_has_no_past(qtbot, panel, page, link):
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: panel.sessions.current == "s1")
    panel.commands.new.trigger()
    assert panel.conversation.cards == []
    assert panel.sessions.current == ""
    assert panel.welcome.isVisible()


def test_a_conversation_is_renamed_in_place(qtbot, page, kept):
    click(qtbot, page, "renameSession")
    page.title_field.setText("三月开放的理由")
    QTest.keyClick(page.title_field, KEY.Key_Return)
    assert ("rename_session", ("s1", "三月开放的理由")) in kept.calls
    assert page.title_field.isHidden()


def test_a_conversation_becomes_a_note_that_opens(qtbot, panel, page):
    with qtbot.waitSignal(panel.open_requested) as got:
        click(qtbot, page, "exportSession")
    assert got.args == ["Conversation.md", 0]


def warned(page):
    return [label.text() for label in page.findChildren(QLabel) if "once more" in label.text()]


def test_a_conversation_goes_only_where_that_is_said_twice(qtbot, page, kept):
    QTest.keyClick(page.list, KEY.Key_Delete)
    assert warned(page) == ["Delete once more, and “Beta in March” is gone for good."]
    assert not [call for call in kept.calls if call[0] == "delete_session"]
    QTest.keyClick(page.list, KEY.Key_Delete)
    qtbot.waitUntil(lambda: titles(page) == ["三月的计划"])


def test_saying_it_once_each_of_two_conversations_deletes_none(qtbot, page, kept):
    click(qtbot, page, "deleteSession")
    page.list.go_to(1)
    click(qtbot, page, "deleteSession")
    assert "三月的计划" in warned(page)[0]
    page.list.go_to(0)
    click(qtbot, page, "deleteSession")
    assert not [call for call in kept.calls if call[0] == "delete_session"]


def test_a_warning_is_forgotten_with_the_page(qtbot, panel, page, kept):
    click(qtbot, page, "deleteSession")
    panel.toggle_sessions()
    panel.toggle_sessions()
    qtbot.waitUntil(lambda: not warned(page))
    click(qtbot, page, "deleteSession")
    assert warned(page)
    assert not [call for call in kept.calls if call[0] == "delete_session"]


def test_a_key_held_down_deletes_nothing(page):
    assert not any(action.autoRepeat() for action in page.actions())


def test_a_conversation_that_was_opened_has_the_keyboard_for_what_is_asked_next(qtbot, panel, page):
    panel.activateWindow()
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.conversation.cards))
    qtbot.waitUntil(panel.composer.edit.hasFocus)


def test_words_searched_for_before_are_there_to_be_typed_over(qtbot, panel, page):
    page.field.setText("三月")
    panel.toggle_sessions()
    panel.toggle_sessions()
    assert page.field.selectedText() == "三月"


def test_from_any_answer_a_new_conversation_branches_off(qtbot, panel, page, kept):
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(panel.conversation.cards) == 4)
    click(qtbot, panel.conversation.cards[2], "branchButton")
    qtbot.waitUntil(lambda: panel.sessions.current == "branch")
    assert ("branch_session", ("s1", "m5")) in kept.calls
    assert len(panel.conversation.cards) == 1


def test_an_answer_outside_any_conversation_cannot_branch(panel, ask):
    ask().end("x")
    card = panel.conversation.cards[-1]
    assert isinstance(card, AnswerCard)
    assert not card.actions_row.branch_button.isVisible()


def branches(panel):
    """Whether the latest answer offers a conversation that goes on from it."""
    button = panel.conversation.cards[-1].actions_row.branch_button
    return button.isVisible() and button.isEnabled()


def test_only_an_answer_that_is_kept_can_branch(qtbot, panel, page, ask):
    QTest.keyClick(page.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(panel.conversation.cards) == 4)
    kept_answer = panel.conversation.cards[0].actions_row.branch_button
    stopped = ask("为什么是三月？")
    assert not branches(panel)
    stopped.say("因为")
    assert not branches(panel)
    panel.stop()
    assert not branches(panel)
    ask("And why?").end("The list is long.")
    qtbot.waitUntil(lambda: branches(panel))
    assert kept_answer.isEnabled()


def test_escape_goes_back_to_the_answers_or_the_beginning(qtbot, panel, page):
    panel.activateWindow()
    QTest.keyClick(page.field, KEY.Key_Escape)
    assert panel.welcome.isVisible()
    assert not panel.head.history_button.isChecked()


def test_conversations_that_cannot_be_read_are_told(qtbot, panel, page, kept, monkeypatch):
    monkeypatch.setattr(kept, "sessions", lambda *_: kept._link.future(errors.SessionsUnavailable()))
    panel.sessions.search("x")
    qtbot.waitUntil(lambda: any("cannot be" in label.text() for label in page.findChildren(QLabel)))


def test_an_engine_that_keeps_nothing_still_answers(qtbot, panel, link, ask, monkeypatch):
    failing = link.future(errors.SessionsUnavailable())
    monkeypatch.setattr(link.assist, "new_session", lambda _note: failing)
    QTest.keyClicks(panel.composer.edit, "w")
    qtbot.waitUntil(failing.done)
    assert ask("why?").request.session_id == ""


def test_a_kept_answer_has_what_was_kept_of_it():
    answer = answer_of(TALK.messages[1])
    assert (answer.finish, answer.model, answer.trace_id) == (Finish.COMPLETE, "qwen3:8b", "t-1")
    assert [citation.path for citation in answer.citations] == ["Pilot review.md"]
    assert answer_of(message(Author.MODEL, "x", 9, finish="unheard of")).finish is Finish.COMPLETE


def test_turns_pair_each_question_with_its_answer():
    told = [(words, found.id if found else "", summary) for words, found, summary in turns(TALK)]
    assert told == [
        ("When?", "m2", False),
        ("They spoke about **March**.", "", True),
        ("Why then?", "m5", False),
        ("Never answered?", "", False),
    ]
