"""Where the reader has been: back and forward as in a browser, without Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a note; lines count from 1."""

    path: str
    line: int = 1


LONGEST = 100


class History:
    """Places that were left, before and after the one in sight."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether `back` was taken and can be taken back."""
        return bool(self._forward)

    def leave(self, place: Place) -> None:
        """Remember a place that is left for a new one; what lay ahead is forgotten."""
        self._forward.clear()
        if not self._back or self._back[-1] != place:
            self._back.append(place)
        del self._back[:-LONGEST]

    def back(self, here: Place | None) -> Place | None:
        """Return the place before; None where there is none."""
        return self._step(self._back, self._forward, here)

    def forward(self, here: Place | None) -> Place | None:
        """Return the place after; None where there is none."""
        return self._step(self._forward, self._back, here)

    def rename(self, old: str, new: str) -> None:
        """Follow a note to its new path."""
        for places in (self._back, self._forward):
            places[:] = [Place(new, place.line) if place.path == old else place for place in places]

    def forget(self, path: str) -> None:
        """Leave out a note that is gone."""
        for places in (self._back, self._forward):
            places[:] = [place for place in places if place.path != path]

    @staticmethod
    def _step(source: list[Place], target: list[Place], here: Place | None) -> Place | None:
        if not source:
            return None
        if here is not None:
            target.append(here)
        return source.pop()
