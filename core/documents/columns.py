"""The reading order of a page that is set in columns.

Pure functions on runs of words and their places: no file, no library. A program may draw such a page line by
line across its columns, which mixes their sentences; then the page is read again by its white: the strip
between two columns is found, what stands on either side of it is read from the top to the foot, and so on
within each column. What crosses the strip (titles, wide figures, rules) parts the columns above from those
below. A page whose columns were drawn one after the other, a table, and anything but running text stay as
they were drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby, takewhile
from statistics import median

from core.documents.prose import (
    Run,
    are_columns,
    continues,
    is_footnote,
    is_right_to_left,
    is_table,
    line_words,
    measure,
)

_MIXED = 5
"""Changes of side, in the order of drawing, from which columns are mixed; a sound page has one, or three
where a figure is drawn last."""
_SAME_LINE = 0.45
"""Of the type's size: how far the baselines of one line may lie apart; an exponent is raised by a third."""
_FRAME = 0.12
"""Share of the page's height at its top and foot in which a line on its own is a header or a footer."""
_APART = 1.6
"""Of the type's size: how far the baselines of a header and of the text lie apart at least."""
_FILLED = 0.6
"""Of the measure: what is narrower may be a cell, or the end of a paragraph."""
_TRIES = 6
"""Strips that are looked at, the most promising first."""
_POKING = 0.6
"""Of the type's size: how far a line that is too long may poke into the white between two columns."""

Line = list[Run]


@dataclass(slots=True)
class _Block:
    """Lines in their order, and the footnotes that belong below them."""

    lines: list[Line]
    notes: list[Line] = field(default_factory=list)


def in_reading_order(runs: Sequence[Run], rules: Iterable[Run] = ()) -> list[str] | None:
    """Return the text of a page whose columns were drawn mixed, block by block; None where none were.

    The lines of a block are of one measure. `rules` are lines drawn across the page; they have no words.
    """
    if not runs:
        return None
    if is_right_to_left(runs):
        runs, rules = _mirrored(runs), _mirrored(rules)
    size = median(run.size for run in runs)
    reader = _Reader(size, rules)
    head, body, foot = _framed(sorted(runs, key=_height), size)
    blocks = [_Block(_lines(head, size)), *reader.read(body), _Block(_lines(foot, size))]
    if not reader.is_mixed:
        return None
    texts = (_text(lines) for block in blocks for lines in (block.lines, block.notes))
    return [text for text in texts if text]


