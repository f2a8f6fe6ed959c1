"""Positions: Qt counts UTF-16 units, core counts code points; they part at the first emoji."""

from __future__ import annotations

import re

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def units(text: str) -> int:
    """Return how many UTF-16 units Qt counts in `text`."""
    return len(text) + sum(1 for _ in _BEYOND.finditer(text))


def to_units(text: str, points: int) -> int:
    """Return the position in UTF-16 units of a position in code points; the end if it lies beyond."""
    return units(text[:points])


def to_points(text: str, position: int) -> int:
    """Return the position in code points of a position in UTF-16 units; inside a pair counts as before it."""
    pairs = 0
    for found in _BEYOND.finditer(text):
        start = found.start() + pairs
        if position < start + 2:
            return min(position, start) - pairs
        pairs += 1
    return min(position - pairs, len(text))


def is_plain(text: str) -> bool:
    """Whether both ways of counting agree all through `text`."""
    return _BEYOND.search(text) is None
