"""Where quick-ask shows an answer: one view at a time, scrolled where it is too long."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from desktop.palette.asker import AnswerView


class AnswerArea(QScrollArea):
    """Holds the view of the latest request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quickAnswer")
        self.setAccessibleName(self.tr("Answer"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_view(self, view: AnswerView) -> None:
        """Show this view, which is a widget, in place of the one before."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(cast(QWidget, view))  # a Protocol cannot say that it is one
        column.addStretch()  # a short answer stands at the top, not spread over the room
        self.setWidget(holder)

    def drop_view(self) -> None:
        """Take the view away."""
        if (old := self.takeWidget()) is not None:
            old.deleteLater()

    def copy_selected(self) -> bool:
        """Put what is selected of the answer on the clipboard; False where nothing is."""
        for view in self.findChildren(QTextEdit):
            if view.textCursor().hasSelection():
                view.copy()
                return True
        return False
