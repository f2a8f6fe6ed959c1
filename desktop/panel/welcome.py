"""What the panel shows before the first request: what it is for, and requests that work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.assist.model import Work
from desktop.panel.text_row import TextRow
from desktop.theme.theme import Theme


class Welcome(QWidget):
    """Two or three example requests for the scene in force.

    Signals:
        example_chosen: Carries the request to put into the composer.
    """

    example_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("welcome")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("quiet", True)
        self._rows = [self._row() for _ in range(3)]
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 16)
        column.setSpacing(6)
        column.addWidget(self._words)
        for row in self._rows:
            column.addWidget(row)
        column.addStretch()
        self.show_scene(Work.ASK)

    def show_scene(self, work: Work) -> None:
        """Show what the scene is for."""
        self._words.setText(self._purpose(work))
        for row, text in zip(self._rows, self._examples(work), strict=True):
            row.show_text(text, max_lines=2)

    def _row(self) -> TextRow:
        row = TextRow(self._theme, self)
        row.setObjectName("example")
        row.show_icon("chevron-right")
        row.clicked.connect(partial(self._chosen, row))
        return row

    def _chosen(self, row: TextRow) -> None:
        self.example_chosen.emit(row.words)

    def _purpose(self, work: Work) -> str:
        if work is Work.ASK:
            return self.tr("Ask your notes. Every answer names the passages it rests on.")
        return self.tr("Have text written or changed. Select some to work on it, or say what should follow.")

    def _examples(self, work: Work) -> tuple[str, str, str]:
        if work is Work.ASK:
            return (
                self.tr("What did I decide lately, and why?"),
                self.tr("What do my notes say about the topic of this note?"),
                self.tr("Which questions are still open?"),
            )
        return (
            self.tr("Make this shorter and keep every fact"),
            self.tr("Continue from here in the same tone"),
            self.tr("Turn this into a list of next steps"),
        )
