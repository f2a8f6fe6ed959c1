"""Whether lines on a page are running text: what tells a column from a table, a list or a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from core.documents.lines import columns

_LEAST_LINES = 6
"""Cells of a table seldom have as many."""
_LONG = 20
"""Columns of a line of text, a Chinese character counting two; newspapers set 11 to 13 characters a line."""
_LETTERS = 0.6
"""Share of what is no space; dates and numbers have fewer."""
_FULL = 0.85
"""A line of at least this share of the measure fills it."""
_MOST, _NEARLY_ALL = 0.55, 0.8
_RUNNING_ON = 0.25
"""Share of lines that begin within a sentence; prose has two thirds, a table's cells hardly any."""
_GAP = 1.35
"""Of the distance of two lines: a gap that is wider stands between rows, or paragraphs."""
_ROW_LINES = 8
"""Lines a row of a table has at most, on average."""
_SMALL = 0.92
_NOTE = re.compile(r"\s*(?:\d{1,3}\b|[*†‡§¶①-⑳]|[\[〔［(（]\d{1,3}[\]〕］)）]|注[:：])")
_PUNCTUATION = re.compile("[，。、；：！？]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line that no wide gap parts."""

    words: str
    left: float
    right: float
    y: float
    """Its baseline, counted downwards."""
    size: float
    place: int
    """In the order of drawing."""

    @property
    def width(self) -> float:
        """How wide it is set."""
        return self.right - self.left


def line_words(line: Sequence[Run]) -> str:
    """Return the words of one line's runs, with a space between them unless they are Chinese."""
    words = line[0].words
    for run in line[1:]:
        space = "" if columns(words[-1]) + columns(run.words[0]) > 2 else " "
        words += space + run.words
    return words


def measure(runs: Sequence[Run]) -> float:
    """Return the width of a full line: a fifth of the lines may be wider, as headings are."""
    widths = sorted(run.width for run in runs)
    return widths[len(widths) * 4 // 5]


def is_prose(runs: Sequence[Run]) -> bool:
    """Whether runs are lines of text: long, of letters, most as wide as the measure, running on.

    Each counts as much as it has characters, so that the numbers of lines beside them do no harm.
    """
    lengths = [columns(run.words) for run in runs]
    total = sum(lengths)
    wide = _FULL * measure(runs)
    full = sum(length for run, length in zip(runs, lengths, strict=True) if run.width >= wide)
    if sum(length >= _LONG for length in lengths) < _LEAST_LINES or _letters(runs) < _LETTERS:
        return False
    if sum(length for length in lengths if length >= _LONG) < _MOST * total:
        return False
    return full >= _NEARLY_ALL * total or (full >= _MOST * total and _runs_on(runs))


def are_columns(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether both sides are prose, or one is and the other has a few lines of the same measure."""
    if is_prose(left):
        return is_prose(right) or continues(right, measure(left))
    return is_prose(right) and continues(left, measure(right))


def continues(runs: Sequence[Run], wide: float) -> bool:
    """Whether a few runs go on with a column of this measure: a single one a line, most of them full."""
    heights = sorted(run.y for run in runs)
    if any(other - one < min(run.size for run in runs) / 2 for one, other in pairwise(heights)):
        return False
    full = sum(run.width for run in runs if run.width >= _FULL * wide)
    is_column = all(run.width <= wide / _FULL for run in runs)
    return is_column and full >= _MOST * sum(run.width for run in runs)


def is_table(left: Sequence[Run], right: Sequence[Run], size: float) -> bool:
    """Whether lines side by side are cells: both sides pause at the same heights, again and again."""
    return _is_drawn_by_row(left, right) or _has_common_gaps(left, right, size)


def is_footnote(
    lines: Sequence[Sequence[Run]], above: Sequence[Sequence[Run]], following: Sequence[Sequence[Run]]
) -> bool:
    """Whether the last lines of a column are its footnotes: marked, and smaller than what is around them."""
    small = _SMALL * _size(above)
    if not above or not _NOTE.match(line_words(lines[0])) or any(_size([line]) > small for line in lines):
        return False
    return not following or _size(following[:3]) > small


def is_right_to_left(runs: Sequence[Run]) -> bool:
    """Whether most letters are Arabic, Hebrew and the like: their first column is the right one."""
    kinds = [unicodedata.bidirectional(character) for run in runs for character in run.words[:8]]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _size(lines: Sequence[Sequence[Run]]) -> float:
    return median(run.size for line in lines for run in line) if lines else 0.0


def _letters(runs: Sequence[Run]) -> float:
    """Share of letters in what is no space."""
    inked = [character for run in runs for character in run.words if not character.isspace()]
    return sum(character.isalpha() for character in inked) / max(1, len(inked))


def _runs_on(runs: Sequence[Run]) -> bool:
    """Whether enough lines begin within a sentence: in lower case, or Chinese with its punctuation inside."""
    inside = sum(run.words[:1].islower() or bool(_PUNCTUATION.search(run.words[:-1])) for run in runs)
    return inside >= _RUNNING_ON * len(runs)


def _is_drawn_by_row(left: Sequence[Run], right: Sequence[Run]) -> bool:
    """Whether cells of several lines were drawn one by one, each pair of them below the one before."""
    drawn = sorted([(run.place, 0, run.y) for run in left] + [(run.place, 1, run.y) for run in right])
    cells = [[y for _, _, y in cell] for _, cell in groupby(drawn, key=lambda one: one[1])]
    if len(cells) < 4 or median(len({round(y) for y in cell}) for cell in cells) < 1.5:
        return False
    return any(_is_stack(cells[first:]) for first in (0, 1))  # a row may begin on the page before


def _is_stack(cells: list[list[float]]) -> bool:
    """Whether each pair of cells is below the one before."""
    rows = [[*cell, *beside] for cell, beside in zip(cells[::2], cells[1::2], strict=False)]
    return all(max(row) < min(below) for row, below in pairwise(rows))


def _has_common_gaps(left: Sequence[Run], right: Sequence[Run], size: float) -> bool:
    """Whether white parts the lines of both sides at the same heights, a few lines apart."""
    pitch = median(_steps(left, size) or _steps(right, size) or [size])
    steps = _steps([*left, *right], size)
    gaps = sum(step > _GAP * pitch for step in steps)
    return gaps >= 2 and len(left) + len(right) <= 2 * _ROW_LINES * (gaps + 1)


def _steps(runs: Sequence[Run], size: float) -> list[float]:
    """The distances from line to line."""
    heights = sorted(run.y for run in runs)
    return [other - one for one, other in pairwise(heights) if other - one > size / 2]
