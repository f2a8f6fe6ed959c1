"""A short-lived list to jump somewhere: a field that narrows it down, and the places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit, HitList

WIDTH = 440
MOST_ROWS = 12
GAP = 8
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class JumpList(QFrame):
    """Stands at the top of its parent until a place is chosen, Esc is pressed or the focus goes elsewhere.

    Signals:
        chosen: Carries path and line of the place.
        left: The person wants to go on where they were.
    """

    chosen = Signal(str, int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("jumpList")
        self.setProperty("card", True)
        self._hits: Sequence[Hit] = ()
        self._is_held = False
        self.field = QLineEdit(self)
        self.field.setObjectName("jumpField")
        self.list = HitList(theme, self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.opened.connect(self._choose)

    @property
    def is_held(self) -> bool:
        """Whether letting Ctrl go takes the current place."""
        return self._is_held

    def open(self, title: str, hits: Sequence[Hit], *, row: int = 0, held: bool = False) -> None:
        """Show these places, the one of that row current.

        Args:
            held: Ctrl is held down, and letting it go takes the current place.
        """
        self._hits = hits
        self._is_held = held
        self.field.setPlaceholderText(title)
        self.field.setAccessibleName(title)
        self.list.setAccessibleName(title)
        self.field.clear()
        self._narrow("")
        rows = min(len(hits), MOST_ROWS)
        width = min(WIDTH, self._around.width() - 16)
        height = self.field.sizeHint().height() + 3 * GAP + 2
        self.resize(width, height + sum(self.list.sizeHintForRow(n) for n in range(rows)))
        self.move((self._around.width() - width) // 2, 8)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.list.go_to(min(row, len(hits) - 1))

    def step(self, step: int) -> None:
        """Make the place so many rows further the current one, round the ends."""
        if count := len(self.list.hits):
            self.list.go_to((self.list.currentIndex().row() + step) % count)

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        kept = [hit for hit in self._hits if all(word in hit.title.casefold() for word in wanted)]
        self.list.show_hits(kept)
        if kept:
            self.list.go_to(0)

    def _choose(self, path: str, line: int) -> None:
        self.hide()
        self.chosen.emit(path, line)

    def _press(self, key: Qt.Key) -> bool:
        row, count = self.list.currentIndex().row(), len(self.list.hits)
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= row < count:
            hit = self.list.hits[row]
            self._choose(hit.path, hit.line)
        else:
            return False
        return True

    def _let_go(self, key: Qt.Key) -> None:
        """Take the current place when Ctrl is let go, unless the person has begun to look for another."""
        if key == Qt.Key.Key_Control and self._is_held and not self.field.text():
            self._press(Qt.Key.Key_Return)

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the field's Up, Down and Enter go to the list, and close with Esc or when the focus goes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(Qt.Key(event.key()))
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._let_go(Qt.Key(event.key()))
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return False
