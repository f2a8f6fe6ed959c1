"""Several models answer the same, side by side, each with what it took; one vote says which was best."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from core import errors
from core.assist.model import Answer, Answered, Finish, NoteContext, TextAdded
from core.llm.chat import Tier, Usage
from core.session.model import Outcome
from desktop.panel.compare_card import CompareCard, shown_names
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
    assert (first.property("chosen"), second.property("chosen")) == (True, False)
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


def test_with_nothing_typed_it_says_so(two, link):
    two.commands.compare.trigger()
    assert link.asked == []
    assert any("Type what" in label.text() for label in two.welcome.findChildren(QLabel))


def test_one_model_of_two_providers_is_told_apart_by_them():
    assert shown_names(["a/m", "b/m", "b/org/n"]) == ["m · a", "m · b", "org/n"]
