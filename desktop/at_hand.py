"""What makes the program one keystroke away: quick-ask, the global hotkey, the tray icon.

Nothing of it is needed for the first paint, and the window works without any of it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from core.engine.model import ModelState
from desktop.quick_desk import QuickDesk

READY_MS = 1500
"""After the start: the engine has begun by then, and a first quick-ask finds its window made."""


class AtHand(QObject):
    """Holds the three together."""

    def __init__(self, quick: QuickDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.quick = quick
        self._soon = QTimer(self, interval=READY_MS, singleShot=True)
        self._soon.timeout.connect(self._get_ready)
        self._soon.start()

    def quick_ask(self) -> None:
        """Show quick-ask."""
        self.quick.come_up()

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self.quick.set_model(state)

    def close(self) -> None:
        """Let go of everything; nothing of it is on the screen any more."""
        self._soon.stop()
        self.quick.close()

    def _get_ready(self) -> None:
        self.quick.window.ensurePolished()
