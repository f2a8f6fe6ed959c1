"""One request and its answer: quotes first, then the model's words, then what can be done with them."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.assist.model import Answer, AskRequest, Finish, ModelChosen, Quote, QuotesFound
from core.errors import PilotfishError
from core.text.marks import without_marks
from desktop.error_text import word
from desktop.panel.answer_actions import AnswerActions
from desktop.panel.citation_list import CitationList
from desktop.panel.insertion import text_for_note
from desktop.panel.links import ask_and_open
from desktop.panel.markdown_view import MarkdownView
from desktop.panel.model_notice import ModelNotice
from desktop.panel.problem_box import ProblemBox
from desktop.panel.quote_list import QuoteList
from desktop.panel.review import Review
from desktop.panel.text_row import PAD
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip
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


_MARGIN = 12
UNDER_WAY = {AnswerState.WAITING, AnswerState.STREAMING}
_FINISHED = {
    Finish.COMPLETE: AnswerState.COMPLETE,
    Finish.INCOMPLETE: AnswerState.INCOMPLETE,
    Finish.QUOTES_ONLY: AnswerState.QUOTES_ONLY,
    Finish.NOT_FOUND: AnswerState.NOT_FOUND,
}


class AnswerCard(QFrame):
    """Shows one request and what came of it. Knows nothing of engine or editor.

    Signals:
        insert_requested: Put the answer into the note; see `text_for_note`.
        replace_requested: The answer is wanted in the place of the selection; its changes are not seen yet.
        replacement_decided: Carries the Markdown for the place of the selection.
        again_requested: Ask the same once more, in a new card.
        retry_requested: Ask the same once more, in this card.
        settings_requested: The person wants to set up a model.
        open_requested: A quote or citation was pressed; carries path and line.
    """

    insert_requested = Signal()
    replace_requested = Signal()
    replacement_decided = Signal(str)
    again_requested = Signal()
    retry_requested = Signal()
    settings_requested = Signal()
    open_requested = Signal(str, int)

    def __init__(
        self,
        theme: Theme,
        request: AskRequest,
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        framed: bool = True,
    ) -> None:
        """Without `framed` it is the answer alone, on a surface that shows question and buttons itself."""
        super().__init__(parent)
        self._framed = framed
        self.request = request
        self.anchor = anchor
        self._quotes: tuple[Quote, ...] = ()
        self._marks, self._chosen = 0, False
        self._answer: Answer | None = None
        self._state = AnswerState.WAITING
        self.setObjectName("answerCard")
        self.setProperty("card", framed)
        self.setAccessibleName(self.tr("Answer to: {request}").format(request=request.text[:80]))
        self._question = QLabel(_shortened(request.text), self)
        self.quotes = QuoteList(theme, self)
        self.notice = ModelNotice(self)
        self.view = MarkdownView(theme, self)
        self.review = Review(theme, self)
        self._status = QLabel(self)
        self.problem = ProblemBox(theme, self)
        self.actions_row = AnswerActions(theme, request, self)
        self.citations = CitationList(theme, self)
        self._lay_out()
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
    def can_insert(self) -> bool:
        """Whether there is text, and no more of it to come."""
        return bool(self.text_for_note)

    @property
    def can_replace(self) -> bool:
        """Whether a selection was sent along and the answer to it is whole."""
        selected = bool(self.request.note and self.request.note.selection)
        return selected and self._state is AnswerState.COMPLETE and self.can_insert

    def begin(self) -> None:
        """Wait for the answer, forgetting an earlier one."""
        self._quotes, self._answer = (), None
        self._marks, self._chosen = 0, False
        self.quotes.show_found(QuotesFound((), ()))
        self.citations.show_citations(())
        self.notice.hide()
        self.problem.hide()
        self.view.begin()
        self._enter(AnswerState.WAITING)

    def show_quotes(self, found: QuotesFound) -> None:
        """Show what was found in the notes, before any model speaks."""
        self._quotes = found.quotes
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

    def add_text(self, text: str) -> None:
        """Append the next words of the stream."""
        self.view.feed(text)
        if self._state is AnswerState.WAITING:
            self._enter(AnswerState.STREAMING)

    def finish(self, answer: Answer) -> None:
        """Take the finished answer; its text counts, should it differ from the stream."""
        self._answer = answer
        if answer.finish is Finish.NOT_FOUND:
            self.view.begin()  # the sentence on the card says it in the window's language
        elif answer.finish is Finish.QUOTES_ONLY and self._quotes:
            self.quotes.be_whole()
        elif answer.text == self.view.markdown:
            self.view.finish()
        else:
            self.view.show_markdown(answer.text, citations=self._marks)
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

    def insert_refused(self) -> None:
        """Say that there is no note to insert into."""
        self._say(self.tr("No note is open to insert into. Copy still works."))

    def replace_refused(self) -> None:
        """Say that the selection is no longer what it was, so nothing was replaced."""
        self._say(self.tr("The text there has changed, so nothing was replaced. Insert and Copy still work."))

    def say_unchanged(self) -> None:
        """Say that there is nothing to replace."""
        self._say(self.tr("This is what stands there already."))

    def say_replaced(self) -> None:
        """Say that it is done, and how it is undone."""
        self._say(self.tr("Replaced. Undo in the note brings the old text back."))

    def say_problem(self, error: Exception) -> None:
        """Say why the note could not be changed."""
        worded = word(error)
        self._say(f"{worded.text} {worded.hint}".strip())

    def set_latest(self, latest: bool) -> None:
        """Only the latest answer has a primary button."""
        self.actions_row.set_primary(latest)

    def copy(self) -> None:
        """Put the text for the note on the clipboard."""
        QGuiApplication.clipboard().setText(self.text_for_note)
        self._say(self.tr("Copied."))

    def _lay_out(self) -> None:
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setWordWrap(True)
        self._question.setProperty("title", True)
        self._question.setVisible(self._framed)
        if self._question.text() != self.request.text:
            self._question.setToolTip(tooltip(self.request.text))
        self._status.setObjectName("answerStatus")
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self._status.setProperty("quiet", True)
        self.view.setAccessibleName(self.tr("Answer"))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN - PAD, 10, _MARGIN - PAD, 10)
        column.setSpacing(8)
        rows = (self.quotes, self.citations)
        for part in (self._question, self.quotes, self.notice, self.view, self.review, self._status,
                     self.problem, self.actions_row, self.citations):  # fmt: skip
            if part in rows:
                column.addWidget(part)
            else:
                column.addLayout(_inset(part))

    def _connect(self) -> None:
        self.quotes.open_requested.connect(self.open_requested)
        self.citations.open_requested.connect(self.open_requested)
        self.notice.settings_requested.connect(self.settings_requested)
        self.review.toggled.connect(self._reviewing)
        self.review.decided.connect(self.replacement_decided)
        self.problem.settings_requested.connect(self.settings_requested)
        self.problem.retry_requested.connect(self.retry_requested)
        self.view.mark_clicked.connect(self._open_mark)
        self.view.link_clicked.connect(lambda address: ask_and_open(address, self))
        actions = self.actions_row
        actions.insert_button.clicked.connect(self.insert_requested)
        actions.replace_button.clicked.connect(self.replace_requested)
        actions.more_button.clicked.connect(self.again_requested)
        actions.copy_button.clicked.connect(self.copy)

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
        self.actions_row.enable(
            insert=self.can_insert, replace=self.can_replace, again=state not in UNDER_WAY
        )
        nothing = state in (AnswerState.FAILED, AnswerState.NOT_FOUND) and not self.can_insert
        self.actions_row.setVisible(self._framed and not nothing)
        settle_layout(self.view)
        if state not in UNDER_WAY:
            self._announce()

    def _state_text(self, state: AnswerState) -> str:
        return {
            AnswerState.WAITING: self._waiting_text(),
            AnswerState.INCOMPLETE: self.tr("Incomplete: the answer broke off before its end."),
            AnswerState.STOPPED: self.tr("Stopped."),
            AnswerState.NOT_FOUND: self.tr("Your notes say nothing about this. Other words may help."),
        }.get(state, "")

    def _waiting_text(self) -> str:
        if self._chosen:
            return self.tr("Waiting for the model")
        return self.tr("Looking through your notes")

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def _announce(self) -> None:
        """Tell a screen reader once that the answer has ended, not each word of it."""
        text = self._status.text() or self.problem.text or self.tr("The answer is complete.")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def _inset(part: QWidget) -> QHBoxLayout:
    """Put a part in line with the words of the pressable rows, which have room around them."""
    row = QHBoxLayout()
    row.setContentsMargins(PAD, 0, PAD, 0)
    row.addWidget(part)
    return row


def _shortened(text: str, limit: int = 400) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
