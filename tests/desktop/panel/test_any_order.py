"""Whatever order things happen in, the panel keeps its promises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from core import errors
from core.assist.model import Answered, Finish, NoteContext, TextAdded
from desktop.panel.answer_card import UNDER_WAY, AnswerState
from tests.desktop.fake_link import a_citation, a_quote, an_answer, model_chosen, quotes_found

SELECTED = NoteContext("a.md", title="A", selection="We open the beta.", before="x\n\n")

STEPS = st.sampled_from(
    [
        "ask",
        "quotes",
        "model",
        "words",
        "end",
        "cut",
        "nothing",
        "fail",
        "stop",
        "more",
        "retry",
        "select",
        "clear",
    ]
)


class Journey:
    """One person, one engine, and what both did."""

    def __init__(self, panel, link, note):
        self.panel, self.link, self.note = panel, link, note
        self.inserted = []
        panel.insert_requested.connect(lambda _anchor, text: self.inserted.append(text))

    @property
    def card(self):
        cards = self.panel.conversation.cards
        return cards[-1] if cards else None

    def do(self, step):
        getattr(self, step)()
        QApplication.processEvents()
        self.check()

    def ask(self):
        self.panel.composer.set_text("why?")
        self.panel.composer.submit()

    def say(self, event):
        if self.link.asked:
            self.link.asked[-1].send(event)

    def quotes(self):
        self.say(quotes_found(a_quote()))

    def model(self):
        self.say(model_chosen())

    def words(self):
        self.say(TextAdded("Open in March [1]. "))

    def end(self):
        self.say(Answered(an_answer("Open in March [1].", citations=(a_citation(),))))

    def cut(self):
        self.say(Answered(an_answer("Open in", finish=Finish.INCOMPLETE)))

    def nothing(self):
        self.say(Answered(an_answer("Nothing.", finish=Finish.NOT_FOUND)))

    def fail(self):
        self.say(errors.ModelTimedOut())

    def stop(self):
        self.panel.stop()

    def more(self):
        if self.card and self.card.actions_row.more_button.isEnabled():
            self.card.actions_row.more_button.click()

    def retry(self):
        if self.card and self.card.state is AnswerState.FAILED:
            self.card.retry_requested.emit()

    def select(self):
        self.note.context = SELECTED
        self.panel.refresh_context()

    def clear(self):
        self.panel.clear()

    def check(self):
        cards = self.panel.conversation.cards
        running = [card for card in cards if card.state in UNDER_WAY]
        assert len(running) <= 1
        assert self.panel.composer.stop_button.isVisible() is bool(running)
        assert [asking for asking in self.link.asked[:-1] if self._is_live(asking)] == []
        for card in cards:
            self._check_card(card)

    def _is_live(self, asking):
        """Whether an earlier request could still say something to the panel."""
        handle = self.panel.requests.runner.handle
        return handle is not None and handle._asking is asking

    @staticmethod
    def _check_card(card) -> None:
        row = card.actions_row
        assert row.insert_button.isEnabled() is card.can_insert
        assert not (card.state in UNDER_WAY and card.can_insert)
        if row.replace_button.isEnabled():
            assert card.state is AnswerState.COMPLETE
            assert card.request.note.selection
        if card.state is AnswerState.FAILED:
            assert card.problem.text


@pytest.fixture
def journey(panel, link, note):
    return Journey(panel, link, note)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=14))
def test_the_panel_keeps_its_promises_in_any_order(journey, steps):
    journey.panel.clear()
    journey.link.asked.clear()
    for step in steps:
        journey.do(step)


def test_a_whole_journey_ends_with_the_text_in_the_note(journey):
    for step in ("select", "ask", "quotes", "model", "words", "end"):
        journey.do(step)
    journey.panel.commands.insert.trigger()
    assert journey.inserted == ["Open in March [1]."]  # written for the note, so nothing is taken out
