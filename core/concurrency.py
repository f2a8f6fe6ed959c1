"""Small tools for work that runs beside other work; no threads are started here."""

from __future__ import annotations

import logging
import math
import os
import sys
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

K = TypeVar("K", bound=Hashable)


STEP_BEHIND = 5
"""Niceness, 19 at most: beside a thread that does not step behind, a third of a core is left."""


class Cancelled(Exception):
    """The work was no longer wanted; never shown to anyone."""


class CancelToken:
    """A flag that says the result is no longer wanted; safe from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._callbacks: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Set the flag and run what was registered, once."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for call in callbacks:
            try:
                call()
            except Exception:  # one that fails must not keep the others from stopping
                log.exception("stopping cancelled work failed")

    def on_cancel(self, call: Callable[[], None]) -> Callable[[], None]:
        """Run `call` when cancelled, at once if that has happened; return a function that takes it back."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(call)
                return lambda: self._forget(call)
        call()
        return lambda: None

    def _forget(self, call: Callable[[], None]) -> None:
        with self._lock:
            if call in self._callbacks:
                self._callbacks.remove(call)

    def raise_if_cancelled(self) -> None:
        """Raise `Cancelled` in work that has become useless."""
        if self._event.is_set():
            raise Cancelled


class Debounce(Generic[K]):
    """Holds keys back until they have been quiet for a while, but never for longer than the cap.

    A change that is known to be complete is held back only briefly, unless something was handed out just
    before: what changes all the time is not handed out more often for it.

    It has no clock and no thread: the time, in seconds from any point, is passed in. Not thread-safe.
    """

    def __init__(self, *, quiet: float, cap: float, brief: float | None = None, calm: float = 0.0) -> None:
        """Args:
        brief: how long a complete change is held back; as `quiet` by default.
        calm: how long nothing must have been handed out before the first touch for that.
        """
        self._quiet = quiet
        self._cap = cap
        self._brief = quiet if brief is None else brief
        self._calm = calm
        self._taken = -math.inf
        self._pending: dict[K, tuple[float, float]] = {}
        """When each key was first touched since it was last taken, and when it is due."""

    def touch(self, key: K, now: float, *, is_complete: bool = False) -> float:
        """Note that something happened to the key; returns when it is due.

        Args:
            is_complete: nothing more is to be expected of this change.
        """
        first = self._pending.get(key, (now, now))[0]
        is_brief = is_complete and first - self._taken >= self._calm
        due = min(now + (self._brief if is_brief else self._quiet), first + self._cap)
        self._pending[key] = (first, due)
        return due

    def next_due(self) -> float | None:
        """Return when the first key is due, or None while nothing is pending."""
        return min((due for _, due in self._pending.values()), default=None)

    def take(self, now: float) -> list[K]:
        """Remove and return the keys that are due, in the order of their first touch."""
        ready = [key for key, (_, due) in self._pending.items() if due <= now]
        for key in ready:
            del self._pending[key]
        if ready:
            self._taken = now
        return ready


def step_behind() -> None:
    """Let all other threads of this machine go before this one and those it starts, for good.

    Only Linux and Windows know the priority of a thread; elsewhere nothing happens.
    """
    if sys.platform == "linux":
        os.nice(STEP_BEHIND)  # this thread's alone: nice(2), "C library/kernel differences"
    elif sys.platform == "win32":
        import ctypes

        below_normal = -1  # THREAD_PRIORITY_BELOW_NORMAL of SetThreadPriority
        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(kernel.GetCurrentThread(), below_normal)
