"""Collects garbage by the clock and on the GUI thread: on another one it would destroy widgets there."""

from __future__ import annotations

import gc
from functools import partial

from PySide6.QtCore import QObject, QTimer

from core import memory

COLLECT_EVERY_MS = 5000


class Garbage(QObject):
    """Takes over from Python's own collector between `start` and `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = True
        self._clock = QTimer(self, interval=COLLECT_EVERY_MS)
        self._clock.timeout.connect(partial(gc.collect, 1))

    def start(self) -> None:
        """Freeze what is there, and collect the young objects from now on."""
        self._was_enabled = gc.isenabled()
        gc.collect()
        gc.freeze()  # what the start has built stays; looking at it again and again would cost 200 ms a time
        gc.disable()
        self._clock.start()

    def stop(self) -> None:
        """Give the work back to Python's collector, if it was at work before."""
        self._clock.stop()
        if self._was_enabled:
            gc.enable()


def give_back() -> None:
    """Free what a large window has left: cycles of objects of any age, and pages that malloc keeps for later.

    For the moment after such a window has closed: it takes some tens of milliseconds.
    """
    gc.collect()
    memory.give_back()
