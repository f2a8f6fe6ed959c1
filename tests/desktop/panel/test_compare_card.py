"""Several models answer the same, side by side, each with what it took; one vote says which was best."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from core import errors
from core.assist.model import (
    Answer,
    Answered,
    Candidate,
    CandidateAdded,
    CandidateFailed,
    Finish,
    NoteContext,
    TextAdded,
)
from core.llm.chat import Tier, Usage
from core.session.model import Outcome
from desktop.panel.compare_card import CompareCard, shown_names
from tests.desktop.fake_assist import DRAFT, written
from tests.desktop.fake_link import model_state
from tests.desktop.panel import comparison


def answer(text, model, *, finish=Finish.COMPLETE, trace="t"):
    return Answered(
        Answer(
            text, (), finish, model, "p", Tier.FAST, Usage(100, 23), 0.0021, 400.0, 3210.0, f"{trace}-{model}"
        )
    )


@pytest.fixture
def two(panel):
    """A panel with a model for each tier."""
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="org/big", place="api.example.com"))
    return panel


@pytest.fixture
def comparing(two, link):
    two.composer.set_text("三月还是四月？")
    comparison.compare(two)
    return two.conversation.cards[-1], link.asked[-2], link.asked[-1]


def said(column):
    return column.findChild(QLabel, "modelTook").text()


def status(card):
    return card.findChild(QLabel, "answerStatus").text()


def test_each_model_is_asked_the_same(comparing, two):
    card, small, big = comparing
    assert isinstance(card, CompareCard)
    assert [one.request.model for one in (small, big)] == ["ollama/small", "ollama/org/big"]
    assert small.request.text == big.request.text == "三月还是四月？"
    assert [column.model for column in card.columns] == ["small", "org/big"]
    assert two.composer.edit.toPlainText() == ""


def test_each_streams_into_its_own_column_and_says_what_it_took(qtbot, comparing):
    card, small, big = comparing
    small.send(TextAdded("三月。"))
    big.send(TextAdded("四月"), answer("四月更稳。", "big"))
    qtbot.waitUntil(lambda: card.columns[1].is_whole)
    assert card.columns[0].view.markdown == "三月。"
    assert card.is_under_way
    for words in ("0.4 s", "3.2 s", "123 tokens", "0.0021 USD"):
        assert words in said(card.columns[1])


def test_it_ends_when_all_have_ended(qtbot, two, comparing):
    card, small, big = comparing
    small.send(answer("三月。", "small"))
    qtbot.waitUntil(lambda: card.columns[0].is_whole)
    assert two.requests.runner.is_busy
    big.send(errors.ModelTimedOut())
    qtbot.waitUntil(lambda: not two.requests.runner.is_busy)
    assert not card.is_under_way
    assert said(card.columns[1])


def test_the_chosen_answer_is_the_one_that_goes_into_the_note(qtbot, two, comparing):
    card, small, big = comparing
    small.send(answer("三月。", "small"))
    big.send(answer("四月。", "big"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    qtbot.mouseClick(card.columns[1], Qt.MouseButton.LeftButton)
    assert card.columns[1].property("chosen")
    with qtbot.waitSignal(two.insert_requested) as got:
        two.commands.insert.trigger()
    assert "四月。" in got.args[1]


def test_one_vote_is_noted_and_takes_another_back(qtbot, comparing, link):
    card, small, big = comparing
    small.send(answer("三月。", "small"))
    big.send(answer("四月。", "big"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    first, second = (column.findChild(QToolButton, "voteButton") for column in card.columns)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (first.isChecked(), second.isChecked()) == (False, True)
    assert link.assist.outcomes == [("t-small", Outcome.GOOD), ("t-big", Outcome.GOOD)]
    assert "org/big" in status(card)


def test_stopping_stops_them_all(two, comparing):
    card, small, big = comparing
    two.stop()
    assert small.cancelled
    assert big.cancelled
    assert not card.is_under_way


def test_a_selection_can_be_replaced_by_the_chosen_one(qtbot, two, link, note):
    note.context = NoteContext("a.md", selection="我们在三月开放。")
    two.refresh_context()
    two.composer.set_text("改")
    comparison.compare(two)
    card = two.conversation.cards[-1]
    for asking, model in zip(link.asked[-2:], ("small", "big"), strict=True):
        asking.send(answer("我们在四月开放。", model))
    qtbot.waitUntil(lambda: card.can_replace)
    with qtbot.waitSignal(two.replace_requested) as got:
        two.commands.replace.trigger()
    assert got.args[1] == "我们在四月开放。"


def test_in_a_wide_panel_they_stand_side_by_side(qtbot, two, comparing):
    card = comparing[0]
    assert len({column.x() for column in card.columns}) == 1
    two.resize(900, 700)
    qtbot.waitUntil(lambda: len({column.x() for column in card.columns}) == 2)


def test_tab_passes_an_answer_by_and_space_or_a_digit_chooses_it(qtbot, comparing):
    card = comparing[0]
    first, second = card.columns
    second.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(second.hasFocus)
    assert first.property("chosen")
    assert not second.property("chosen")
    assert second.property("focused")
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert (first.property("chosen"), second.property("chosen")) == (False, True)
    qtbot.keyClick(second, Qt.Key.Key_1)
    assert first.property("chosen")
    qtbot.keyClick(second, Qt.Key.Key_9)
    qtbot.keyClick(second, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert second.property("chosen")
    card.actions_row.sent_button.setEnabled(True)
    card.actions_row.sent_button.setFocus(Qt.FocusReason.TabFocusReason)
    assert second.property("chosen")
    assert not second.property("focused")


def hint(panel):
    label = panel.composer.findChild(QLabel, "composerWords")
    return label.text() if label.isVisible() else ""


def test_with_nothing_typed_it_says_so_where_it_would_be_typed(qtbot, two, comparing, link):
    two.commands.compare.trigger()
    assert len(link.asked) == 2  # those of the comparison before
    assert "Type what" in hint(two)
    assert "Type what" not in status(comparing[0])
    assert two.composer.edit.hasFocus()
    qtbot.keyClicks(two.composer.edit, "x")
    assert hint(two) == ""


def test_one_model_of_two_providers_is_told_apart_by_them():
    assert shown_names(["a/m", "b/m", "b/org/n"]) == ["m · a", "m · b", "org/n"]


# Prompts


def brought(text, trace):
    """The end of a prompt with one candidate."""
    return replace(written(Candidate(1, text, Finish.COMPLETE)), trace_id=trace)


@pytest.fixture
def stocked(qtbot, two):
    two.engine_started()
    qtbot.waitUntil(lambda: two.library.prompt("draft") is not None)
    return two


@pytest.fixture
def drafting(stocked, link):
    """The form of a prompt, filled in and compared; the card and what each model is asked to write."""
    stocked.drafting.open_form(DRAFT)
    stocked.form.findChild(QLineEdit, "field-kind").setText("邀请函")
    stocked.composer.set_text("短一点")
    comparison.compare(stocked)
    return stocked.conversation.cards[-1], link.assist.written[-2], link.assist.written[-1]


def test_the_prompt_of_an_open_form_is_compared_with_its_values(stocked, drafting, link):
    card, small, big = drafting
    assert card.title == "Draft: 短一点"
    assert [one.request.model for one in (small, big)] == ["ollama/small", "ollama/org/big"]
    assert small.request == replace(big.request, model="ollama/small")
    assert (small.request.prompt_id, small.request.candidates) == ("draft", 1)
    assert small.request.values["kind"] == "邀请函"
    assert small.request.instruction == "短一点"
    assert stocked.form.prompt is None
    assert stocked.composer.edit.toPlainText() == ""
    assert link.asked == []


def test_what_each_model_writes_stands_in_its_column_and_one_goes_into_the_note(qtbot, stocked, drafting):
    card, small, big = drafting
    small.send(CandidateAdded(1, "诚邀"))
    big.send(brought("三月一日，敬请光临。", "big"))
    qtbot.waitUntil(lambda: card.columns[1].is_whole)
    assert not card.columns[0].is_whole
    qtbot.waitUntil(lambda: "诚邀" in card.columns[0].view.markdown)
    small.send(brought("诚邀您参加。", "small"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.columns[1].chosen.emit(card.columns[1])
    with qtbot.waitSignal(stocked.insert_requested) as got:
        stocked.commands.insert.trigger()
    assert got.args[1] == "三月一日，敬请光临。"
    assert card.trace_id == "big"


def test_a_model_that_cannot_write_it_says_why_and_the_other_goes_on(qtbot, drafting):
    card, small, big = drafting
    small.send(CandidateFailed(1, errors.ModelUnreachable("x", host="ollama")), written())
    big.send(brought("好。", "big"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert "ollama" in said(card.columns[0])
    assert card.columns[1].is_whole


def test_a_form_that_lacks_something_says_so_and_nothing_is_asked(stocked, link):
    stocked.drafting.open_form(DRAFT)
    stocked.commands.compare.trigger()
    assert stocked.comparing.dialog is None
    assert link.assist.written == []
    assert stocked.form.prompt is DRAFT


def test_comparing_once_more_asks_for_the_prompt_again(qtbot, drafting, link):
    card, small, big = drafting
    for one in (small, big):
        one.send(errors.ModelUnreachable("x", host="h"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    card.retry_requested.emit()
    assert [one.request.model for one in link.assist.written[2:]] == ["ollama/small", "ollama/org/big"]
