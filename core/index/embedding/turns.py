"""A lock in which those in a hurry go before those who are not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets one thread at a time do something; whoever hurries waits at most for the one whose turn it is."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._hurrying = 0

    @contextmanager
    def take(self, *, hurry: bool) -> Iterator[None]:
        """Hold the turn within the `with` block."""
        with self._changed:
            self._hurrying += hurry
            try:
                self._changed.wait_for(lambda: not self._taken and (hurry or not self._hurrying))
                self._taken = True
            finally:
                self._hurrying -= hurry
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
