"""Where a window docked to an edge of the screen stands. Geometry alone; no window is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QMargins, QRect

NARROWEST, USUAL, WIDEST = 332, 392, 492
"""Pixels: the panel's least, preferred and greatest width, and the margin it has on one side."""
SNAP = 64
"""A window left this near to an edge is meant to be docked there."""


class Side(StrEnum):
    """An edge of the screen."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite edge."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


@dataclass(frozen=True, slots=True)
class Dock:
    """An edge, and the width of what is docked to it, without the window's frame."""

    side: Side = Side.RIGHT
    width: int = USUAL


def docked(available: QRect, dock: Dock, frame: QMargins) -> QRect:
    """Return the place, without frame, of a window that fills an edge of the screen's available room."""
    room = available.marginsRemoved(frame)
    width = min(max(dock.width, NARROWEST), WIDEST, max(1, room.width()))
    left = room.left() if dock.side is Side.LEFT else room.right() + 1 - width
    return QRect(left, room.top(), width, room.height())


def side_near(window: QRect, available: QRect) -> Side | None:
    """Return the edge that a window, with its frame, stands at; of two the nearer one, None for neither."""
    gaps = {Side.LEFT: window.left() - available.left(), Side.RIGHT: available.right() - window.right()}
    nearest = min(gaps, key=lambda side: abs(gaps[side]))
    return nearest if abs(gaps[nearest]) <= SNAP else None


class Keeper(Protocol):
    """Keeps a few values by name from one start to the next."""

    def kept(self, name: str) -> dict[str, object]:
        """Return what was kept; nothing where it was never kept, or damaged."""

    def keep(self, name: str, values: Mapping[str, object]) -> None:
        """Keep these values in place of those before."""


class DockMemory:
    """What is remembered of the companion: edge and width for each screen, the pin, whether it is open."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    @property
    def is_open(self) -> bool:
        """Whether the companion was open last."""
        return self._values().get("open") is True

    @is_open.setter
    def is_open(self, value: bool) -> None:
        self._set(open=value)

    @property
    def was_used(self) -> bool:
        """Whether the companion was ever open."""
        return bool(self._values())

    @property
    def is_pinned(self) -> bool:
        """Whether it stays above other windows; it does until the person says otherwise."""
        return self._values().get("pinned") is not False

    @is_pinned.setter
    def is_pinned(self, value: bool) -> None:
        self._set(pinned=value)

    @property
    def screen(self) -> str:
        """The name of the screen it stood on last; empty at first."""
        screen = self._values().get("screen")
        return screen if isinstance(screen, str) else ""

    def dock(self, screen: str) -> Dock:
        """Return where it stands on a screen."""
        value = self._screens().get(screen)
        if not isinstance(value, dict):
            return Dock()
        side, width = value.get("side"), value.get("width")
        return Dock(
            Side(side) if side in tuple(Side) else Dock().side,
            width if isinstance(width, int) and NARROWEST <= width <= WIDEST else Dock().width,
        )

    def set_dock(self, screen: str, dock: Dock) -> None:
        """Remember where it stands, and that it is this screen."""
        self._set(screen=screen, screens={**self._screens(), screen: asdict(dock)})

    def _screens(self) -> dict[str, object]:
        screens = self._values().get("screens")
        return screens if isinstance(screens, dict) else {}

    def _values(self) -> dict[str, object]:
        return self._keeper.kept("companion")

    def _set(self, **values: object) -> None:
        self._keeper.keep("companion", {**self._values(), **values})
