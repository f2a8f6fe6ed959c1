"""What every card of the conversation has: a request at its head, a status line, and a way into the note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.assist.model import NoteContext
from core.errors import PilotfishError
from core.session.model import Outcome
from desktop.error_text import word
from desktop.panel.answer_actions import AnswerActions
from desktop.panel.problem_box import ProblemBox
from desktop.panel.review import Review
from desktop.panel.text_row import PAD
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import shortened, tooltip

_MARGIN = 12
_LONGEST = 400


class Card(QFrame):
    """One request and what came of it. Knows nothing of engine or editor.

    Signals:
        insert_requested: Put `text_for_note` at the caret.
        append_requested: Put it at the end of the note.
        new_note_requested: Make a note of it.
        replace_requested: Put it in the place of the selection; its changes are not seen yet.
        replacement_decided: Carries the Markdown for the place of the selection.
        retry_requested: Ask the same once more, in this card.
        settings_requested: The person wants to set up a model.
        open_requested: A place in a note was pressed; carries path and line.
        judged: The person judged a result; carries its trace id and a `core.session.model.Outcome`.
        sent_requested: The person wants to see what was sent; carries the trace id.
    """

    insert_requested = Signal()
    append_requested = Signal()
    new_note_requested = Signal()
    replace_requested = Signal()
    replacement_decided = Signal(str)
    retry_requested = Signal()
    settings_requested = Signal()
    open_requested = Signal(str, int)
    judged = Signal(str, object)
    sent_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        note: NoteContext | None,
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        framed: bool = True,
    ) -> None:
        """Without `framed` the card is its answer alone; question and buttons stand elsewhere."""
        super().__init__(parent)
        self._theme = theme
        self._framed = framed
        self.title = title
        self.note = note
        self.anchor = anchor
        self.taken: set[str] = set()
        """Traces of results that went into a note."""
        self.setProperty("card", framed)
        self._question = QLabel(shortened(title, _LONGEST), self)
        self._status = QLabel(self)
        self.review = Review(theme, self)
        self.problem = ProblemBox(theme, self)
        self._column = QVBoxLayout(self)
        self._shape()
        self.problem.settings_requested.connect(self.settings_requested)
        self.problem.retry_requested.connect(self.retry_requested)
        self.review.decided.connect(self.replacement_decided)
        self.review.refused.connect(self._refuse)

    @property
    def text_for_note(self) -> str:
        """The Markdown to put into the note; empty while there is none."""
        return ""

    @property
    def can_insert(self) -> bool:
        """Whether there is text, and no more of it to come."""
        return bool(self.text_for_note)

    @property
    def can_replace(self) -> bool:
        """Whether a selection was sent along and the answer to it is whole."""
        return False

    @property
    def trace_id(self) -> str:
        """The trace of the result in force; empty while there is none."""
        return ""

    @property
    def is_under_way(self) -> bool:
        """Whether more is to come."""
        return False

    @property
    def joins_prose(self) -> bool:
        """Whether the text goes in where the caret is; an answer stands as a paragraph of its own."""
        return True

    def begin(self) -> None:
        """Wait for the result, forgetting an earlier one."""

    def stop(self) -> None:
        """The person stopped it; what came before stays."""

    def fail(self, error: PilotfishError) -> None:
        """Say what went wrong; what came before stays."""
        self.problem.show_problem(word(error))

    def set_latest(self, latest: bool) -> None:
        """Only the latest card has a primary button."""

    def _refuse(self) -> None:
        self.judged.emit(self.trace_id, Outcome.REFUSED)

    def insert_refused(self) -> None:
        """Say that there is no note to insert into."""
        self._say(self.tr("No note is open to insert into. Copy still works."))

    def replace_refused(self) -> None:
        """Say that the selection is no longer what it was, so nothing was replaced."""
        self._say(self.tr("The text there has changed, so nothing was replaced. Insert and Copy still work."))

    def say_changed(self) -> None:
        """Say that the changes in sight are to what somebody else wrote there meanwhile."""
        self._say(self.tr("The text there has changed. This is what would become of it now."))

    def say_unchanged(self) -> None:
        """Say that there is nothing to replace."""
        self._say(self.tr("This is what stands there already."))

    def say_replaced(self) -> None:
        """Say that it is done, and how it is undone."""
        self._say(self.tr("Replaced. Undo in the note brings the old text back."))

    def say_problem(self, error: Exception) -> None:
        """Say why the note could not be changed."""
        self._say(word(error).in_full)

    def say(self, text: str) -> None:
        """Show a sentence under what the card shows."""
        self._say(text)

    def copy(self) -> None:
        """Put the text for the note on the clipboard."""
        QGuiApplication.clipboard().setText(self.text_for_note)
        self._say(self.tr("Copied."))

    def _connect_actions(self, actions: AnswerActions) -> None:
        """Let the buttons that every result has do what they say."""
        actions.insert_button.clicked.connect(self.insert_requested)
        actions.replace_button.clicked.connect(self.replace_requested)
        actions.append_button.clicked.connect(self.append_requested)
        actions.note_button.clicked.connect(self.new_note_requested)
        actions.copy_button.clicked.connect(self.copy)
        actions.sent_button.clicked.connect(lambda: self.sent_requested.emit(self.trace_id))

    def _shape(self) -> None:
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setWordWrap(True)
        self._question.setProperty("title", True)
        self._question.setVisible(self._framed)
        if self._question.text() != self.title:
            self._question.setToolTip(tooltip(self.title))
        self._status.setObjectName("answerStatus")
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self._status.setProperty("quiet", True)
        self._column.setContentsMargins(_MARGIN - PAD, 10, _MARGIN - PAD, 10)
        self._column.setSpacing(8)

    def _stack(self, *parts: QWidget, rows: tuple[QWidget, ...] = ()) -> None:
        """Put parts below one another, in line with the words of pressable `rows`, which have room around."""
        for part in parts:
            if part in rows:
                self._column.addWidget(part)
            else:
                line = QHBoxLayout()
                line.setContentsMargins(PAD, 0, PAD, 0)
                line.addWidget(part)
                self._column.addLayout(line)

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def _announce(self, text: str) -> None:
        """Tell a screen reader once that it has ended, not each word of it."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
