"""Candidates come, end, fail, are stopped and asked for anew in any order: the card keeps its promises."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel

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
from core.llm.chat import Tier
from desktop.panel.candidate_card import CandidateCard
from tests.desktop.fake_assist import POLISH, written
from tests.desktop.fake_link import model_chosen

NOTES = [
    NoteContext("a.md", title="A", before="前文。"),
    NoteContext("a.md", title="A", selection="三月开放测试，名单很长。", block="三月开放测试，名单很长。"),
]
WORDS = st.text(alphabet="三月开放测试。 ab\n*-#`🐟\u200f", min_size=1, max_size=12)
NUMBERS = st.integers(1, 9)
FAILURES = st.sampled_from([errors.ModelTimedOut(), errors.EngineStopped(), errors.KeyRefused()])


class Writing(RuleBasedStateMachine):
    """One card after another; every stream there ever was may go on speaking."""

    panel = link = note = None

    @initialize(note=st.sampled_from(NOTES))
    def begin(self, note):
        self.panel.clear()
        self.note.context = note
        self.panel.refresh_context()
        self.link.assist.written.clear()
        self.taken = []
        self.slots = [
            self.panel.insert_requested.connect(lambda _anchor, text: self.taken.append(text)),
        ]

    def teardown(self):
        for slot in getattr(self, "slots", ()):
            self.panel.insert_requested.disconnect(slot)
        self.panel.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def card(self):
        cards = self.panel.conversation.cards
        return cards[-1] if cards else None

    def stream(self, which):
        return self.link.assist.written[which % len(self.link.assist.written)]

    def has_streams(self):
        return bool(self.link.assist.written)

    def has_card(self):
        return self.card is not None

    @rule()
    def run(self):
        self.panel.drafting.run_or_ask(POLISH)

    @precondition(has_streams)
    @rule(n=NUMBERS, words=WORDS)
    def words(self, n, words):
        self.stream(-1).send(model_chosen(), CandidateAdded(n, words))

    @precondition(has_streams)
    @rule(n=NUMBERS, words=WORDS, finish=st.sampled_from([Finish.COMPLETE, Finish.INCOMPLETE]))
    def one_done(self, n, words, finish):
        self.stream(-1).send(CandidateDone(Candidate(n, words, finish)))

    @precondition(has_streams)
    @rule(n=NUMBERS, other=st.integers(0, 9))
    def one_dropped(self, n, other):
        self.stream(-1).send(CandidateDropped(n, other))

    @precondition(has_streams)
    @rule(n=NUMBERS, error=FAILURES)
    def one_failed(self, n, error):
        self.stream(-1).send(CandidateFailed(n, error))

    @precondition(has_streams)
    @rule(n=NUMBERS, words=WORDS)
    def end(self, n, words):
        self.stream(-1).send(written(Candidate(n, words, Finish.COMPLETE)))

    @precondition(has_streams)
    @rule(error=FAILURES)
    def fail(self, error):
        self.stream(-1).send(error)

    @precondition(has_streams)
    @rule(which=st.integers(0, 5), n=NUMBERS, words=WORDS)
    def an_older_stream_speaks(self, which, n, words):
        if self.stream(which) is not self.stream(-1):
            QApplication.processEvents()
            before = self.seen()
            self.stream(which).send(CandidateAdded(n, words))
            self.stream(which).send(CandidateDone(Candidate(n, words, Finish.COMPLETE)))
            QApplication.processEvents()
            assert self.panel.requests.runner.is_busy or self.seen() == before

    def seen(self):
        return [
            (view.n, view.text) for card in self.panel.conversation.cards for view in card.candidates.views
        ]

    @rule()
    def stop(self):
        self.panel.stop()

    @precondition(has_card)
    @rule(n=NUMBERS)
    def choose(self, n):
        self.card.candidates.choose(n)

    @precondition(has_card)
    @rule()
    def more(self):
        self.card.actions_row.more_button.click()

    @precondition(has_card)
    @rule(wish=st.sampled_from(["短", "  ", "warmer"]))
    def polish(self, wish):
        if self.card.actions_row.polish_button.isEnabled():
            self.card.ask_to_polish(wish)

    @precondition(has_card)
    @rule()
    def try_again(self):
        if self.card.problem.text:
            self.card.retry_requested.emit()

    @precondition(has_card)
    @rule()
    def insert(self):
        wanted, before = self.card.text_for_note, len(self.taken)
        self.card.actions_row.insert_button.click()
        if len(self.taken) > before:
            assert self.taken[-1].strip() == wanted

    @rule()
    def another_tier(self):
        self.panel.tiers.toggle()

    @invariant()
    def promises(self):
        QApplication.processEvents()
        cards = self.panel.conversation.cards
        running = [card for card in cards if card.is_under_way]
        assert len(running) <= 1
        assert self.panel.requests.runner.is_busy is bool(running)
        assert self.panel.composer.stop_button.isVisibleTo(self.panel) is bool(running)
        for card in cards:
            self.check(card)

    @staticmethod
    def check(card) -> None:
        views = card.candidates.views
        row = card.actions_row
        assert isinstance(card, CandidateCard)
        assert len({view.n for view in views}) == len(views)
        if views:
            assert card.candidates.current in views
            assert [view.property("chosen") for view in views].count(True) == 1
        assert row.insert_button.isEnabled() is card.can_insert
        assert row.replace_button.isEnabled() is card.can_replace
        assert row.more_button.isEnabled() is not card.is_under_way
        if card.can_replace:
            assert card.note.selection
            assert card.candidates.current.is_whole
        if not card.is_under_way:
            assert [view.n for view in views if view.is_under_way] == []
            assert card.findChild(QLabel, "answerStatus").text() != "Waiting for the model"


@pytest.fixture
def machine(panel, link, note):
    """The machine on this test's panel."""

    class Here(Writing):
        pass

    Here.panel, Here.link, Here.note = panel, link, note
    panel.tiers.choose(Tier.FAST)
    return Here


def test_candidates_in_any_order(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60, stateful_step_count=22, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
