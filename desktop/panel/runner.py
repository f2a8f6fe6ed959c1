"""One request at a time: waits for an engine where there is none yet, and stops what is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import EngineStopped, PilotfishError
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel.card import Card

_ENGINE_RETRY_MS = 100
PATIENCE = 600
"""Looks for an engine, one every 100 ms, before a request is given up; an engine is there within a second."""


class Handle(Protocol):
    """A request under way."""

    def cancel(self) -> None:
        """Stop it; the model's server notices."""


class Together:
    """Several requests that are one to whoever stops them."""

    def __init__(self, handles: Sequence[Handle]) -> None:
        self._handles = handles

    def cancel(self) -> None:
        """Stop all of them."""
        for handle in self._handles:
            handle.cancel()


Start = Callable[[], Handle]
"""Hands a request to the engine and connects its card; called once there is an engine."""


class Runner(QObject):
    """Runs the request of one card.

    Signals:
        busy_changed: A request began (True) or ended (False).
    """

    busy_changed = Signal(bool)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._card: Card | None = None
        self._start: Start | None = None
        self._handle: Handle | None = None
        self._waiting = QTimer(self, interval=_ENGINE_RETRY_MS, singleShot=True)
        self._waiting.timeout.connect(self._begin)
        self._looks = 0
        bridge.failed.connect(self._engine_failed)

    @property
    def is_busy(self) -> bool:
        """Whether a request is under way."""
        return self._card is not None

    @property
    def handle(self) -> Handle | None:
        """The request under way, once the engine has it."""
        return self._handle

    def run(self, card: Card, start: Start) -> None:
        """Stop what runs, and start this as soon as there is an engine."""
        self.stop()
        self._card, self._start, self._looks = card, start, 0
        self.busy_changed.emit(True)
        self._begin()

    def ended(self) -> None:
        """The request came to its end by itself."""
        self._waiting.stop()
        was_busy = self.is_busy
        self._handle = self._card = self._start = None
        if was_busy:
            self.busy_changed.emit(False)

    def stop(self) -> None:
        """Stop the request; the server is told, and what its card shows stays."""
        card, handle = self._card, self._handle
        if handle is not None:
            handle.cancel()
        self.ended()
        if card is not None and card.is_under_way:
            card.stop()

    def _begin(self) -> None:
        if self._start is None:
            return
        self._looks += 1
        if self._bridge.attached:
            self._handle = self._start()
        elif self._looks > PATIENCE:
            self._engine_failed(EngineStopped())
        else:
            self._waiting.start()

    def _engine_failed(self, error: PilotfishError) -> None:
        """No engine will come for what waits for one; a request it has already fails by itself."""
        card = self._card
        if card is not None and self._handle is None:
            self.ended()
            card.fail(error)
