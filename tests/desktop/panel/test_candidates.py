"""As many suggestions as wanted, chosen by mouse or keys, polished on, and never mixed up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from core import errors
from core.assist.model import (
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    Finish,
    NoteContext,
)
from core.session.model import Outcome
from desktop.error_text import word
from tests.desktop.fake_assist import POLISH, written
from tests.desktop.fake_link import model_chosen

KEY = Qt.Key
SELECTED = NoteContext("a.md", title="A", selection="我们计划在三月开放测试，名单已经超过两千人。")


@pytest.fixture
def run(qtbot, panel, link, note):
    """Run a prompt on a selection; returns the card and the engine's side."""
    note.context = SELECTED
    panel.refresh_context()
    panel.library.load()
    qtbot.waitUntil(lambda: panel.library.prompt("polish") is not None)

    def start(prompt=POLISH):
        panel.drafting.run_or_ask(prompt)
        return panel.conversation.cards[-1], link.assist.written[-1]

    return start


@pytest.fixture
def three(qtbot, run):
    """A card with three candidates."""
    card, writing = run()
    writing.write("三月开放测试。", "测试在三月开放。", "三月，我们开放测试。")
    qtbot.waitUntil(lambda: not card.is_under_way)
    return card


def click(qtbot, card, name):
    qtbot.mouseClick(card.findChild(QWidget, name), Qt.MouseButton.LeftButton)


def texts(card):
    return [view.text for view in card.candidates.views]


def status(card):
    return card.findChild(QLabel, "answerStatus").text()


def test_the_prompt_runs_on_the_selection_for_as_many_as_it_says(run):
    card, writing = run()
    assert writing.request.prompt_id == "polish"
    assert writing.request.note.selection == SELECTED.selection
    assert writing.request.candidates == 3
    assert len(card.candidates.views) == 3  # their room is kept


def test_candidates_stream_side_by_side_each_in_its_place(qtbot, run):
    card, writing = run()
    writing.send(model_chosen(), CandidateAdded(2, "乙"), CandidateAdded(1, "甲"), CandidateAdded(2, "二"))
    qtbot.waitUntil(lambda: texts(card) == ["甲", "乙二", ""])


def test_nothing_can_be_taken_while_the_chosen_one_streams(qtbot, run):
    card, writing = run()
    writing.send(CandidateAdded(1, "甲"))
    qtbot.waitUntil(lambda: texts(card)[0] == "甲")
    assert not card.can_insert
    writing.send(CandidateDone(Candidate(1, "甲。", Finish.COMPLETE)))
    qtbot.waitUntil(lambda: card.can_insert)
    assert card.text_for_note == "甲。"


def test_the_keys_1_to_9_choose_and_enter_takes(qtbot, panel, three):
    panel.activateWindow()
    three.candidates.setFocus()
    QTest.keyClick(three.candidates, KEY.Key_3)
    assert three.text_for_note == "三月，我们开放测试。"
    QTest.keyClick(three.candidates, KEY.Key_Up)
    assert three.text_for_note == "测试在三月开放。"
    QTest.keyClick(three.candidates, KEY.Key_9)
    assert three.text_for_note == "测试在三月开放。"
    QTest.keyClick(three.candidates, KEY.Key_Return)
    qtbot.waitUntil(lambda: three.review.is_open)  # a rewrite replaces, after a look


def test_a_click_on_a_candidate_chooses_it(qtbot, three):
    second = three.candidates.get(2)
    qtbot.mouseClick(second.view.viewport(), Qt.MouseButton.LeftButton)
    assert three.candidates.current is second
    assert second.property("chosen") is True
    assert "chosen" in second.accessibleName()


def test_the_chosen_one_is_shown_whole_and_the_others_in_a_glimpse(qtbot, run):
    card, writing = run()
    long = "\n\n".join(f"第{n}段。" for n in range(30))
    writing.write(long, long, long)
    qtbot.waitUntil(lambda: not card.is_under_way)
    heights = [view.height() for view in card.candidates.views]
    assert heights[0] > 3 * heights[1]
    assert heights[1] == heights[2]


def test_more_asks_for_as_many_again_and_none_that_is_known(qtbot, three, link):
    click(qtbot, three, "moreButton")
    request = link.assist.written[-1].request
    assert (request.first, request.candidates) == (4, 3)
    assert request.known == tuple(texts(three)[:3])
    link.assist.written[-1].send(
        CandidateAdded(4, "新的一句。"),
        CandidateDone(Candidate(4, "新的一句。", Finish.COMPLETE)),
        CandidateDropped(5, 0),
        CandidateDropped(6, 4),
        written(Candidate(4, "新的一句。", Finish.COMPLETE)),
    )
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert texts(three)[3:] == ["新的一句。"]


