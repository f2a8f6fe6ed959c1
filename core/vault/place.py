"""A place in a note, kept by the words that stand there: where it is now, whatever was written meanwhile.

Pure functions on text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.vault.changed_block import Lines
from core.vault.merge import matching_lines


@dataclass(frozen=True, slots=True)
class Place:
    """Whole lines of a note as they read when they were looked at; no lines are a place between two."""

    path: str
    """The note, relative to the vault."""
    text: str
    """The whole note then, line ends folded to LF."""
    lines: Lines

    @property
    def words(self) -> str:
        """What stood in the lines."""
        return self.lines.of(self.text)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a place is in a text, and whether it still reads as it did."""

    lines: Lines
    is_same: bool


def find(place: Place, text: str) -> Found:
    """Return where a place is in the note's text as it is now.

    Its lines are followed through what was written around them, or found in the one other spot where they
    read the same. Else it is what stands between the neighbours that are left, and is not the same.
    """
    if text == place.text:
        return Found(place.lines, is_same=True)
    old, new = place.text.split("\n"), text.split("\n")
    start, end = place.lines.start, place.lines.end
    pairs = matching_lines(old, new)
    if place.lines and _moved_together(pairs, start, end):
        return Found(Lines(pairs[start], pairs[start] + end - start), is_same=True)
    if place.lines and (spot := _only_spot(old[start:end], new)) is not None:
        return Found(Lines(spot, spot + end - start), is_same=True)
    above = max((pairs[line] + 1 for line in range(start) if line in pairs), default=0)
    below = min((pairs[line] for line in range(end, len(old)) if line in pairs), default=len(new))
    return Found(_without_blank_ends(Lines(above, below), new), is_same=not place.lines and above == below)


def _moved_together(pairs: dict[int, int], start: int, end: int) -> bool:
    """Whether the lines still follow one another with nothing in between."""
    return all(pairs.get(line) == pairs.get(start, -1) + line - start for line in range(start, end))


def _only_spot(wanted: Sequence[str], lines: Sequence[str]) -> int | None:
    """Return the line from which on these lines stand, if that is so in one spot alone."""
    if not any(line.strip() for line in wanted):
        return None
    size = len(wanted)
    spots = [n for n, line in enumerate(lines) if line == wanted[0] and list(lines[n : n + size]) == wanted]
    return spots[0] if len(spots) == 1 else None


def _without_blank_ends(found: Lines, lines: Sequence[str]) -> Lines:
    """Leave blank lines at either end to the neighbours."""
    start, end = found.start, found.end
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return Lines(start, end)
