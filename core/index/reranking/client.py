"""The reranking child process as the search sees it: scores in time, or none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from core import children
from core.children import Child
from core.index.reranking import process
from core.index.reranking.process import Loaded, Request

log = logging.getLogger(__name__)

TIRED_AFTER = 3
"""Late answers in a row after which a model that is too slow for this machine is left alone for a while..."""
REST_SECONDS = 60.0
"""...and a model that could not be loaded is not tried again."""

T = TypeVar("T")
Start = Callable[[str], Child]


def _start(name: str) -> Child:
    return children.start(process.main, name, name="pilotfish-reranker")


class Reranker:
    """One cross-encoder; usable from any thread. The first question starts it, and does not wait for it."""

    def __init__(
        self, name: str, *, start: Start = _start, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        self.problem = ""
        """Why it does not work; empty while it does, or was not tried."""
        self._start_child = start
        self._clock = clock
        self._child: Child | None = None
        self._loaded: Loaded | None = None
        self._owed = 0  # answers on their way that nobody waits for any more
        self._late = 0
        self._resting_until = 0.0
        self._lock = threading.Lock()

    @property
    def reads_chinese(self) -> bool:
        """Whether Chinese may be put to it; False while that is not known."""
        return self._loaded is not None and self._loaded.reads_chinese

    def prepare(self) -> None:
        """Start the process, or hear whether it is there; puts nothing to it."""
        self._in_turn(self._ready)

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float] | None:
        """Return one score per passage, None where they are not ready within `seconds`; never raises."""
        request = Request(question, tuple(passages), seconds)
        return self._in_turn(lambda: self._scores(request))

    def close(self) -> None:
        """End the process."""
        child, self._child, self._loaded = self._child, None, None
        if child is not None:
            child.close()

    def _in_turn(self, work: Callable[[], T]) -> T | None:
        """Do it unless another question is being answered; what goes wrong is kept as the `problem`."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return work()
        except (OSError, EOFError, ValueError) as error:
            self._give_up(str(error) or type(error).__name__)
            return None
        finally:
            self._lock.release()

    def _ready(self) -> Connection | None:
        """Start what is not started, take in what has come; the way to the process once it can be asked."""
        if self._clock() < self._resting_until:
            return None
        if self._child is None:
            self._child, self._loaded, self._owed = self._start_child(self.name), None, 0
            return None
        connection = self._child.connection
        while (self._loaded is None or self._owed) and connection.poll():
            self._take_in(connection.recv())
        return connection if self._loaded is not None and not self._owed else None

    def _take_in(self, message: Any) -> None:
        if isinstance(message, Loaded):
            self._loaded, self.problem = message, ""
        elif self._loaded is None:
            raise ValueError(str(message))
        else:
            self._owed -= 1

    def _scores(self, request: Request) -> list[float] | None:
        connection = self._ready()
        if connection is None:
            return None
        connection.send(request)
        if not connection.poll(request.seconds):
            self._owed += 1
            self._note_late()
            return None
        found = connection.recv()
        if found is None:  # it has looked at the clock itself
            self._note_late()
            return None
        if isinstance(found, Exception):
            raise found
        self._late = 0
        return list(found) if len(found) == len(request.passages) else None

    def _note_late(self) -> None:
        self._late += 1
        if self._late >= TIRED_AFTER:
            self._late = 0
            self._resting_until = self._clock() + REST_SECONDS
            log.info("the reranker is too slow here; it rests for %.0f s", REST_SECONDS)

    def _give_up(self, reason: str) -> None:
        log.warning("no reranking: %s", reason)
        self.problem = reason
        self._resting_until = self._clock() + REST_SECONDS
        self.close()
