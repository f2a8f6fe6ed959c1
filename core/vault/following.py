"""Which note to stay with, of all that are saved: the one somebody writes in, not what a sync brings.

No clock and no files: the time, in seconds from any point, is passed in. Not thread-safe.
"""

from __future__ import annotations

from collections.abc import Sequence

SETTLE_S = 0.4
"""A change to another note waits this long for more of its kind: a sync writes one file after the other."""
GAP_S = 2.0
MOST = 3
"""Notes saved with less than `GAP_S` between them that may be a person's doing; more are a sync, a checkout,
a renamed note whose links follow."""
OUTSIDE_S = 120.0
"""For so long after another program's save, our own saves do not lead away from its note."""


class Following:
    """Takes every save and says which note is to be stayed with."""

    def __init__(self) -> None:
        self.present = ""
        """The note that is followed; empty for none."""
        self._waiting: tuple[str, float] | None = None
        self._burst: set[str] = set()
        self._last = float("-inf")
        self._outside: float | None = None

    def outside_saves(self, paths: Sequence[str], now: float) -> None:
        """Other programs wrote these notes, all noticed at once."""
        if now - self._last >= GAP_S:
            self._burst.clear()
        self._last = now
        self._burst.update(paths)
        if len(self._burst) > MOST:
            self._waiting = None
            return
        for path in paths:
            self._outside = now
            self._wait_for(path, now)

    def own_save(self, path: str, now: float) -> None:
        """The person's text was saved from our editor."""
        if self._outside is None or now - self._outside >= OUTSIDE_S:
            self._wait_for(path, now)

    def next_due(self) -> float | None:
        """Return when `take` has something to say; None while nothing waits."""
        return self._waiting[1] if self._waiting else None

    def take(self, now: float) -> str:
        """Return the note that is to be stayed with from now on, empty where that is not a new one."""
        if self._waiting is None or self._waiting[1] > now:
            return ""
        self.present, self._waiting = self._waiting[0], None
        return self.present

    def stay_with(self, path: str) -> None:
        """Follow this note, whatever waits."""
        self.present, self._waiting = path, None

    def gone(self, path: str) -> None:
        """A note was removed: it is not stayed with."""
        if self._waiting and self._waiting[0] == path:
            self._waiting = None
        if self.present == path:
            self.present = ""

    def _wait_for(self, path: str, now: float) -> None:
        if path == self.present:
            self._waiting = None
        else:
            self._waiting = (path, now + SETTLE_S)
