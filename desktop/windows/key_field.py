"""A field in which one key combination is pressed, and which Tab and Shift+Tab leave as it was."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

_LEAVING = [
    QKeyCombination(Qt.Key.Key_Tab),
    QKeyCombination(Qt.Key.Key_Backtab),
    QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Backtab),
]
"""What goes on to the next field; Qt itself forgets that Backtab comes with Shift, and would record it."""
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeyField(QKeySequenceEdit):
    """Takes one combination; a modifier alone is none, and takes the one before not away."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        """`name` is the object name, `label` the accessible name."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        for inner in self.findChildren(QLineEdit):  # what has the keyboard, and is what a screen reader reads
            inner.setAccessibleName(label)
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setFinishingKeyCombinations(_LEAVING)
        self.setFixedWidth(180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wait for the key that follows a modifier: Qt would clear the field already."""
        if event.key() not in _MODIFIERS:
            super().keyPressEvent(event)
