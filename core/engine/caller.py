"""How the client's parts reach the engine, whatever is in between."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from core.engine.model import Asking, OnFailed


class Caller(Protocol):
    """Calls methods of the engine by name: for one value, or for a stream of them."""

    def call(self, name: str, *args: Any) -> Future[Any]:
        """Call a method that returns one value."""

    def stream(self, name: str, *args: Any, on_item: Callable[[Any], None], on_failed: OnFailed) -> Asking:
        """Call a method that yields values."""