class _Reader:
    """Reads a page from the top to the foot; remembers where it has found columns, and whether mixed."""

    def __init__(self, size: float, rules: Iterable[Run]) -> None:
        self._size = size
        self._rules = list(rules)
        self._known: list[tuple[float, float, float]] = []
        self.is_mixed = False

    def read(self, runs: Sequence[Run]) -> list[_Block]:
        """Return the blocks of a part of the page; its runs come from the top to the foot."""
        cut = self._cut(runs)
        if cut is None:
            return [_Block(_lines(runs, self._size))]
        left, right = cut
        self.is_mixed |= _is_mixed(left, right)
        top, foot = min(left[0].y, right[0].y), max(left[-1].y, right[-1].y)
        return [
            *self._rest([run for run in runs if run.y < top]),
            self._columns(left, right),
            *self._rest([run for run in runs if run.y > foot]),
        ]

    def _rest(self, runs: list[Run]) -> list[_Block]:
        return self.read(runs) if runs else []

    def _columns(self, left: list[Run], right: list[Run]) -> _Block:
        """Both columns as one block: a sentence runs on from one to the other, over their footnotes."""
        first, second = self.read(left), self.read(right)
        following = next((block.lines for block in second if block.lines), [])
        notes = self._footnotes(first[-1], following)
        blocks = [*first, *second]
        return _Block(
            [line for block in blocks for line in block.lines],
            [*notes, *(line for block in blocks for line in block.notes)],
        )

    def _footnotes(self, block: _Block, following: list[Line]) -> list[Line]:
        """Take the footnotes from the foot of a column, unless the next one goes on in their type."""
        for number in range(len(block.lines) // 2, len(block.lines)):
            if is_footnote(block.lines[number:], block.lines[:number], following):
                notes = block.lines[number:]
                del block.lines[number:]
                return notes
        return []

    def _cut(self, runs: Sequence[Run]) -> tuple[list[Run], list[Run]] | None:
        """What stands on either side of the strip between two columns, or None where there is none."""
        found = sorted(self._halves(runs), key=lambda cut: _weight(*cut[1:]), reverse=True)
        for x, one, other in found[:_TRIES]:
            left, right = _without_tables(one, other, self._size)
            if not left or not right:
                continue
            if self._is_known(x, left, right):
                return left, right
            if are_columns(left, right) and not is_table(left, right, self._size):
                self._known.append((x, measure(left), measure(right)))
                return left, right
        return None

    def _halves(self, runs: Sequence[Run]) -> Iterator[tuple[float, list[Run], list[Run]]]:
        by_height = sorted([*runs, *self._rules], key=_height)
        for x in _strips(runs):
            for left, right in _bands(x, by_height, _POKING * self._size):
                yield x, left, right

    def _is_known(self, x: float, left: list[Run], right: list[Run]) -> bool:
        """Whether columns found elsewhere on the page go on here, be it with a line or two."""
        return any(
            abs(x - known) < self._size and continues(left, wide) and continues(right, wide_too)
            for known, wide, wide_too in self._known
        )


def _strips(runs: Sequence[Run]) -> Iterator[float]:
    """Yield the middle of each strip that fewer runs cross than what is beside it."""
    steps = sorted([(run.left, 1) for run in runs] + [(run.right, -1) for run in runs])
    places = [x for x, _ in steps]
    crossing = list(accumulate(step for _, step in steps))
    for at in range(1, len(steps) - 1):
        if steps[at][1] < 0 and steps[at + 1][1] > 0 and 2 * crossing[at] < len(runs):
            yield (places[at] + places[at + 1]) / 2


def _bands(x: float, runs: Iterable[Run], poking: float) -> Iterator[tuple[list[Run], list[Run]]]:
    """Yield what stands left and right of a place, from one run that crosses it to the next."""
    left: list[Run] = []
    right: list[Run] = []
    for run in runs:
        if run.left < x - poking and run.right > x + poking:
            if left and right:
                yield left, right
            left, right = [], []
        elif run.words:
            (left if run.left + run.right < 2 * x else right).append(run)
    if left and right:
        yield left, right


def _weight(left: list[Run], right: list[Run]) -> float:
    """How much stands side by side: the lesser width of both, where both have lines."""
    top, foot = max(left[0].y, right[0].y), min(left[-1].y, right[-1].y)
    sides = (sum(run.width for run in side if top <= run.y <= foot) for side in (left, right))
    return min(sides)


def _without_tables(left: list[Run], right: list[Run], size: float) -> tuple[list[Run], list[Run]]:
    """Both sides without the lines of cells above and below them: a table as wide as both."""
    wide = {run.place: _FILLED * measure(side) for side in (left, right) for run in side}
    lines = _lines([*left, *right], size)
    cells = {*_cells(lines, wide), *_cells(lines[::-1], wide)}
    return [run for run in left if run.place not in cells], [run for run in right if run.place not in cells]


def _cells(lines: list[Line], wide: dict[int, float]) -> Iterator[int]:
    """Yield the places of the cells that stand before the first line of text."""
    outer = list(takewhile(lambda line: all(run.width < wide[run.place] for run in line), lines))
    rows = [number for number, line in enumerate(outer) if len(line) > 1]
    if len(rows) > 1:
        yield from (run.place for line in outer[: rows[-1] + 1] for run in line)


def _is_mixed(left: list[Run], right: list[Run]) -> bool:
    """Whether the order of drawing goes to and fro between two columns, or takes the second one first.

    Only lines of text count: a table that stands between them is drawn to and fro in any case.
    """
    full = [[run for run in side if run.width >= _FILLED * measure(side)] for side in (left, right)]
    drawn = sorted((run.place, number) for number, side in enumerate(full) for run in side)
    visited = [side for side, _ in groupby(side for _, side in drawn)]
    lines = min(len({run.y for run in side}) for side in full)
    is_torn = len(visited) > 3 and len(visited) // 2 >= lines  # no two lines of a short column together
    return len(visited) > _MIXED or is_torn or visited == [1, 0]


def _framed(runs: list[Run], size: float) -> tuple[list[Run], list[Run], list[Run]]:
    """Part header and footer, lines that stand on their own at the edges, from what is between them."""
    edge = _FRAME * (runs[-1].y - runs[0].y)
    lines = _lines(runs, size)
    top = _alone([line for line in lines if line[0].y <= runs[0].y + edge], lines, size)
    foot = _alone([line for line in lines[::-1] if line[0].y >= runs[-1].y - edge], lines[::-1], size)
    first, last = sum(map(len, lines[:top])), sum(map(len, lines[len(lines) - foot :]))
    return runs[:first], runs[first : len(runs) - last], runs[len(runs) - last :]


def _alone(outer: list[Line], lines: list[Line], size: float) -> int:
    """How many of the outer lines, from outside, have white between them and the next."""
    following = zip(outer, lines[1:], strict=False)
    apart = (abs(other[0].y - one[0].y) > _APART * size for one, other in following)
    return sum(1 for _ in takewhile(bool, apart))


def _lines(runs: Iterable[Run], size: float) -> list[Line]:
    """Put runs of one height together, from left to right."""
    lines: list[Line] = []
    for run in sorted(runs, key=_height):
        if lines and run.y - lines[-1][0].y <= _SAME_LINE * size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _text(lines: list[Line]) -> str:
    return "\n".join(line_words(line) for line in lines)


def _mirrored(runs: Iterable[Run]) -> list[Run]:
    return [Run(run.words, -run.right, -run.left, run.y, run.size, run.place) for run in runs]


def _height(run: Run) -> float:
    return run.y
