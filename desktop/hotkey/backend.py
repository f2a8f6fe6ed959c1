"""What every back end of the global hotkey promises, and how its keys are written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from desktop.hotkey.keys import Combination


class HotkeyState(Enum):
    """The state of the hotkey."""

    OFF = auto()
    """The person wants none."""
    WAITING = auto()
    """The desktop has been asked."""
    ACTIVE = auto()
    TAKEN = auto()
    """Another program has this combination."""
    REFUSED = auto()
    """The desktop or the person said no."""
    UNAVAILABLE = auto()
    """There is no way on this desktop; `pilotfish quick-ask` is bound by hand."""


@dataclass(frozen=True, slots=True)
class HotkeyStatus:
    """The state, and with it the words that only the back end knows."""

    state: HotkeyState
    backend: str = ""
    """`x11`, `portal`, `windows`, `macos`; empty where there is none."""
    trigger: str = ""
    """The combination in force, as the desktop words it."""
    reason: str = ""
    """Why not: a technical sentence for the log and `doctor`."""


class HotkeyBackend(Protocol):
    """Grabs one combination. It hears no other key, and nothing at all while it holds none.

    `activated` and `changed` are given to the constructor and called on the GUI thread.
    """

    def bind(self, combination: Combination) -> None:
        """Hold this combination in place of the one before; `changed` follows."""

    def release(self) -> None:
        """Let go of the combination and of everything that was opened for it."""
