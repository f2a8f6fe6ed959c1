"""The engine stops in the middle of something, or is not there: each part says so and keeps what it has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core import errors
from core.assist.model import (
    Answered,
    Candidate,
    CandidateAdded,
    CandidateDone,
    CheckedClaim,
    Claim,
    ClaimChecked,
    ClaimsFound,
    Finish,
    NoteContext,
    TextAdded,
    Verdict,
)
from core.llm.chat import Tier
from core.session.model import Session
from desktop.error_text import word
from desktop.panel.answer_card import AnswerState
from desktop.panel.text_row import TextRow
from tests.desktop.fake_assist import DRAFT, POLISH
from tests.desktop.fake_link import FakeLink, a_quote, an_answer, model_chosen, model_state, quotes_found
from tests.desktop.panel import comparison
from tests.desktop.panel.late import Late

GONE = errors.EngineStopped()
SELECTED = NoteContext("a.md", title="A", selection="三月开放测试。", block="三月开放测试。")
SAID = word(GONE).text


@pytest.fixture
def dies(panel, bridge, link):
    """The engine stops: what was under way fails, and there is none to speak to for a moment."""

    def die(*streams):
        for stream in streams:
            stream.send(GONE)
        bridge.handle_event(GONE)
        bridge.detach()
        QApplication.processEvents()

    return die


@pytest.fixture
def comes_back(panel, bridge):
    """Another engine takes its place."""
    links = []

    def come():
        links.append(FakeLink())
        bridge.attach(links[-1])
        panel.engine_started()
        return links[-1]

    yield come
    for link in links[:-1]:
        link.close()


def last(panel):
    return panel.conversation.cards[-1]


def test_an_answer_keeps_its_words_and_says_that_the_engine_stopped(panel, ask, dies):
    asking = ask()
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say("In March ")
    dies(asking)
    card = last(panel)
    assert card.state is AnswerState.FAILED
    assert card.view.markdown == "In March "
    assert card.problem.text.startswith(SAID)
    assert panel.composer.send_button.isVisible()


def test_trying_again_waits_for_the_engine_and_then_asks(qtbot, panel, ask, dies, comes_back):
    dies(ask("三月？"))
    last(panel).problem.findChild(QPushButton, "retryButton").click()
    assert last(panel).state is AnswerState.WAITING
    assert panel.composer.stop_button.isVisible()
    link = comes_back()
    qtbot.waitUntil(lambda: len(link.asked) == 1)
    assert link.asked[0].request.text == "三月？"
    link.asked[0].end("是。")
    qtbot.waitUntil(lambda: last(panel).state is AnswerState.COMPLETE)


def test_a_stop_while_it_waits_for_the_engine_sends_nothing_later(qtbot, panel, ask, dies, comes_back):
    dies(ask())
    last(panel).problem.findChild(QPushButton, "retryButton").click()
    panel.stop()
    link = comes_back()
    qtbot.wait(150)  # longer than one look for an engine
    assert link.asked == []
    assert last(panel).state is AnswerState.STOPPED


def test_candidates_that_came_before_stay_and_can_be_taken(qtbot, panel, link, note, dies):
    note.context = SELECTED
    panel.drafting.run_or_ask(POLISH)
    card, writing = last(panel), link.assist.written[-1]
    writing.send(CandidateDone(Candidate(1, "四月开放测试。", Finish.COMPLETE)), CandidateAdded(2, "五月"))
    dies(writing)
    assert [view.text for view in card.candidates.views] == ["四月开放测试。", "五月"]
    assert card.can_replace
    assert card.problem.text.startswith(SAID)
    card.candidates.choose(2)
    assert not card.can_replace  # it broke off
    assert card.can_insert


def test_trying_more_again_keeps_the_candidates_that_are_there(qtbot, panel, link, note):
    note.context = SELECTED
    panel.drafting.run_or_ask(POLISH)
    card = last(panel)
    link.assist.written[-1].write("甲。", "乙。", "丙。")
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.actions_row.more_button.click()
    link.assist.written[-1].send(errors.ModelTimedOut())
    qtbot.waitUntil(lambda: bool(card.problem.text))
    card.problem.findChild(QPushButton, "retryButton").click()
    assert [view.text for view in card.candidates.views][:3] == ["甲。", "乙。", "丙。"]
    again = link.assist.written[-1].request
    assert (again.first, again.known) == (4, ("甲。", "乙。", "丙。"))


def test_trying_to_polish_again_still_says_what_it_is_made_from(qtbot, panel, link, note):
    note.context = SELECTED
    panel.drafting.run_or_ask(POLISH)
    card = last(panel)
    link.assist.written[-1].write("甲。", "乙。", "丙。")
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.candidates.choose(2)
    card.ask_to_polish("更短")
    link.assist.written[-1].send(errors.ModelTimedOut())
    qtbot.waitUntil(lambda: bool(card.problem.text))
    card.problem.findChild(QPushButton, "retryButton").click()
    again = link.assist.written[-1].request
    assert (again.polish, again.instruction, again.first) == ("乙。", "更短", 4)
    link.assist.written[-1].write("乙")
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert [step.n for step in card.candidates.history(4)] == [2, 4]
    assert card.text_for_note == "乙"


def test_a_fact_check_keeps_its_verdicts_and_names_what_was_not_looked_up(panel, link, note, dies):
    note.context = SELECTED
    panel.commands.check.trigger()
    card, engine = last(panel), link.assist.checked[-1]
    claims = (Claim(1, "三月开放。", 0, 5, 1), Claim(2, "是测试。", 5, 9, 1))
    engine.send(
        ClaimsFound(claims), ClaimChecked(CheckedClaim(claims[0], Verdict.NOT_FOUND, ())),
    )  # fmt: skip
    dies(engine)
    spoken = [row.accessibleName() for row in card.findChildren(TextRow, "claim")]
    assert any("say nothing" in words for words in spoken)
    assert any("not looked up" in words for words in spoken)
    assert card.problem.text.startswith(SAID)


def test_each_compared_model_says_that_it_did_not_answer(panel, link, dies):
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="big"))
    panel.composer.set_text("三月？")
    comparison.compare(panel)
    small, big = link.asked[-2:]
    small.send(Answered(an_answer("是。")))
    big.send(TextAdded("大概"))
    dies(big)
    card = last(panel)
    assert not card.is_under_way
    assert card.columns[1].findChild(QLabel, "modelTook").text().startswith(SAID)
    assert card.columns[1].view.markdown == "大概"
    assert card.columns[0].is_whole
    assert not panel.requests.runner.is_busy


def test_a_comparison_no_engine_came_for_says_why_on_the_card(qtbot, panel, bridge, dies):
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="big"))
    dies()
    panel.composer.set_text("三月？")
    comparison.compare(panel)
    bridge.handle_event(GONE)
    qtbot.waitUntil(lambda: bool(last(panel).problem.text))
    assert not last(panel).is_under_way
    assert panel.composer.send_button.isVisible()


@pytest.fixture
def sessions(qtbot, panel, link):
    """The page of conversations with one on it."""
    link.assist.session_list = [Session("s1", "三月的计划", "", 0.0, 0.0, 2)]
    panel.toggle_sessions()
    qtbot.waitUntil(lambda: bool(panel.session_list.list.hits))
    return panel.session_list


@pytest.mark.parametrize("button", ["openSession", "exportSession", "deleteSession"])
def test_a_conversation_pressed_while_there_is_no_engine_says_so(panel, sessions, dies, button):
    dies()
    sessions.findChild(QPushButton, button).click()
    if button == "deleteSession":
        sessions.findChild(QPushButton, button).click()
    assert any(SAID in label.text() for label in sessions.findChildren(QLabel) if label.isVisible())
    assert sessions.list.hits  # it is still listed


def test_a_conversation_named_while_there_is_no_engine_says_so(panel, sessions, dies):
    dies()
    sessions.findChild(QPushButton, "renameSession").click()
    sessions.title_field.setText("四月的计划")
    QTest.keyClick(sessions.title_field, Qt.Key.Key_Return)
    assert any(SAID in label.text() for label in sessions.findChildren(QLabel) if label.isVisible())


def test_a_branch_while_there_is_no_engine_breaks_nothing(qtbot, panel, ask, dies):
    panel.sessions.current = "s1"
    asking = ask()
    asking.end("In March.")
    qtbot.waitUntil(lambda: last(panel).state is AnswerState.COMPLETE)
    dies()
    last(panel).actions_row.branch_button.click()
    assert panel.sessions.current == "s1"


def test_searching_conversations_without_an_engine_leaves_the_list_alone(panel, sessions, dies):
    dies()
    panel.sessions.search("四月")
    assert [hit.title for hit in sessions.list.hits] == ["三月的计划"]


def test_conversations_open_when_the_engine_stops_in_the_middle(panel, link, sessions):
    late = Late(link)
    sessions.rename_requested.emit("s1", "四月")
    late.come(value=GONE)
    assert any(SAID in label.text() for label in sessions.findChildren(QLabel) if label.isVisible())


def test_a_form_cannot_be_filled_without_an_engine_and_stays_usable(panel, dies):
    panel.drafting.open_form(DRAFT)
    dies()
    panel.form.fill_button.click()
    panel.form.edit_button.click()
    assert panel.form.fill_button.isEnabled()
    panel.form.show_values({"kind": "信"})
    assert panel.form.check()


def test_a_vote_and_a_look_at_what_was_sent_are_no_harm_without_an_engine(qtbot, panel, ask, dies):
    ask().end("In March.")
    qtbot.waitUntil(lambda: last(panel).state is AnswerState.COMPLETE)
    dies()
    row = last(panel).actions_row
    for button in (row.good_button, row.bad_button, row.sent_button):
        button.click()
    with qtbot.waitSignal(panel.insert_requested):
        row.insert_button.click()


def test_a_rewrite_is_still_looked_at_without_an_engine(qtbot, panel, ask, note, dies):
    note.context = NoteContext("a.md", selection="我们计划在三月开放测试，名单已经超过两千人。")
    panel.refresh_context()
    ask("改").end("名单很长，因此我们打算分三批、从四月起慢慢开放测试。")
    qtbot.waitUntil(lambda: last(panel).can_replace)
    dies()
    last(panel).actions_row.replace_button.click()
    assert last(panel).review.is_open


def test_no_price_is_shown_while_there_is_no_engine(qtbot, panel, dies):
    panel.sessions.current = "s1"
    panel.composer.set_text("why?")
    panel.previewing._ask()
    qtbot.waitUntil(panel.context_bar.cost_button.isVisible)
    dies()
    panel.previewing._ask()
    assert not panel.context_bar.cost_button.isVisible()


def test_the_prompts_of_the_next_engine_take_the_place_of_the_former_ones(qtbot, panel, dies, comes_back):
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("draft") is not None)
    dies()
    assert panel.library.prompt("draft") is not None  # still there to be read meanwhile
    link = comes_back()
    link.assist.library = type(link.assist.library)((POLISH,))
    panel.library.load()
    qtbot.waitUntil(lambda: panel.library.prompt("draft") is None)
