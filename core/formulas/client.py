"""Formulas drawn by the child, as the window asks for them."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence

from core import children
from core.children import Child
from core.formulas import process
from core.formulas.model import Formula, Request, pack, unpack_formula

log = logging.getLogger(__name__)

WAIT_SECONDS = 5.0 if sys.platform == "win32" else 30.0
"""For one answer, a start of the child on a busy machine included; but on Windows the system is sooner."""
TIRED_AFTER = 5
"""Children that one minute may cost; until it is over, formulas stay as they are written."""
MINUTE = 60.0


def _start() -> Child:
    return children.start(process.main, name="pilotfish-formulas")


class FormulaDrawer:
    """Draws formulas in a child that is started when it is needed; usable from any thread, blocks."""

    def __init__(
        self,
        *,
        start: Callable[[], Child] = _start,
        clock: Callable[[], float] = time.monotonic,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._start, self._clock, self._wait_seconds = start, clock, wait_seconds
        self._child: Child | None = None
        self._lost: list[float] = []
        self._lock = threading.Lock()

    def draw(self, requests: Sequence[Request]) -> list[Formula | None]:
        """Return a formula each, None for what cannot be drawn; never raises."""
        with self._lock:
            return [self._drawn(request) for request in requests]

    def close(self) -> None:
        """End the child; another `draw` starts another."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _drawn(self, request: Request) -> Formula | None:
        if not self._may_try():
            return None
        for _attempt in range(2 if self._child else 1):  # one that was there may just have gone to rest
            try:
                return self._asked(request)
            except (OSError, EOFError, ValueError) as error:
                log.info("a formula could not be drawn: %s", type(error).__name__)
                self._close()
        self._lost.append(self._clock())
        return None

    def _asked(self, request: Request) -> Formula | None:
        if self._child is None:
            self._child = self._start()
        connection = self._child.connection
        connection.send_bytes(pack(request))
        if not connection.poll(self._wait_seconds):
            raise TimeoutError("no answer")
        return unpack_formula(connection.recv_bytes())

    def _may_try(self) -> bool:
        since = self._clock() - MINUTE
        self._lost = [lost for lost in self._lost if lost > since]
        return len(self._lost) < TIRED_AFTER
