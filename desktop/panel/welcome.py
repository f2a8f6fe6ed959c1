"""What the panel shows before the first request: what it is for, and requests that work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.assist.model import Work
from desktop.panel.text_row import TextRow
from desktop.theme.theme import Theme


class Welcome(QWidget):
    """Two or three example requests for the scene in force.

    Signals:
        example_chosen: Carries the request to put into the composer.
        folder_requested: The person wants to open a folder of notes.
    """

    example_chosen = Signal(str)
    folder_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("welcome")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("quiet", True)
        self._rows = [self._row() for _ in range(3)]
        self._work = Work.ASK
        self._has_vault = True
        self._open = QPushButton(self.tr("Open a folder …"), self)
        self._open.setObjectName("panelOpenFolder")
        self._open.clicked.connect(self.folder_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 16)
        column.setSpacing(6)
        column.addWidget(self._words)
        for row in self._rows:
            column.addWidget(row)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.show_scene(Work.ASK)

    def show_scene(self, work: Work) -> None:
        """Show what the scene is for."""
        self._work = work
        self._show()

    def show_vault(self, is_open: bool) -> None:
        """Without a folder of notes there is one thing to do, and it is said."""
        self._has_vault = is_open
        self._show()

    def _show(self) -> None:
        self._words.setText(
            self._purpose(self._work)
            if self._has_vault
            else self.tr("Open a folder of notes, and ask and write here.")
        )
        self._open.setVisible(not self._has_vault)
        for row, text in zip(self._rows, self._examples(self._work), strict=True):
            row.show_text(text, max_lines=2)
            row.setVisible(self._has_vault)

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
