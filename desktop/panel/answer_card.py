"""One request and its answer: quotes first, then the model's words, then what can be done with them."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.assist.model import (
    Answer,
    AskRequest,
    Finish,
    HistorySummarised,
    ModelChosen,
    Quote,
    QuotesFound,
    Work,
)
from core.errors import PilotfishError
from core.search.model import Passage
from core.session.model import Outcome
from core.text.citation_marks import without_marks
from desktop.error_text import word
from desktop.panel.answer_actions import INSERT, REPLACE, AnswerActions
from desktop.panel.card import Card
from desktop.panel.citation_list import CitationList
from desktop.panel.insertion import text_for_note
from desktop.panel.links import ask_and_open
from desktop.panel.markdown_view import MarkdownView
from desktop.panel.model_notice import ModelNotice
from desktop.panel.picture_line import PictureLine
from desktop.panel.quote_list import QuoteList
from desktop.panel.text_row import TextRow
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import sentences, tooltip
from desktop.widgets.settle import settle_layout


class AnswerState(Enum):
    """Where an answer stands."""

    WAITING = auto()
    STREAMING = auto()
    COMPLETE = auto()
    INCOMPLETE = auto()
    STOPPED = auto()
    QUOTES_ONLY = auto()
    NOT_FOUND = auto()
    FAILED = auto()


UNDER_WAY = {AnswerState.WAITING, AnswerState.STREAMING}
NOT_KEPT = {*UNDER_WAY, AnswerState.FAILED, AnswerState.STOPPED}
"""Answers in these states are no messages of a conversation."""
_FINISHED = {
    Finish.COMPLETE: AnswerState.COMPLETE,
    Finish.INCOMPLETE: AnswerState.INCOMPLETE,
    Finish.QUOTES_ONLY: AnswerState.QUOTES_ONLY,
    Finish.NOT_FOUND: AnswerState.NOT_FOUND,
}


class AnswerCard(Card):
    """Shows one question or free instruction, and what came of it.

    Signals:
        again_requested: Ask the same once more, in a new card.
        branch_requested: Go on from this answer in a conversation of its own.
    """

    again_requested = Signal()
    branch_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        request: AskRequest,
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        framed: bool = True,
    ) -> None:
        """Without `framed` the card is its answer alone; question and buttons stand elsewhere."""
        super().__init__(theme, request.text, request.note, anchor, parent, framed=framed)
        self.request = request
        self._quotes: tuple[Quote, ...] = ()
        self._passages: tuple[Passage, ...] = ()
        self._marks, self._chosen = 0, False
        self._answer: Answer | None = None
        self._state = AnswerState.WAITING
        self.setObjectName("answerCard")
        self.setAccessibleName(self.tr("Answer to: {request}").format(request=request.text[:80]))
        self.quotes = QuoteList(theme, self)
        self._summary = TextRow(theme, self)
        self._summary.setObjectName("historySummary")
        self._summary.show_icon("history")
        self.notice = ModelNotice(self)
        self.view = MarkdownView(theme, self)
        self.view.setAccessibleName(self.tr("Answer"))
        selected = bool(request.note and request.note.selection)
        prefers = REPLACE if request.work is Work.WRITE else INSERT
        self.actions_row = AnswerActions(theme, self, has_selection=selected, prefers=prefers)
        self.citations = CitationList(theme, self)
        self._stack(
            self._question, PictureLine(request.images, self), self._summary, self.quotes, self.notice,
            self.view, self.review, self._status,
            self.problem, self.actions_row, self.citations,
            rows=(self._summary, self.quotes, self.citations),
        )  # fmt: skip
        self._connect()
        self.begin()

    @property
    def state(self) -> AnswerState:
        """Where the answer stands."""
        return self._state

    @property
    def text_for_note(self) -> str:
        """The Markdown to put into the note; empty while there is none."""
        if self._answer is not None:
            return text_for_note(self._answer, work=self.request.work, quotes=self._quotes)
        if self._state in UNDER_WAY:
            return ""
        return without_marks(self.view.markdown, count=self._marks).strip()

    @property
    def can_replace(self) -> bool:
        """Whether a selection was sent along and the answer to it is whole."""
        selected = bool(self.request.note and self.request.note.selection)
        return selected and self._state is AnswerState.COMPLETE and self.can_insert

    @property
    def is_under_way(self) -> bool:
        """Whether more words may come."""
        return self._state in UNDER_WAY

    @property
    def joins_prose(self) -> bool:
        """A rewrite does; an answer to a question does not."""
        return self.request.work is Work.WRITE

    @property
    def trace_id(self) -> str:
        """The trace of the finished answer."""
        return self._answer.trace_id if self._answer else ""

    def begin(self) -> None:
        """Wait for the answer, forgetting an earlier one."""
        self._quotes, self._passages, self._answer = (), (), None
        self._marks, self._chosen = 0, False
        self.quotes.show_found(QuotesFound((), ()))
        self.citations.show_citations(())
        self.notice.hide()
        self._summary.hide()
        self.problem.hide()
        self.view.begin()
        self._enter(AnswerState.WAITING)

    def show_quotes(self, found: QuotesFound) -> None:
        """Show what was found in the notes, before any model speaks."""
        self._quotes = found.quotes
        self._passages = found.passages
        self._marks = len(found.passages)
        self.view.begin(citations=self._marks)
        self.quotes.show_found(found)
        settle_layout(self.view)

    def show_model(self, chosen: ModelChosen) -> None:
        """Say who answers; a demonstration model's words never stand without that notice."""
        self.notice.show_model(chosen, has_quotes=bool(self._quotes))
        self._chosen = True
        self._say(self._state_text(self._state))
        if not chosen.demonstration:
            self.quotes.be_brief()
        settle_layout(self.view)

    def show_summary(self, summarised: HistorySummarised) -> None:
        """Say what goes along in place of earlier messages that did not fit."""
        self._summary.show_text(
            summarised.text, quiet=self.tr("Sent in place of earlier messages"), max_lines=3
        )
        self._summary.setToolTip(tooltip(summarised.text))
        self._summary.show()
        settle_layout(self.view)

    def add_text(self, text: str) -> None:
        """Append the next words of the stream."""
        self.view.feed(text)
        if self._state is AnswerState.WAITING:
            self._enter(AnswerState.STREAMING)

    def finish(self, answer: Answer) -> None:
        """Take the finished answer; its text counts, should it differ from the stream."""
        self._answer = answer
        # A kept answer comes without its passages, but its citations still lead to their notes.
        self._marks = max([self._marks, *(citation.n for citation in answer.citations if citation.path)])
        if answer.finish is Finish.NOT_FOUND:
            self.view.begin()  # the sentence on the card says it in the window's language
        elif answer.finish is Finish.QUOTES_ONLY and self._quotes:
            self.quotes.be_whole()
        elif answer.text == self.view.markdown:
            self.view.finish()
        else:
            self.view.show_markdown(answer.text, citations=self._marks)
        self.view.explain_marks(answer.citations, self._passages, answer.unsupported_sentences)
        self.citations.show_citations(answer.citations if answer.finish is not Finish.QUOTES_ONLY else ())
        if answer.problem is not None:
            self.problem.show_problem(word(answer.problem))
        self._enter(_FINISHED[answer.finish])

    def fail(self, error: PilotfishError) -> None:
        """Say what went wrong; words that came before stay."""
        self.view.finish()
        self.problem.show_problem(word(error))
        self._enter(AnswerState.FAILED)

    def stop(self) -> None:
        """The person stopped it; words that came before stay."""
        self.view.finish()
        self._enter(AnswerState.STOPPED)

    def set_latest(self, latest: bool) -> None:
        """Only the latest answer has a primary button."""
        self.actions_row.set_primary(latest)

    def _connect(self) -> None:
        self.quotes.open_requested.connect(self.open_requested)
        self.citations.open_requested.connect(self.open_requested)
        self.notice.settings_requested.connect(self.settings_requested)
        self.review.toggled.connect(self._reviewing)
        self.view.mark_clicked.connect(self._open_mark)
        self.view.link_clicked.connect(lambda address: ask_and_open(address, self))
        actions = self.actions_row
        if self.request.work is Work.ASK:
            actions.explain_insert(self.tr("Numbers in brackets are left out; links to their notes follow."))
        self._connect_actions(actions)
        actions.more_button.clicked.connect(self.again_requested)
        actions.branch_button.clicked.connect(self.branch_requested)
        actions.branch_button.setVisible(bool(self.request.session_id))
        actions.good_button.clicked.connect(lambda: self._judge(good=True))
        actions.bad_button.clicked.connect(lambda: self._judge(good=False))

    def _judge(self, *, good: bool) -> None:
        """Note the thumb; it also says which model serves which work."""
        self.actions_row.show_vote(good)
        self.judged.emit(self.trace_id, Outcome.GOOD if good else Outcome.BAD)

    def _open_mark(self, number: int) -> None:
        """Open the note behind a mark: the citation, or while there is none yet the quote."""
        if self.citations.open(number):
            return
        for quote in self._quotes:
            if quote.n == number:
                self.open_requested.emit(quote.passage.path, quote.line)
                return

    def _reviewing(self, on: bool) -> None:
        """The changes stand in the place of the answer and bring their own buttons."""
        self.view.setVisible(not on and bool(self.view.markdown))
        self.actions_row.setVisible(not on)
        self._say("")

    def _enter(self, state: AnswerState) -> None:
        self.review.end()
        self._state = state
        self.view.setVisible(bool(self.view.markdown))
        self._say(self._state_text(state))
        self.actions_row.show_vote(None)
        self.actions_row.enable(
            insert=self.can_insert,
            replace=self.can_replace,
            again=state not in UNDER_WAY,
            judge=bool(self.trace_id),
        )
        self.actions_row.allow_branch(state not in NOT_KEPT)
        nothing = state in (AnswerState.FAILED, AnswerState.NOT_FOUND) and not self.can_insert
        self.actions_row.setVisible(self._framed and not nothing)
        settle_layout(self.view)
        if state not in UNDER_WAY:
            text = self._status.text() or self.problem.text or self.tr("The answer is complete.")
            self._announce(text)

    def _state_text(self, state: AnswerState) -> str:
        broken = self.tr("Incomplete: the answer broke off before its end.")
        return {
            AnswerState.WAITING: self._waiting_text(),
            AnswerState.COMPLETE: self._support_text(),
            AnswerState.INCOMPLETE: sentences(broken, self._support_text()),
            AnswerState.STOPPED: self.tr("Stopped."),
            AnswerState.NOT_FOUND: self.tr("Your notes say nothing about this. Other words may help."),
        }.get(state, "")

    def _support_text(self) -> str:
        """Explain the dotted lines, where there are any, and say what the model was not shown."""
        answer, words = self._answer, []
        if answer is not None and answer.unsupported:
            words.append(self.tr("Dotted lines: not found in your notes."))
        if answer is not None and answer.unseen_pictures:
            words.append(self.tr("Answered without the earlier pictures: the model sees none."))
        return sentences(*words)

    def _waiting_text(self) -> str:
        if self._chosen:
            return self.tr("Waiting for the model")
        return self.tr("Looking through your notes")
