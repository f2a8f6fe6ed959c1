"""A label of one line that shortens its text instead of making the window wider."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.widgets.plain_text import tooltip


class ElidedLabel(QLabel):
    """Shows as much of its text as fits; the tooltip and screen readers have it whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 -- Qt's name
        """Show `text`, shortened in the middle as needed."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(tooltip(text))
        self._elide()

    def whole_text(self) -> str:
        """Return the text as it was set."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Ask for the room that the whole text takes."""
        return QSize(self.fontMetrics().horizontalAdvance(self._line()) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never insist on width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten anew."""
        super().resizeEvent(event)
        self._elide()

    def _line(self) -> str:
        return " ".join(self._whole.splitlines())

    def _elide(self) -> None:
        text = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideMiddle, self.width())
        super().setText(text)
