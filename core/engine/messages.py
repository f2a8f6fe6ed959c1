"""What goes through the pipe between the window and the engine process.

Both ends are ours, one is the other's child, and the pipe is theirs alone; so plain pickled values serve.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import PilotfishError


@dataclass(frozen=True, slots=True)
class Call:
    """Window to engine: run the method `name`; replies carry the same `id`."""

    id: int
    name: str
    args: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancel:
    """Window to engine: the call's result is no longer wanted."""

    id: int


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Window to engine: finish the write under way and end."""


@dataclass(frozen=True, slots=True)
class Item:
    """Engine to window: one value of a stream; more follow."""

    id: int
    value: Any


@dataclass(frozen=True, slots=True)
class Done:
    """Engine to window: the call ended well."""

    id: int
    value: Any = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Engine to window: the call failed."""

    id: int
    error: PilotfishError


@dataclass(frozen=True, slots=True)
class Event:
    """Engine to window: something happened that nobody asked for."""

    value: Any


Request = Call | Cancel | Goodbye
Reply = Item | Done | Failed | Event
