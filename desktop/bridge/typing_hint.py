"""Tells the engine every now and then that the person is typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Slot

EVERY_MS = 400
"""Between two hints; the engine makes room for a second after each."""


class TypingHint(QObject):
    """Passes on the first keystroke at once, and none of those that follow within `EVERY_MS`."""

    def __init__(self, tell: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._since = QElapsedTimer()

    @Slot()
    def note(self) -> None:
        """The text has changed."""
        if not self._since.isValid() or self._since.hasExpired(EVERY_MS):
            self._since.start()
            self._tell()
