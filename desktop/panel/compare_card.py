"""One request, answered by several models side by side, with what each took; a vote says which was best."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from core.assist.model import Answer, AskRequest, Finish, QuotesFound, Work
from core.errors import PilotfishError
from core.session.model import Outcome
from desktop.error_text import word
from desktop.panel.answer_actions import AnswerActions
from desktop.panel.card import Card
from desktop.panel.choice_keys import ChoiceKeys
from desktop.panel.insertion import text_for_note
from desktop.panel.markdown_view import MarkdownView
from desktop.theme.theme import Theme
from desktop.widgets.settle import settle_layout

LEAST_COLUMN = 280
"""Pixels a column needs; in a narrower panel the answers stand below one another."""


class CompareCard(Card):
    """Shows the answers of several models to one request; the one chosen can go into the note."""

    def __init__(
        self,
        theme: Theme,
        request: AskRequest,
        models: Sequence[str],
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        keys: ChoiceKeys | None = None,
    ) -> None:
        """`models` are named `provider/model`, two to four of them."""
        super().__init__(theme, request.text, request.note, anchor, parent)
        self.request = request
        self._keys = keys or ChoiceKeys(self)
        self.setObjectName("compareCard")
        self.setAccessibleName(self.tr("Comparison: {request}").format(request=request.text[:80]))
        shown = shown_names(models)
        self.columns = [
            ModelColumn(theme, request.work, model, self, shown=name)
            for model, name in zip(models, shown, strict=True)
        ]
        self._chosen = self.columns[0]
        self._body = QWidget(self)
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        selected = bool(request.note and request.note.selection)
        self.actions_row = AnswerActions(theme, self, has_selection=selected)
        self.actions_row.more_button.hide()
        self.actions_row.good_button.hide()
        self.actions_row.bad_button.hide()
        self._stack(self._question, self._body, self.review, self._status, self.problem, self.actions_row)
        for column in self.columns:
            column.chosen.connect(self._choose)
            column.voted.connect(self._vote)
            column.changed.connect(self._update)
        self._connect()
        self._place(1)
        self._choose(self.columns[0])

    @property
    def text_for_note(self) -> str:
        """The chosen model's answer; empty while it streams."""
        return self._chosen.text_for_note

    @property
    def can_replace(self) -> bool:
        """Whether there was a selection and the chosen answer is whole."""
        return bool(self.note and self.note.selection) and self._chosen.is_whole and self.can_insert

    @property
    def is_under_way(self) -> bool:
        """Whether any model still writes."""
        return any(column.is_under_way for column in self.columns)

    @property
    def joins_prose(self) -> bool:
        """A rewrite does; an answer to a question does not."""
        return self.request.work is Work.WRITE

    @property
    def trace_id(self) -> str:
        """The trace of the chosen answer."""
        return self._chosen.trace_id

    def begin(self) -> None:
        """Wait for all models, forgetting what they said."""
        self.problem.hide()
        for column in self.columns:
            column.begin()
        self._update()

    def stop(self) -> None:
        """The person stopped it; what came before stays."""
        for column in self.columns:
            column.stop()
        self._update()

    def fail(self, error: PilotfishError) -> None:
        """Nobody could be asked."""
        self.stop()
        super().fail(error)

    def set_latest(self, latest: bool) -> None:
        """Only the latest card has a primary button."""
        self.actions_row.set_primary(latest)

    def _choose(self, chosen: ModelColumn) -> None:
        self._chosen = chosen
        for column in self.columns:
            column.set_chosen(column is chosen)
        self._update()

    def _vote(self, best: ModelColumn) -> None:
        self._choose(best)
        for column in self.columns:
            column.show_vote(column is best)
        self.judged.emit(best.trace_id, Outcome.GOOD)
        self._say(self.tr("Noted: for this kind of work you liked {model} best.").format(model=best.model))

    def _update(self) -> None:
        self.actions_row.enable(
            insert=self.can_insert, replace=self.can_replace, again=False, judge=bool(self.trace_id)
        )
        settle_layout(self._body)

    def _connect(self) -> None:
        actions = self.actions_row
        actions.insert_button.clicked.connect(self.insert_requested)
        actions.replace_button.clicked.connect(self.replace_requested)
        actions.append_button.clicked.connect(self.append_requested)
        actions.note_button.clicked.connect(self.new_note_requested)
        actions.copy_button.clicked.connect(self.copy)
        actions.sent_button.clicked.connect(lambda: self.sent_requested.emit(self.trace_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """They are chosen by place, as with candidates."""
        place = self._keys.place_of(event)
        if place is not None and place < len(self.columns):
            self._choose(self.columns[place])
        else:
            super().keyPressEvent(event)

    def _place(self, across: int) -> None:
        for place, column in enumerate(self.columns):
            row, at = divmod(place, across)
            self._grid.addWidget(column, row, at, Qt.AlignmentFlag.AlignTop)
        for at in range(len(self.columns)):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many side by side as there is room for."""
        super().resizeEvent(event)
        self._place(min(max(self.width() // LEAST_COLUMN, 1), len(self.columns)))


def shown_names(models: Sequence[str]) -> list[str]:
    """Return what models named `provider/model` are called: with the provider where two have one name."""
    bare = [name.partition("/")[2] or name for name in models]
    return [
        f"{short} · {full.partition('/')[0]}" if bare.count(short) > 1 else short
        for full, short in zip(models, bare, strict=True)
    ]


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
        self.setAccessibleDescription(self.tr("Space chooses this answer"))
        self._name = QLabel(self.model, self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("title", True)
        self._vote = QToolButton(self)
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

    def fail(self, error: PilotfishError) -> None:
        """Say why there is no answer; the other models go on."""
        self._is_running = False
        self.view.finish()
        worded = word(error)
        self._took.setText(f"{worded.text} {worded.hint}".strip())
        self.changed.emit()

    def stop(self) -> None:
        """Nothing more comes."""
        if self._is_running:
            self._is_running = False
            self.view.finish()
            self._took.setText(self.tr("Stopped."))

    def set_chosen(self, chosen: bool) -> None:
        """Frame the column that the buttons below are about."""
        self.setProperty("chosen", chosen)
        self.setAccessibleName(self.tr("{model}, chosen").format(model=self.model) if chosen else self.model)
        self.style().unpolish(self)
        self.style().polish(self)

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
        self._vote.setObjectName("voteButton")
        self._vote.setCheckable(True)
        self._vote.setProperty("flat", True)
        self._vote.setIconSize(QSize(16, 16))
        self._vote.setAccessibleName(self.tr("This one is best: {model}").format(model=self.model))
        self._vote.setToolTip(self.tr("This one is best"))
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say by a stronger frame where the keys go."""
        super().focusInEvent(event)
        self._show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As before."""
        super().focusOutEvent(event)
        self._show_focus(False)

    def _show_focus(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)
