"""One request, answered by several models side by side, with what each took; a vote says which was best."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from core.assist.model import AskRequest, Work, WriteRequest
from core.errors import PilotfishError
from core.session.model import Outcome
from desktop.panel.answer_actions import AnswerActions
from desktop.panel.card import Card
from desktop.panel.choice_keys import ChoiceKeys
from desktop.panel.model_column import ModelColumn
from desktop.theme.theme import Theme
from desktop.widgets.settle import settle_layout

LEAST_COLUMN = 280
"""Pixels a column needs; in a narrower panel the answers stand below one another."""


class CompareCard(Card):
    """Shows the answers of several models to one request; the one chosen can go into the note."""

    def __init__(
        self,
        theme: Theme,
        request: AskRequest | WriteRequest,
        models: Sequence[str],
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        title: str = "",
        keys: ChoiceKeys | None = None,
    ) -> None:
        """`models` are named `provider/model`, two to four of them; a prompt is called by its `title`."""
        title = request.text if isinstance(request, AskRequest) else title
        super().__init__(theme, title, request.note, anchor, parent)
        self.request = request
        self._work = request.work if isinstance(request, AskRequest) else Work.WRITE
        self._keys = keys or ChoiceKeys(self)
        self.setObjectName("compareCard")
        self.setAccessibleName(self.tr("Comparison: {request}").format(request=title[:80]))
        shown = shown_names(models)
        self.columns = [
            ModelColumn(theme, self._work, model, self, shown=name)
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
        self._connect_actions(self.actions_row)
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
        return self._work is Work.WRITE

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
