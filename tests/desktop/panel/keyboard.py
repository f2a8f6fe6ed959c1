"""Keys as a person presses them: they go to whatever has the keyboard, Chinese by way of an input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

PLAIN = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """The keyboard of a window; `home` gets the keys where nothing has the focus."""

    def __init__(self, home: QWidget) -> None:
        self._home = home

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        return QApplication.focusWidget() or self._home

    @property
    def name(self) -> str:
        """The object name of what has the keyboard."""
        return self.focus.objectName()

    def __call__(self, *pressed: Qt.Key | str, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press keys and type words, one after the other."""
        for one in pressed:
            if isinstance(one, str):
                self._type(one)
            else:
                QTest.keyClick(self.focus, one, modifiers)

    def compose(self, text: str) -> None:
        """Begin a composition, or go on with it."""
        QApplication.sendEvent(self.focus, QInputMethodEvent(text, []))

    def commit(self, text: str) -> None:
        """End a composition with these words."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.focus, event)

    def _type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            self.compose("pinyin")
            self.commit(text)
