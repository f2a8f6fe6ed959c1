"""Turns what the person wants into requests, runs them on cards, and brings results towards the note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.assist.model import AskRequest, CheckRequest, NoteContext, WriteRequest
from core.errors import PilotfishError
from core.prompts.model import Placement, Prompt
from core.session.model import Conversation as Kept
from core.session.model import Outcome
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.stream_handles import AskHandle, WriteHandle
from desktop.panel.answer_card import NOT_KEPT, AnswerCard
from desktop.panel.candidate_card import CandidateCard
from desktop.panel.card import Card
from desktop.panel.check_card import CheckCard
from desktop.panel.choice_keys import ChoiceKeys
from desktop.panel.compare_card import CompareCard
from desktop.panel.conversation import Conversation
from desktop.panel.insertion import as_paragraph, in_place_of
from desktop.panel.model_column import ModelColumn
from desktop.panel.review import Reviewer
from desktop.panel.runner import Handle, Runner, Together
from desktop.panel.sessions import answer_of, pictures_of, request_of, turns
from desktop.panel.summary_card import SummaryCard
from desktop.theme.theme import Theme

Context = Callable[[], tuple[NoteContext, object] | None]


@dataclass(frozen=True, slots=True)
class PromptRun:
    """A prompt with what the requirement form says."""

    prompt: Prompt
    values: Mapping[str, str]
    instruction: str = ""
    count: int = 1


class Requests(QObject):
    """One request at a time; their cards stay in the conversation.

    Signals:
        card_added: A card is in the conversation.
        insert_requested: Put text at the caret; carries None and the text.
        replace_requested: Put text in the place of what was selected; carries the anchor and the text.
        append_requested: Put text at the end of the note.
        new_note_requested: Make a note; carries its title and its text.
        open_requested: A citation or quote was pressed; carries path and line.
        settings_requested: The person wants to set up a model.
        sent_requested: The person wants to see what was sent; carries the trace id.
        completed: A request came to its end, neither stopped nor failed.
        branch_requested: Go on from an answer of this conversation; carries its place among them, from 0.
        taken: A text is about to go into a note; carries its trace id and the text.
    """

    card_added = Signal()
    insert_requested = Signal(object, str)
    replace_requested = Signal(object, str)
    append_requested = Signal(str)
    new_note_requested = Signal(str, str)
    open_requested = Signal(str, int)
    settings_requested = Signal()
    sent_requested = Signal(str)
    completed = Signal()
    branch_requested = Signal(int)
    taken = Signal(str, str)

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        conversation: Conversation,
        context: Context,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._conversation = conversation
        self._context = context
        self._changing: Card | None = None
        self._keys = ChoiceKeys(self)
        self.runner = Runner(bridge, self)
        self._reviewer = Reviewer(bridge, self)
        self._reviewer.decided.connect(self._replace)

    def ask(self, request: AskRequest, anchor: object) -> AnswerCard:
        """Ask a question, or give a free instruction."""
        self.stop()
        # On its way while the card is being made; its events come only when this returns to the event loop.
        handle = self._bridge.ask(request) if self._bridge.attached else None
        card = self._answer_card(request, anchor)
        self.runner.run(card, partial(self._start_answer, card, handle))
        return card

    def restore(self, found: Kept) -> None:
        """Show an earlier conversation in place of the one in sight."""
        self.stop()
        self._conversation.clear()
        pictures = pictures_of(found)
        for question, message, is_summary in turns(found):
            if is_summary:
                self._conversation.add(SummaryCard(self._theme, question, self._conversation))
                continue
            request = request_of(question, found.session.id, pictures.get(question, ()))
            card = self._answer_card(request, None)
            if message is not None:
                card.finish(answer_of(message))
            else:
                card.stop()
        self._conversation.scroll_to_end()
        self.card_added.emit()

    def write(self, run: PromptRun, title: str, request: WriteRequest, anchor: object) -> CandidateCard:
        """Run a prompt for as many candidates as the form says."""
        placement = run.prompt.placement
        if not (request.note and request.note.selection) and placement is Placement.REPLACE:
            placement = Placement.INSERT
        card = CandidateCard(
            self._theme,
            title,
            request,
            anchor,
            self._conversation,
            count=run.count,
            placement=placement,
            keys=self._keys,
        )
        card.run_requested.connect(partial(self._run_candidates, card))
        self._add(card)
        self._run_candidates(card)
        return card

    def compare(
        self, request: AskRequest | WriteRequest, models: Sequence[str], anchor: object, *, title: str = ""
    ) -> CompareCard:
        """Ask several models the same; each is named `provider/model`."""
        card = CompareCard(
            self._theme, request, models, anchor, self._conversation, title=title, keys=self._keys
        )
        self._add(card)
        self.runner.run(card, partial(self._start_comparison, card))
        return card

    def check(self, request: CheckRequest, anchor: object) -> CheckCard:
        """Hold a text against the notes."""
        card = CheckCard(self._theme, request, anchor, self._conversation)
        self._add(card)
        self.runner.run(card, partial(self._start_check, card))
        return card

    def stop(self) -> None:
        """Stop what runs; the server is told. Changes that are not in sight yet do not come either."""
        self._reviewer.forget()
        self.runner.stop()

    def leave_review(self) -> bool:
        """Close the changes that are being looked at; returns whether there were any."""
        for card in self._conversation.cards:
            if card.review.is_open:
                card.review.end()
                return True
        return False

    def insert_latest(self) -> None:
        """Insert the latest result that has words."""
        for card in reversed(self._conversation.cards):
            if card.can_insert:
                self._insert(card)
                return

    def replace_latest(self) -> None:
        """Replace with the latest result, or not at all: an older one may be about another selection.

        With its changes in sight, accept them.
        """
        cards = self._conversation.cards
        if not cards:
            return
        if cards[-1].review.is_open:
            cards[-1].review.accept()
        elif cards[-1].can_replace:
            self._consider(cards[-1])

    def replaced(self) -> None:
        """Say on its card that a replacement is done."""
        if self._changing is not None:
            self._changing.say_replaced()

    def replace_refused(self) -> None:
        """Say on its card that the text to be replaced is no longer what it was."""
        if self._changing is not None:
            self._changing.replace_refused()

    def done(self, words: str) -> None:
        """Say on the card that asked for it what was done in the note."""
        if self._changing is not None:
            self._changing.say(words)

    def look_again(self, anchor: object, old: str, new: str) -> None:
        """Let the changes be looked at that would be made to what stands there now."""
        if (card := self._changing) is not None:
            card.anchor = anchor
            self._reviewer.consider(card, old, new, always=True)

    def change_failed(self, error: Exception) -> None:
        """Say on the card that asked for it why the note could not be changed."""
        if self._changing is not None:
            self._changing.say_problem(error)

    def _answer_card(self, request: AskRequest, anchor: object) -> AnswerCard:
        card = AnswerCard(self._theme, request, anchor, self._conversation)
        card.again_requested.connect(partial(self.ask, request, anchor))
        card.branch_requested.connect(partial(self._branch, card))
        self._add(card)
        return card

    def _branch(self, card: AnswerCard) -> None:
        """Tell which of the conversation's answers it is; one that failed was not kept."""
        same = card.request.session_id
        cards = [one for one in self._conversation.cards if isinstance(one, AnswerCard)]
        kept = [one for one in cards if one.request.session_id == same and one.state not in NOT_KEPT]
        if card in kept:
            self.branch_requested.emit(kept.index(card))

    def _add(self, card: Card) -> None:
        self.stop()
        card.insert_requested.connect(partial(self._insert, card))
        card.append_requested.connect(partial(self._append, card))
        card.new_note_requested.connect(partial(self._make_note, card))
        card.replace_requested.connect(partial(self._consider, card))
        card.replacement_decided.connect(partial(self._replace, card))
        card.open_requested.connect(self.open_requested)
        card.settings_requested.connect(self.settings_requested)
        card.sent_requested.connect(self.sent_requested)
        card.judged.connect(self.note_outcome)
        card.retry_requested.connect(partial(self._retry, card))
        self._conversation.add(card)
        self.card_added.emit()

    def _retry(self, card: Card) -> None:
        self.stop()
        card.begin()
        if isinstance(card, AnswerCard):
            self.runner.run(card, partial(self._start_answer, card))
        elif isinstance(card, CandidateCard):
            self._run_candidates(card)
        elif isinstance(card, CompareCard):
            self.runner.run(card, partial(self._start_comparison, card))
        elif isinstance(card, CheckCard):
            self.runner.run(card, partial(self._start_check, card))

    def _start_answer(self, card: AnswerCard, under_way: AskHandle | None = None) -> Handle:
        handle = under_way or self._bridge.ask(card.request)
        handle.quotes_found.connect(card.show_quotes)
        handle.history_summarised.connect(card.show_summary)
        handle.model_chosen.connect(card.show_model)
        handle.text_added.connect(card.add_text)
        handle.answered.connect(card.finish)
        handle.failed.connect(card.fail)
        for ended in (handle.answered, handle.failed):
            ended.connect(self._ended)
        return handle

    def _run_candidates(self, card: CandidateCard, _request: WriteRequest | None = None) -> None:
        self.runner.run(card, partial(self._start_candidates, card))

    def _start_candidates(self, card: CandidateCard) -> Handle:
        handle = self._bridge.assist.write(card.running)
        handle.model_chosen.connect(card.show_model)
        handle.text_added.connect(card.add_text)
        handle.candidate_done.connect(card.finish_one)
        handle.candidate_dropped.connect(card.drop)
        handle.candidate_failed.connect(card.fail_one)
        handle.written.connect(card.finish)
        handle.failed.connect(card.fail)
        for ended in (handle.written, handle.failed):
            ended.connect(self._ended)
        return handle

    def _start_comparison(self, card: CompareCard) -> Handle:
        return Together([self._start_column(card, column) for column in card.columns])

    def _start_column(self, card: CompareCard, column: ModelColumn) -> Handle:
        # No session: the answers are drafts of one, and only one would be its next message.
        request = replace(card.request, model=column.full_name, session_id="")
        if isinstance(request, AskRequest):
            asking = self._bridge.ask(request)
            asking.quotes_found.connect(column.show_quotes)
            asking.text_added.connect(column.add_text)
            asking.answered.connect(column.finish)
            return self._watched(card, column, asking, asking.answered)
        writing = self._bridge.assist.write(replace(request, candidates=1))
        writing.text_added.connect(column.add_candidate_text)
        writing.candidate_failed.connect(column.fail_candidate)
        writing.written.connect(column.finish_written)
        return self._watched(card, column, writing, writing.written)

    def _watched(
        self, card: CompareCard, column: ModelColumn, handle: AskHandle | WriteHandle, done: SignalInstance
    ) -> Handle:
        handle.failed.connect(column.fail)
        for ended in (done, handle.failed):
            ended.connect(partial(self._one_ended, card))
        return handle

    def _one_ended(self, card: CompareCard, _outcome: object) -> None:
        if not card.is_under_way:
            self._ended(None)

    def _start_check(self, card: CheckCard) -> Handle:
        handle = self._bridge.assist.check(card.request)
        handle.claims_found.connect(card.show_claims)
        handle.claim_checked.connect(card.show_checked)
        handle.checked.connect(card.finish)
        handle.failed.connect(card.fail)
        for ended in (handle.checked, handle.failed):
            ended.connect(self._ended)
        return handle

    def _ended(self, outcome: object) -> None:
        self.runner.ended()
        if not isinstance(outcome, PilotfishError):
            self.completed.emit()

    # Towards the note

    def _insert(self, card: Card) -> None:
        """Hand over a card's text for the caret as it stands now."""
        found = self._context()
        if found is None:
            card.insert_refused()
            return
        text, note = card.text_for_note, found[0]
        if not card.joins_prose:
            text = as_paragraph(text, before=note.before + note.selection, after=note.after)
        self._take(card, text)
        self.insert_requested.emit(None, text)

    def _append(self, card: Card) -> None:
        if self._context() is None:
            card.insert_refused()
            return
        self._take(card, card.text_for_note)
        self.append_requested.emit(card.text_for_note)

    def _make_note(self, card: Card) -> None:
        self._take(card, card.text_for_note)
        self.new_note_requested.emit(card.title, card.text_for_note)

    def _consider(self, card: Card) -> None:
        """Show what a replacement changes before it happens."""
        if card.note is not None:
            old = card.note.selection
            self._reviewer.consider(card, old, in_place_of(old, card.text_for_note))

    def _replace(self, card: Card, text: str) -> None:
        self._take(card, text)
        self.replace_requested.emit(card.anchor, text)

    def _take(self, card: Card, text: str) -> None:
        """The person takes this result; its trace says so."""
        self._changing = card
        card.taken.add(card.trace_id)
        as_it_came = text.strip() == card.text_for_note.strip()
        self.note_outcome(card.trace_id, Outcome.INSERTED if as_it_came else Outcome.EDITED, text)
        self.taken.emit(card.trace_id, text)

    def note_outcome(self, trace_id: str, outcome: Outcome, text: str = "") -> None:
        """Keep what became of a result."""
        if trace_id and self._bridge.attached:
            self._bridge.assist.outcome(trace_id, outcome, text)
