"""A text held against the notes: each statement with its verdict and the notes' own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core import errors
from core.assist.model import (
    CheckDone,
    CheckedClaim,
    Citation,
    Claim,
    ClaimChecked,
    ClaimsFound,
    NoteContext,
    Verdict,
)
from desktop.panel.check_card import CheckCard
from desktop.panel.text_row import TextRow

TEXT = "公测三月开始。流失率是百分之九。首批一千人。"
CLAIMS = tuple(
    Claim(n, text, 0, len(text), 1)
    for n, text in enumerate(("公测三月开始。", "流失率是百分之九。", "首批一千人。"), start=1)
)
SAID = Citation(1, "项目/发布计划.md", ("发布计划", "时间"), 9, 9, "公测定在三月开始", True)
OTHERWISE = Citation(1, "项目/试点复盘.md", ("流失",), 14, 14, "流失率降到百分之三", True)


@pytest.fixture
def checking(panel, link, note):
    """A check of a selection under way: the card and the engine's side."""
    note.context = NoteContext("a.md", selection=TEXT, block="一段")
    panel.commands.check.trigger()
    return panel.conversation.cards[-1], link.assist.checked[-1]


@pytest.fixture
def checked(qtbot, checking):
    """The card of a finished check."""
    card, engine = checking
    verdicts = (
        CheckedClaim(CLAIMS[0], Verdict.SUPPORTED, (SAID,)),
        CheckedClaim(CLAIMS[1], Verdict.CONTRADICTED, (OTHERWISE,), by_model=True),
        CheckedClaim(CLAIMS[2], Verdict.NOT_FOUND, ()),
    )
    engine.send(
        ClaimsFound(CLAIMS), *map(ClaimChecked, verdicts[::-1]), CheckDone(verdicts, "m", 0.01, "t-c")
    )
    qtbot.waitUntil(lambda: not card.is_under_way)
    return card


def rows(card, name):
    return [row for row in card.findChildren(TextRow, name) if not row.isHidden()]


def status(card):
    return card.findChild(QLabel, "answerStatus").text()


def test_the_selection_is_checked_and_the_note_is_no_witness_for_itself(checking):
    card, engine = checking
    assert isinstance(card, CheckCard)
    assert engine.request.text == TEXT
    assert engine.request.note == "a.md"
    assert TEXT[:10] in card.title


def test_without_a_selection_the_paragraph_is_checked(panel, link, note):
    note.context = NoteContext("a.md", block="这一段话。")
    panel.commands.check.trigger()
    assert link.assist.checked[-1].request.text == "这一段话。"


def test_statements_are_shown_before_their_verdicts(qtbot, checking):
    card, engine = checking
    engine.send(ClaimsFound(CLAIMS))
    qtbot.waitUntil(lambda: len(rows(card, "claim")) == 3)
    assert "looking" in rows(card, "claim")[0].accessibleName()


def test_each_verdict_stands_at_its_statement_in_words_and_not_in_colour_alone(checked):
    names = [row.accessibleName() for row in rows(checked, "claim")]
    assert "say so" in names[0]
    assert "otherwise" in names[1]
    assert "as the model judges" in names[1]
    assert "nothing" in names[2]
    assert status(checked) == "1 supported, 1 contradicted, 1 not found"


def test_the_notes_own_words_stand_below_and_lead_to_their_line(qtbot, panel, checked):
    said, otherwise = rows(checked, "citation")
    assert said.words == "公测定在三月开始"
    with qtbot.waitSignal(panel.open_requested) as got:
        qtbot.mouseClick(otherwise, Qt.MouseButton.LeftButton)
    assert got.args == ["项目/试点复盘.md", 14]


def test_a_text_without_statements_says_so(qtbot, checking):
    card, engine = checking
    engine.send(ClaimsFound(()), CheckDone((), "", None, ""))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert "no statement" in status(card)


def test_a_model_that_failed_is_told_and_the_words_still_count(qtbot, checking):
    card, engine = checking
    found = CheckedClaim(CLAIMS[0], Verdict.SUPPORTED, (SAID,))
    engine.send(
        ClaimsFound(CLAIMS[:1]),
        ClaimChecked(found),
        CheckDone((found,), "", None, "", problem=errors.ModelTimedOut()),
    )
    qtbot.waitUntil(lambda: bool(card.problem.text))
    assert "1 supported" in status(card)


def test_stopping_says_which_were_not_looked_up(qtbot, panel, checking):
    card, engine = checking
    engine.send(ClaimsFound(CLAIMS), ClaimChecked(CheckedClaim(CLAIMS[0], Verdict.NOT_FOUND, ())))
    qtbot.waitUntil(lambda: any("nothing" in row.accessibleName() for row in rows(card, "claim")))
    panel.stop()
    assert engine.cancelled
    assert "not looked up" in rows(card, "claim")[2].accessibleName()
    assert "nothing" in rows(card, "claim")[0].accessibleName()


def test_a_failed_check_can_be_tried_again(qtbot, checking, link):
    card, engine = checking
    engine.send(errors.EngineStopped())
    qtbot.waitUntil(lambda: bool(card.problem.text))
    card.retry_requested.emit()
    assert len(link.assist.checked) == 2
    assert card.is_under_way


def test_with_nothing_to_check_the_panel_says_what_to_do(panel, link, note):
    note.context = None
    panel.commands.check.trigger()
    assert link.assist.checked == []
    words = " ".join(label.text() for label in panel.composer.findChildren(QLabel))
    assert "paragraph" in words
