"""The latest searches, remembered while nothing in the index changes.

What a request would send is shown while it is being typed, and sent a moment later: the passages that were
shown are the ones that go, and nobody waits for them twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from core.search.model import Passage, SearchQuery

KEPT = 16
SECONDS = 30.0
"""A search made before the models were loaded went by words alone, and should not stand for long."""

Clock = Callable[[], float]
Search = Callable[[SearchQuery], list[Passage]]


class Versioned(Protocol):
    """What is searched."""

    @property
    def version(self) -> int:
        """Another number after every change."""


class RecentSearches:
    """Searches, or gives what the same search gave or is about to give; usable from any thread."""

    def __init__(self, search: Search, store: Versioned, *, clock: Clock = time.monotonic) -> None:
        self._search = search
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[SearchQuery, _Entry] = {}

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first; raises as `Searcher.search`."""
        entry, is_new = self._entry(query)
        if is_new:
            self._run(query, entry)
        return list(entry.found.result())

    def _entry(self, query: SearchQuery) -> tuple[_Entry, bool]:
        version = self._store.version
        with self._lock:
            now = self._clock()
            known = self._known.get(query)
            if known is not None and known.version == version and now - known.at < SECONDS:
                return known, False
            self._known.pop(query, None)
            while len(self._known) >= KEPT:
                del self._known[next(iter(self._known))]
            entry = self._known[query] = _Entry(version, now)
            return entry, True

    def _run(self, query: SearchQuery, entry: _Entry) -> None:
        try:
            entry.found.set_result(self._search(query))
        except Exception as error:  # noqa: BLE001  # whoever waits for it is told as well
            with self._lock:
                if self._known.get(query) is entry:
                    del self._known[query]
            entry.found.set_exception(error)


class _Entry:
    def __init__(self, version: int, at: float) -> None:
        self.version = version
        self.at = at
        self.found: Future[list[Passage]] = Future()
