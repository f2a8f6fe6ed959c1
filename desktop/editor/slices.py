"""Work for the window's own thread that takes long, a few milliseconds at a time.

Python holds one lock for all threads: a busy thread of its own would make the window wait for it at every
turn, and longer than these slices are.
"""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.002
BETWEEN_MS = 4
"""The window has two thirds of the time for everything else."""

Work = Generator[None, None, None]
"""Yields after each step; a step takes a millisecond at most, where it can be helped."""


class Slices(QObject):
    """Goes on with one piece of work at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._is_in_step = False
        self._timer = QTimer(self, interval=BETWEEN_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_active(self) -> bool:
        """Whether there is work under way."""
        return self._work is not None

    def begin(self, work: Work) -> None:
        """Do this from now on, in place of what is under way."""
        self.stop()
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Leave what is under way as it is."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None and not self._is_in_step:
            work.close()

    def _go_on(self) -> None:
        until = time.perf_counter() + SLICE_S
        while (work := self._work) is not None and time.perf_counter() < until:
            self._is_in_step = True
            is_over = next(work, _OVER) is _OVER
            self._is_in_step = False
            if work is not self._work:  # the step itself has begun other work, or stopped this
                work.close()
            elif is_over:
                self.stop()


_OVER = object()
