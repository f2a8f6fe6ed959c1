"""The chip for pictures of earlier turns, which go along once more unless they are left out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.theme.theme import Theme


class EarlierChip(QPushButton):
    """In sight only where the conversation has pictures; says so where nobody would see them.

    Signals:
        left_out: The person leaves them out, or takes them along again; carries whether they are out.
    """

    left_out = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("earlierPicturesChip")
        self.setProperty("chip", True)
        self.setCheckable(True)
        self.setChecked(True)
        self.setIconSize(QSize(12, 12))
        self.clicked.connect(lambda on: self.left_out.emit(not on))
        self.toggled.connect(self._dress)
        theme.changed.connect(self._dress)
        self.show_pictures(0, seen=True)

    def show_pictures(self, count: int, *, seen: bool) -> None:
        """Show how many there are, and whether there is somebody to see them."""
        words = self.tr("Earlier pictures ({count})") if seen else self.tr("Earlier pictures not sent")
        self.setText(words.format(count=count))
        self.setAccessibleName(self.text())
        self.setEnabled(seen)
        self.setVisible(count > 0)
        self._dress()

    def _dress(self) -> None:
        on = self.isChecked() and self.isEnabled()
        self.setIcon(self._theme.icon("close" if on else "plus", role="quiet"))
        if not self.isEnabled():
            hint = self.tr("The model sees no pictures. Settings > Models can name one that does.")
        elif on:
            hint = self.tr("Sent again, so that the model still sees them. Click to leave them out.")
        else:
            hint = self.tr("Not sent along. Click to take them along.")
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
