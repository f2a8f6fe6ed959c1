"""A combo box in our look: style sheets take away the platform's arrow, so it is painted here."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.theme.theme import Theme

_ARROW = 16


class ChoiceBox(QComboBox):
    """A combo box with a chevron at its end."""

    def __init__(self, theme: Theme, name: str, label: str, parent: QWidget | None = None) -> None:
        """`name` is the object name, `label` the accessible name."""
        super().__init__(parent)
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(label)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the chevron over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        icon = self._theme.icon("chevron-down", role="quiet" if self.isEnabled() else "ghost")
        icon.paint(painter, self.width() - _ARROW - 6, (self.height() - _ARROW) // 2, _ARROW, _ARROW)
        painter.end()
