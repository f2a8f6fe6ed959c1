"""A field in which one key combination is pressed, and which Tab and Shift+Tab leave as it was."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

from desktop.widgets.enter_keys import native

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
        (self._line,) = self.findChildren(QLineEdit)  # has the keyboard, and is what a screen reader reads
        self._line.setAccessibleName(label)
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setFinishingKeyCombinations(_LEAVING)
        self.setFixedWidth(180)
        self.keySequenceChanged.connect(self._show_words)
        self.editingFinished.connect(self._show_words)
        self._show_words()

    def show_key(self, key: QKeySequence) -> None:
        """Show a key without telling that it was changed."""
        self.blockSignals(True)
        self.setKeySequence(key)
        self.blockSignals(False)
        self._show_words()

    def _show_words(self) -> None:
        """Put our words in place of those that Qt has just shown: Return, and "Press shortcut" as a hint."""
        self._line.setText(native(self.keySequence()))
        self._line.setPlaceholderText(self.tr("Press a key"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wait for the key that follows a modifier: Qt would clear the field already."""
        if event.key() not in _MODIFIERS:
            super().keyPressEvent(event)
