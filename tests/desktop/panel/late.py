"""Answers of the engine that come when the test says so, in whatever order, or never."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.desktop.fake_link import FakeLink


class Late:
    """Holds every single answer of a link back; streams go on as before."""

    def __init__(self, link: FakeLink) -> None:
        self._link = link
        self.waiting: list[tuple[Future[Any], Any]] = []
        link.future = self._hold  # type: ignore[method-assign]

    def come(self, which: int = 0, value: Any = None) -> None:
        """Deliver the answer at this place of those that wait, or another one; the window has taken it."""
        future, answer = self.waiting.pop(which)
        found = answer if value is None else value
        deliver = future.set_exception if isinstance(found, Exception) else future.set_result
        self._link.run(deliver, found)
        QApplication.processEvents()

    def all_come(self) -> None:
        """Deliver all that wait, and those that are asked for meanwhile."""
        while self.waiting:
            self.come()

    def _hold(self, value: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, value))
        return future