def test_more_that_brings_nothing_new_says_so(qtbot, three, link):
    click(qtbot, three, "moreButton")
    link.assist.written[-1].send(*(CandidateDropped(n, 1) for n in (4, 5, 6)), written())
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert "Nothing new" in status(three)
    assert len(texts(three)) == 3


def test_a_candidate_is_polished_further_and_the_way_there_is_told(qtbot, three, link):
    three.candidates.choose(2)
    click(qtbot, three, "polishButton")
    QTest.keyClicks(three.polish_field, "shorter")
    QTest.keyClick(three.polish_field, KEY.Key_Return)
    request = link.assist.written[-1].request
    assert (request.polish, request.instruction, request.first) == ("测试在三月开放。", "shorter", 4)
    link.assist.written[-1].write("三月开测。")
    qtbot.waitUntil(lambda: not three.is_under_way)
    assert three.text_for_note == "三月开测。"
    history = three.findChild(QLabel, "refinement")
    assert history.isVisible()
    assert "2 → 4 (shorter)" in history.text()
    three.candidates.choose(1)
    assert not history.isVisible()


def test_a_failed_candidate_says_why_and_the_others_go_on(qtbot, run):
    card, writing = run()
    writing.send(
        CandidateFailed(1, errors.ModelTimedOut()),
        CandidateAdded(2, "乙"),
        CandidateDone(Candidate(2, "乙", Finish.COMPLETE)),
        written(Candidate(2, "乙", Finish.COMPLETE)),
    )
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.candidates.choose(2)
    assert card.can_replace
    why = word(errors.ModelTimedOut()).text
    assert any(why in label.text() for label in card.candidates.get(1).findChildren(QLabel))


def test_an_incomplete_candidate_never_replaces(qtbot, run):
    card, writing = run()
    half = Candidate(1, "三月开", Finish.INCOMPLETE)
    writing.send(CandidateAdded(1, "三月开"), CandidateDone(half), written(half))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert card.can_insert
    assert not card.can_replace


def test_stop_reaches_the_engine_and_keeps_what_came(qtbot, panel, run):
    card, writing = run()
    writing.send(CandidateAdded(1, "甲"))
    qtbot.waitUntil(lambda: texts(card)[0] == "甲")
    panel.stop()
    assert writing.cancelled
    assert texts(card) == ["甲"]
    assert not card.is_under_way
    assert card.can_insert


def test_a_request_that_fails_can_be_tried_again_in_its_card(qtbot, run, link):
    card, writing = run()
    writing.send(errors.ModelUnreachable())
    qtbot.waitUntil(lambda: bool(card.problem.text))
    click(qtbot, card, "retryButton")
    assert len(link.assist.written) == 2
    assert not card.problem.text


def test_append_new_note_and_copy_take_the_chosen_one(qtbot, panel, three, qapp):
    three.candidates.choose(3)
    with qtbot.waitSignal(panel.append_requested) as appended:
        click(qtbot, three, "appendButton")
    assert appended.args == ["三月，我们开放测试。"]
    with qtbot.waitSignal(panel.new_note_requested) as made:
        click(qtbot, three, "newNoteButton")
    assert made.args == ["Polish", "三月，我们开放测试。"]
    click(qtbot, three, "copyButton")
    assert qapp.clipboard().text() == "三月，我们开放测试。"


def test_what_was_done_with_a_result_is_noted(qtbot, panel, three, link):
    click(qtbot, three, "goodButton")
    assert link.assist.outcomes == [("trace-w", Outcome.GOOD)]
    assert three.findChild(QToolButton, "goodButton").isChecked()
    click(qtbot, three, "insertButton")
    assert link.assist.outcomes[-1] == ("trace-w", Outcome.INSERTED)


def test_a_wide_panel_puts_candidates_beside_one_another(qtbot, panel, three):
    def columns():
        return len({view.x() for view in three.candidates.views})

    assert columns() == 1
    panel.resize(1000, 700)
    qtbot.waitUntil(lambda: columns() == 3)


def test_the_buttons_of_the_whole_bar_have_names(three):
    for name in ("insertButton", "replaceButton", "appendButton", "moreButton", "polishButton", "copyButton",
                 "goodButton", "badButton", "sentButton", "newNoteButton"):  # fmt: skip
        button = three.findChild(QWidget, name)
        assert button.accessibleName(), name
        assert button.toolTip(), name
    assert isinstance(three.findChild(QWidget, "replaceButton"), QPushButton)


def test_the_words_of_every_candidate_wrap_within_their_frame(qtbot, panel, three):
    for width in (330, 420, 350):
        panel.resize(width, 640)
        qtbot.wait(20)
        for view in three.candidates.views:
            assert view.view.document().textWidth() <= view.view.viewport().width()
