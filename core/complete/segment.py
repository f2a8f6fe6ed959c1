"""An immutable index over the text of some notes, sorted by what stands before each place.

The places of all notes are sorted by the text that leads up to them, read backwards. Those whose context
agrees longest with the context of the caret are then neighbours, so a look-up is one binary search and a
walk to both sides. Six bytes a Chinese character, five an English one.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

DEPTH = 24
"""Characters of context that are told apart; what agrees further is as good as equal."""
LONGEST = 64
"""Characters of continuation that are of interest."""
END = "\0"
"""Stands between two notes, and for what cannot be compared or repeated."""
_UNFIT = re.compile("[\0\ud800-\udfff\U00010000-\U0010ffff]")  # kept out so that a character takes 16 bits


class Segment:
    """Notes by name, their places sorted by context; read by any thread, changed by none."""

    def __init__(self, notes: Sequence[tuple[str, str]]) -> None:
        """Sort the places of these notes, given as name and text; about a second for a million characters."""
        self.names = tuple(name for name, _ in notes)
        text = "".join(_UNFIT.sub(END, body) + END for _, body in notes)
        self._ends = array("q", _running(len(body) + 1 for _, body in notes))
        self._backwards = text[::-1]
        self._order = _sorted_places(self._backwards)

    def __len__(self) -> int:
        return len(self._backwards)

    def nearest(self, context: str) -> Iterator[tuple[int, int]]:
        """Yield (characters that agree, place), longest agreement first, until none agrees.

        Args:
            context: what stands before the caret, backwards, at most `DEPTH` characters.
        """
        back, order = self._backwards, self._order
        above = bisect_left(order, context, key=lambda i: back[i : i + DEPTH])
        below = above - 1
        agree_above, agree_below = self._agreement(context, above), self._agreement(context, below)
        while agree_above > 0 or agree_below > 0:
            if agree_above >= agree_below:
                yield agree_above, order[above]
                above += 1
                agree_above = self._agreement(context, above)
            else:
                yield agree_below, order[below]
                below -= 1
                agree_below = self._agreement(context, below)

    def continuation(self, place: int) -> str:
        """Return what follows a place, up to the end of its note."""
        following = self._backwards[max(place - LONGEST, 0) : place][::-1]
        return following.partition(END)[0]

    def ahead(self, place: int, length: int) -> str:
        """Return the character that stands in front of the `length` characters before a place."""
        return self._backwards[place + length : place + length + 1].strip(END)

    def name_at(self, place: int) -> str:
        """Return the note that a place belongs to."""
        return self.names[bisect_right(self._ends, len(self._backwards) - place)]

    def notes(self) -> Iterator[tuple[str, str]]:
        """Yield name and text of each note, as far as it can be repeated."""
        text, start = self._backwards[::-1], 0
        for name, end in zip(self.names, self._ends, strict=True):
            yield name, text[start : end - 1]
            start = end

    def _agreement(self, context: str, rank: int) -> int:
        """Return how many characters agree with the context of the place of that rank, 0 outside."""
        if not 0 <= rank < len(self._order):
            return 0
        place = self._order[rank]
        return agreement(context, self._backwards[place : place + DEPTH])


def agreement(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginnings."""
    if one == other:
        return len(one)
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))


def _running(lengths: Iterator[int]) -> Iterator[int]:
    total = 0
    for length in lengths:
        total += length
        yield total


def _sorted_places(backwards: str) -> array[int]:
    """Return all places in the order of the `DEPTH` characters from there on.

    Four characters at a time are packed into one number; numpy sorts those without holding up other threads.
    """
    import numpy as np

    if not backwards:
        return array("I")
    units = np.frombuffer((backwards + END * DEPTH).encode("utf-16-le"), dtype=np.uint16).astype(np.uint64)
    count = len(backwards)
    packed = units[:-3] << 48 | units[1:-2] << 32 | units[2:-1] << 16 | units[3:]
    keys = [packed[start : start + count] for start in range(0, DEPTH, 4)]
    order = np.lexsort(keys[::-1])
    return array("I", order.astype(np.uint32).tobytes())
