"""Small tools for work that runs beside other work; no threads are started here."""

from __future__ import annotations

import threading
from collections.abc import Callable


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
            call()

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Run `call` when cancelled; at once if that has already happened."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(call)
                return
        call()

    def raise_if_cancelled(self) -> None:
        """Raise `Cancelled` in work that has become useless."""
        if self._event.is_set():
            raise Cancelled
