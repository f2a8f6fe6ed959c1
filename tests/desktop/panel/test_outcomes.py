"""What the person does with a result is kept: taken as it came, edited, refused, discarded."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from core.assist.model import Candidate, CandidateDone, Finish, NoteContext
from core.session.model import Outcome
from tests.desktop.fake_assist import POLISH, written

OLD = "我们在三月开放，价格还没有定下来，所以先邀请四百人。"
NEW = "我们定在四月开放，价格已经定下来了，因此先邀请六百位。"


@pytest.fixture
def card(qtbot, panel, link, note):
    """A rewrite of what is selected, ready to be looked at."""
    note.context = NoteContext("a.md", selection=OLD)
    panel.refresh_context()
    panel.drafting.run_or_ask(POLISH)
    run = link.assist.written[-1]
    done = Candidate(1, NEW, Finish.COMPLETE)
    run.send(CandidateDone(done), written(done))
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: card.can_replace)
    return card


def outcomes(link):
    return [outcome for _, outcome in link.assist.outcomes]


def review(qtbot, card):
    card.replace_requested.emit()
    qtbot.waitUntil(lambda: card.review.is_open)
    return card.review


def press(review, name):
    review.findChild(QPushButton, name).click()


def test_taking_a_replacement_whole_is_an_insertion(qtbot, card, link):
    review(qtbot, card).accept()
    assert outcomes(link) == [Outcome.INSERTED]


def test_taking_only_a_part_of_it_is_an_edit(qtbot, card, link, panel):
    changes = review(qtbot, card)
    press(changes, "rejectButton")
    with qtbot.waitSignal(panel.replace_requested) as got:
        press(changes, "acceptAllButton")
    assert got.args[1] not in (OLD, NEW)
    assert outcomes(link) == [Outcome.EDITED]


def test_refusing_every_change_is_a_refusal(qtbot, card, link, panel):
    with qtbot.assertNotEmitted(panel.replace_requested):
        press(review(qtbot, card), "rejectAllButton")
    assert outcomes(link) == [Outcome.REFUSED]
    assert not card.review.is_open


def test_only_leaving_the_changes_says_nothing(qtbot, card, link):
    review(qtbot, card)
    card.review.end()
    assert outcomes(link) == []


def test_inserting_tells_what_is_to_be_followed_in_the_note(qtbot, card, panel):
    with qtbot.waitSignal(panel.requests.taken) as got:
        card.insert_requested.emit()
    assert got.args == ["trace-w", NEW]


def discard(card):
    card.findChild(QToolButton, "discardButton").click()


def test_discarding_the_suggestions_refuses_them_and_folds_the_card(card, link):
    discard(card)
    assert outcomes(link) == [Outcome.REFUSED]
    assert not card.candidates.isVisible()
    assert not card.actions_row.isVisible()
    assert card.findChild(QLabel, "answerStatus").text() == "Discarded."


def test_what_was_discarded_can_be_brought_back(qtbot, card, link, panel):
    discard(card)
    card.findChild(QPushButton, "bringBack").click()
    assert card.candidates.isVisible()
    assert card.actions_row.isVisible()
    assert not card.findChild(QPushButton, "bringBack").isVisible()
    card.insert_requested.emit()
    assert outcomes(link) == [Outcome.REFUSED, Outcome.INSERTED]


def test_discarding_after_one_was_taken_refuses_nothing(card, link):
    card.insert_requested.emit()
    discard(card)
    assert outcomes(link) == [Outcome.INSERTED]


def test_nothing_can_be_discarded_while_it_is_written(panel, link, note):
    panel.drafting.run_or_ask(POLISH)
    assert not panel.conversation.cards[-1].discard_button.isEnabled()
