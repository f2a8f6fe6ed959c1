"""The line in which a question is typed, with the keys that make quick-ask quick."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_LARGER = 1.25
"""Of the interface's font: it is the one thing to read in an empty quick-ask."""


class QuestionField(QLineEdit):
    """A bare line edit.

    Signals:
        submitted: Enter was pressed.
        step_requested: An arrow asks for the next (1) or the one before (-1) of what is listed below.
        take_requested: Tab was pressed while something is being looked up.
        back_requested: Backspace was pressed before the first letter.
    """

    submitted = Signal()
    step_requested = Signal(int)
    take_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quickQuestion")
        self.setAccessibleName(self.tr("Question to your notes"))
        self.show_prompt("")
        self.setFrame(False)
        self.is_window_key: Callable[[QKeyEvent], bool] = lambda _event: False
        self.is_looking_up = False
        """Whether a list of what was looked up is in sight, and Tab takes from it."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.setFont(font)

    def show_prompt(self, title: str) -> None:
        """Say what the field is for: a question, or with a prompt chosen what else is wanted."""
        ask = self.tr("Ask your notes; > for a prompt, @ for a note")
        self.setPlaceholderText(self.tr("Anything else? Enter runs it") if title else ask)

    def event(self, event: QEvent) -> bool:
        """Leave the window its keys, which a line edit takes for its own; not Copy of selected words."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            copies = event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText()
            if self.is_window_key(event) and not copies:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and the arrows; everything else types."""
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not control:  # with it, it is a key of the window
                self.submitted.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_requested.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace and self.cursorPosition() == 0 and not self.hasSelectedText():
            self.back_requested.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab takes what was looked up; otherwise it leaves the field."""
        if forward and self.is_looking_up:
            self.take_requested.emit()
            return True
        return super().focusNextPrevChild(forward)
