"""The recent questions, shown while there is no answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QSizePolicy, QWidget

from desktop.widgets.reader_clicks import ReaderClicks

SHOWN = 6


class RecentList(QListWidget):
    """A few questions under the field; the field keeps the focus and moves through them with the arrows.

    Signals:
        chosen: A question was clicked; carries it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentQuestions")
        self.setAccessibleName(self.tr("Recent questions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        ReaderClicks(self)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.text()))

    def show_questions(self, questions: Sequence[str]) -> None:
        """Show the first few, none of them chosen."""
        self.clear()
        self.addItems([" ".join(question.split()) for question in questions[:SHOWN]])
        self.setCurrentRow(-1)
        self.updateGeometry()

    def step(self, by: int) -> str:
        """Move the choice and return its question; "" above the first one."""
        row = max(-1, min(self.currentRow() + by, self.count() - 1))
        self.setCurrentRow(row)
        item = self.item(row) if row >= 0 else None
        return item.text() if item is not None else ""

    def sizeHint(self) -> QSize:
        """Exactly the rows there are."""
        rows = max(self.sizeHintForRow(0), 0) * self.count()
        return QSize(200, rows + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """All of them, always."""
        return self.sizeHint()
