"""Three-way merge of a note that was changed in two places at once.

The algorithm is diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007): lines that base,
ours and theirs share are stable, and each stretch between two stable ones is taken from the side that changed
it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LONG = 1000
"""Above this many differing lines, the unique ones serve as anchors: difflib alone would be quadratic."""


class Side(StrEnum):
    """Whose lines stand in a part of a merge."""

    SAME = "same"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Both made the same change."""
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a merge with the lines of all three versions; each line but a last one ends in LF."""

    side: Side
    base: str
    ours: str
    theirs: str

    @property
    def text(self) -> str:
        """The merged text of this part; that of ours in a conflict."""
        return self.theirs if self.side is Side.THEIRS else self.ours


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a three-way merge, part by part in order."""

    parts: tuple[Part, ...]

    @property
    def conflicts(self) -> tuple[Part, ...]:
        """The parts that both sides changed differently."""
        return tuple(part for part in self.parts if part.side is Side.CONFLICT)

    @property
    def text(self) -> str | None:
        """The merged text, or None where somebody has to decide."""
        return None if self.conflicts else "".join(part.text for part in self.parts)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Merge two changes of one text; no line that either side added is missing from the parts."""
    versions = [_lines(text) for text in (base, ours, theirs)]
    to_ours, to_theirs = matching_lines(versions[0], versions[1]), matching_lines(versions[0], versions[2])
    stable = [(line, to_ours[line], to_theirs[line]) for line in to_ours if line in to_theirs]
    parts: list[Part] = []
    start = (0, 0, 0)
    for end in [*sorted(stable), tuple(len(lines) for lines in versions)]:
        slices = ["".join(lines[a:b]) for lines, a, b in zip(versions, start, end, strict=True)]
        if any(slices):
            parts.append(_part(*slices))
        if end[0] < len(versions[0]):
            parts.append(Part(Side.SAME, *[versions[0][end[0]]] * 3))
        start = (end[0] + 1, end[1] + 1, end[2] + 1)
    return Merge(tuple(_joined(parts)))


def matching_lines(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which line of `old` is which of `new`, by number from 0; both ascend together."""
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    pairs = {number: number for number in range(head)}
    pairs.update(_matches(old, new, (head, len(old) - tail), (head, len(new) - tail)))
    pairs.update({len(old) - 1 - number: len(new) - 1 - number for number in range(tail - 1, -1, -1)})
    return pairs


def _lines(text: str) -> list[str]:
    """Split after LF alone; `splitlines` would also split at U+2028 and form feeds, no line ends here."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _part(base: str, ours: str, theirs: str) -> Part:
    if ours == theirs:
        side = Side.SAME if ours == base else Side.BOTH
    elif ours == base:
        side = Side.THEIRS
    else:
        side = Side.OURS if theirs == base else Side.CONFLICT
    return Part(side, base, ours, theirs)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Join neighbouring unchanged lines into one part."""
    run: list[str] = []
    for part in parts:
        if part.side is Side.SAME:
            run.append(part.base)
            continue
        if run:
            yield Part(Side.SAME, *["".join(run)] * 3)
            run = []
        yield part
    if run:
        yield Part(Side.SAME, *["".join(run)] * 3)


def _common_prefix(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((number for number in range(shorter) if old[number] != new[number]), shorter)


def _matches(
    old: Sequence[str], new: Sequence[str], old_range: tuple[int, int], new_range: tuple[int, int]
) -> dict[int, int]:
    """Return the matching lines within two ranges of line numbers."""
    if max(old_range[1] - old_range[0], new_range[1] - new_range[0]) <= _LONG:
        return _short_matches(old, new, old_range, new_range)
    pairs: dict[int, int] = {}
    start = (old_range[0], new_range[0])
    for anchor in [*_anchors(old, new, old_range, new_range), (old_range[1], new_range[1])]:
        pairs.update(_short_matches(old, new, (start[0], anchor[0]), (start[1], anchor[1])))
        if anchor[0] < old_range[1]:
            pairs[anchor[0]] = anchor[1]
        start = (anchor[0] + 1, anchor[1] + 1)
    return pairs


def _short_matches(
    old: Sequence[str], new: Sequence[str], old_range: tuple[int, int], new_range: tuple[int, int]
) -> dict[int, int]:
    ours, theirs = old[slice(*old_range)], new[slice(*new_range)]
    autojunk = max(len(ours), len(theirs)) > _LONG  # no anchor in so many lines: give up on the frequent ones
    blocks = SequenceMatcher(None, ours, theirs, autojunk=autojunk).get_matching_blocks()
    return {
        old_range[0] + block.a + offset: new_range[0] + block.b + offset
        for block in blocks
        for offset in range(block.size)
    }


def _anchors(
    old: Sequence[str], new: Sequence[str], old_range: tuple[int, int], new_range: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return the longest ascending row of lines that occur once on either side (patience diff)."""
    old_count, new_count = Counter(old[slice(*old_range)]), Counter(new[slice(*new_range)])
    place = {new[number]: number for number in range(*new_range) if new_count[new[number]] == 1}
    pairs = [
        (number, place[old[number]])
        for number in range(*old_range)
        if old_count[old[number]] == 1 and old[number] in place
    ]
    return _longest_ascending(pairs)


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence whose second members ascend (patience sorting)."""
    tops: list[int] = []
    top_index: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(top_index[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        top_index[pile : pile + 1] = [index]
    row: list[tuple[int, int]] = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]
