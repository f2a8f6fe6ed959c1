"""One of the models that do the same side by side: what it says, and what that took."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.assist.model import Answer, Finish, QuotesFound, Work, Written
from core.errors import PilotfishError
from desktop.error_text import word
from desktop.panel.insertion import text_for_note
from desktop.panel.markdown_view import MarkdownView
from desktop.theme.theme import Theme
from desktop.widgets.dressing import icon_button, show_as
from desktop.widgets.focus_frame import FocusFrame


class ModelColumn(QFrame):
    """One model's answer with its name and what it took.

    Signals:
        chosen: The person wants this one; carries the column.
        voted: The person likes this one best; carries the column.
        changed: Something came or ended.
    """

    chosen = Signal(object)
    voted = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme, work: Work, model: str, parent: QWidget, *, shown: str = "") -> None:
        super().__init__(parent)
        self.model = shown or model
        self.full_name = model
        self._theme = theme
        self._work = work
        self._answer: Answer | None = None
        self._is_running = False
        self._marks = 0
        self.setProperty("candidate", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self)
        self.setAccessibleDescription(self.tr("Space chooses this answer"))
        self._name = QLabel(self.model, self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("title", True)
        self._vote = icon_button("voteButton", self.tr("This one is best"), self)
        self.view = MarkdownView(theme, self)
        self._took = QLabel(self)
        self._took.setObjectName("modelTook")
        self._took.setTextFormat(Qt.TextFormat.PlainText)
        self._took.setWordWrap(True)
        self._took.setProperty("quiet", True)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.begin()

    @property
    def is_under_way(self) -> bool:
        """Whether it still writes."""
        return self._is_running

    @property
    def is_whole(self) -> bool:
        """Whether its answer is there from beginning to end."""
        return self._answer is not None and self._answer.finish is Finish.COMPLETE

    @property
    def trace_id(self) -> str:
        """The trace of its answer."""
        return self._answer.trace_id if self._answer else ""

    @property
    def text_for_note(self) -> str:
        """The Markdown to put into the note; empty while it streams."""
        return text_for_note(self._answer, work=self._work) if self._answer is not None else ""

    def begin(self) -> None:
        """Wait for the answer, forgetting an earlier one."""
        self._answer = None
        self._is_running = True
        self.view.begin()
        self._vote.setEnabled(False)
        self._took.setText(self.tr("Waiting for the model"))

    def show_quotes(self, found: QuotesFound) -> None:
        """Know how many passages the marks can mean."""
        self._marks = len(found.passages)
        self.view.begin(citations=self._marks)

    def add_text(self, text: str) -> None:
        """Append the next words of the stream."""
        self.view.feed(text)

    def finish(self, answer: Answer) -> None:
        """Show the whole answer and what it took."""
        self._answer = answer
        self._is_running = False
        self.view.show_markdown(answer.text, citations=self._marks)
        self.view.explain_marks(answer.citations, (), answer.unsupported_sentences)
        self._took.setText(self._measured(answer))
        self._vote.setEnabled(bool(answer.trace_id))
        self.changed.emit()

    def add_candidate_text(self, _n: int, text: str) -> None:
        """Append the next words of the one candidate of a prompt."""
        self.add_text(text)

    def finish_written(self, written: Written) -> None:
        """Show what a prompt brought; where it failed, that has been said."""
        for one in written.candidates:
            self.finish(
                Answer(
                    *(one.text, (), one.finish, written.model, written.provider, written.tier),
                    *(written.usage, written.cost_usd, written.first_token_ms, written.total_ms),
                    written.trace_id,
                )
            )
        self.stop()

    def fail_candidate(self, _n: int, error: PilotfishError) -> None:
        """Say why there is no candidate."""
        self.fail(error)

    def fail(self, error: PilotfishError) -> None:
        """Say why there is no answer; the other models go on."""
        self._is_running = False
        self.view.finish()
        self._took.setText(word(error).in_full)
        self.changed.emit()

    def stop(self) -> None:
        """Nothing more comes."""
        if self._is_running:
            self._is_running = False
            self.view.finish()
            self._took.setText(self.tr("Stopped."))

    def set_chosen(self, chosen: bool) -> None:
        """Frame the column that the buttons below are about."""
        show_as(self, "chosen", chosen)
        self.setAccessibleName(self.tr("{model}, chosen").format(model=self.model) if chosen else self.model)

    def show_vote(self, best: bool) -> None:
        """Show whether this one was liked best."""
        self._vote.setChecked(best)

    def _measured(self, answer: Answer) -> str:
        parts = []
        if answer.first_token_ms is not None:
            parts.append(self.tr("first word {s} s").format(s=f"{answer.first_token_ms / 1000:.1f}"))
        parts.append(self.tr("all {s} s").format(s=f"{answer.total_ms / 1000:.1f}"))
        used = answer.usage.prompt_tokens + answer.usage.completion_tokens
        if used:
            parts.append(self.tr("{count} tokens").format(count=used))
        if answer.cost_usd is not None:
            parts.append(self.tr("{cost} USD").format(cost=f"{answer.cost_usd:.4f}"))
        return " · ".join(parts)

    def _lay_out(self) -> None:
        self._vote.setCheckable(True)
        self._vote.setAccessibleName(self.tr("This one is best: {model}").format(model=self.model))
        self._vote.clicked.connect(lambda: self.voted.emit(self))
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._vote)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.view)
        column.addWidget(self._took)

    def _dress(self) -> None:
        self._vote.setIcon(self._theme.icon("thumb-up"))

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        super().mouseReleaseEvent(event)
        self.chosen.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Enter chooses it; Tab only passes by."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.chosen.emit(self)
        else:
            super().keyPressEvent(event)
