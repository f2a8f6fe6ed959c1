"""The list under the question field while a prompt or a note is looked for; the field keeps the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from desktop.palette.marks import Kind, Wanted, wanted_at, without
from desktop.palette.offers import Offers
from desktop.palette.question_field import QuestionField
from desktop.theme.theme import Theme
from desktop.widgets.hit_list import HitList

SHOWN = 6
_ANY_HEIGHT = 16_777_215  # QWIDGETSIZE_MAX, which PySide6 does not name


class Lookup(QObject):
    """Shows what is offered for the word at the caret, and takes one of it.

    Signals:
        changed: The list came, went, or holds something else.
        prompt_taken: A prompt is to be run; carries its id, and whether it is to be run at once.
        note_taken: A note is to go along; carries its path.
    """

    changed = Signal()
    prompt_taken = Signal(str, bool)
    note_taken = Signal(str)

    def __init__(
        self, theme: Theme, field: QuestionField, offers: Offers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field, self._offers = field, offers
        self._wanted: Wanted | None = None
        self.list = HitList(theme, parent)
        self.list.setObjectName("quickHits")
        self.list.setAccessibleName(self.tr("Suggestions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.hide()
        self.list.opened.connect(lambda _path, _line: self.take())
        field.textChanged.connect(self._look)
        field.cursorPositionChanged.connect(self._look)
        field.selectionChanged.connect(self._look)
        field.take_requested.connect(lambda: self.take(at_once=False))
        offers.changed.connect(self._look)

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        return self._wanted is not None and bool(self.list.hits)

    @property
    def kind(self) -> Kind | None:
        """What is being looked for, found or not."""
        return self._wanted.kind if self._wanted is not None else None

    def step(self, by: int) -> None:
        """Move the choice; it stops at both ends."""
        row = self.list.currentIndex().row() + by
        self.list.go_to(min(max(row, 0), len(self.list.hits) - 1))

    def take(self, *, at_once: bool = True) -> None:
        """Take the current one in place of the word that was typed."""
        index, wanted = self.list.currentIndex(), self._wanted
        if wanted is None or not index.isValid():
            return
        key = self.list.hits[index.row()].path
        self._field.setText(without(self._field.text(), wanted))
        self._field.setCursorPosition(wanted.start)
        self.close()
        if wanted.kind is Kind.PROMPT:
            self.prompt_taken.emit(key, at_once)
        else:
            self.note_taken.emit(key)

    def close(self) -> None:
        """Take the list away; typing on brings it back."""
        self._show(None)

    def fill(self, *, whole_room: bool) -> None:
        """Be as high as the hits, or take all the room that an answer has left."""
        rows = [self.list.sizeHintForRow(row) for row in range(min(len(self.list.hits), SHOWN))]
        self.list.setMinimumHeight(0 if whole_room else sum(rows))
        self.list.setMaximumHeight(_ANY_HEIGHT if whole_room else sum(rows))

    def _look(self) -> None:
        typing = not self._field.hasSelectedText()  # a question that was asked before comes up selected
        self._show(wanted_at(self._field.text(), self._field.cursorPosition()) if typing else None)

    def _show(self, wanted: Wanted | None) -> None:
        if wanted is None and self._wanted is None:
            return
        self._wanted = wanted
        hits = self._offers.find(wanted) if wanted is not None else []
        if hits != list(self.list.hits):
            self.list.show_hits(hits)
            if hits:
                self.list.go_to(0)
        self._field.is_looking_up = self.is_open
        self.changed.emit()
