"""Suggestions to choose from, by mouse or by the keys 1 to 9."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.panel.candidate_view import CandidateView
from desktop.panel.choice_keys import ChoiceKeys
from desktop.theme.theme import Theme
from desktop.widgets.dressing import dress_anew
from desktop.widgets.focus_frame import FocusFrame

LEAST_COLUMN = 300
"""Pixels a column needs; in a panel twice as wide the candidates stand side by side."""


class CandidateList(QWidget):
    """Holds the candidates of one request, one of them chosen.

    Signals:
        chosen: Another candidate is the chosen one; carries its number.
        taken: Enter was pressed on the chosen one.
    """

    chosen = Signal(int)
    taken = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, keys: ChoiceKeys | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys or ChoiceKeys(self)
        self._views: dict[int, CandidateView] = {}
        self._chosen = 0
        self._columns = 1
        self.setObjectName("candidateList")
        self.setAccessibleName(self.tr("Candidates"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusFrame(self).changed.connect(self._frame_chosen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)

    @property
    def views(self) -> list[CandidateView]:
        """The candidates in the order in which they are shown."""
        return list(self._views.values())

    @property
    def current(self) -> CandidateView | None:
        """The chosen one."""
        return self._views.get(self._chosen)

    def add(self, n: int, *, origin: int = 0, wish: str = "") -> CandidateView:
        """Make room for candidate `n`; the first is the chosen one until another is."""
        view = CandidateView(self._theme, n, self, origin=origin, wish=wish)
        view.pressed.connect(self.choose)
        self._views[n] = view
        view.set_chosen(False)
        self._place()
        view.show()
        if self._chosen not in self._views:
            self.choose(n)
        return view

    def get(self, n: int) -> CandidateView | None:
        """Return candidate `n`, if it is here."""
        return self._views.get(n)

    def remove(self, n: int) -> None:
        """Take a candidate away; the first of the others becomes the chosen one if it was."""
        view = self._views.pop(n, None)
        if view is None:
            return
        self._grid.removeWidget(view)
        view.hide()
        view.deleteLater()
        self._place()
        if n == self._chosen and self._views:
            self.choose(next(iter(self._views)))

    def clear(self) -> None:
        """Take all away."""
        for n in list(self._views):
            self.remove(n)
        self._chosen = 0

    def choose(self, n: int) -> None:
        """Make candidate `n` the chosen one."""
        if n not in self._views:
            return
        for view in self._views.values():
            view.set_chosen(view.n == n)
        self._chosen = n
        self.setAccessibleDescription(self._views[n].accessibleName())
        self.chosen.emit(n)

    def history(self, n: int) -> list[CandidateView]:
        """Return the candidates that led to `n`, oldest first, and `n` itself."""
        return list(self._ancestors(n))[::-1]

    def _ancestors(self, n: int) -> Iterator[CandidateView]:
        view = self._views.get(n)
        while view is not None:
            yield view
            view = self._views.get(view.origin)

    def _place(self) -> None:
        for place, view in enumerate(self._views.values()):
            row, column = divmod(place, self._columns)
            self._grid.addWidget(view, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def _step(self, by: int) -> None:
        numbers = list(self._views)
        if numbers:
            place = numbers.index(self._chosen) + by
            self.choose(numbers[min(max(place, 0), len(numbers) - 1)])

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The choice keys choose by place, arrows the next or the one before, Enter takes the chosen one."""
        key = event.key()
        numbers = list(self._views)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = self._keys.place_of(event)
        if place is not None:
            if place < len(numbers):
                self.choose(numbers[place])
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._step(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many side by side as there is room for."""
        super().resizeEvent(event)
        columns = min(max(self.width() // LEAST_COLUMN, 1), 4)
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _frame_chosen(self) -> None:
        """Frame the chosen one more strongly while keys go to it."""
        if self.current is not None:
            dress_anew(self.current)
