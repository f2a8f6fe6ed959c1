"""Cutting a note into pieces that can be rendered one by one, so that a change costs what its piece costs.

A piece begins where nothing that stands before can matter: at a heading, at an item of a list of points, at a
paragraph behind a blank line. Pure; lines count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.text.note_marks import footnote_label
from desktop.editor.markdown_tokens import COMMENT, FRONT_MATTER, NORMAL, states

MOST_LINES = 300
"""Lines of a note that are shown at once; a longer note is shown around the place in sight."""
STEP = 100
LONGEST_FOOTNOTE = 100
"""Lines."""

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_POINT = re.compile(r"[-*+](?:[ \t]|$)")
_NUMBERED = re.compile(r"\d{1,9}[.)](?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a note that are rendered together."""

    first: int
    text: str
    is_tight: bool = False
    """Whether a list goes on in the next piece with no room in between."""
    is_front: bool = False
    """Whether it is the front matter."""


def window(count: int, line: int) -> tuple[int, int]:
    """Return which lines of `count` to show, the end exclusive, so that `line` has others on both sides.

    It stays the same while the line moves by less than `STEP`.
    """
    if count <= MOST_LINES:
        return 0, count
    first = max(0, min((line - MOST_LINES // 2) // STEP * STEP, count - MOST_LINES))
    return first, min(count, first + MOST_LINES + STEP)


def pieces(lines: Sequence[str], *, first: int = 0) -> list[Piece]:
    """Return the pieces of these lines, the first of which is line `first` of the note.

    Comments of several lines and the texts of footnotes are left out.
    """
    result: list[Piece] = []
    for begin, end, state in _cuts(lines, is_whole=first == 0):
        if state != COMMENT and not footnote_label(lines[begin]):
            result += _piece(lines, begin, end, is_front=state == FRONT_MATTER)
    return [replace(piece, first=first + piece.first) for piece in result]


def footnotes_of(lines: Sequence[str]) -> dict[str, Piece]:
    """Return the texts of the footnotes of a note by label; of two with one label the first counts."""
    found: dict[str, Piece] = {}
    for number, line in enumerate(lines):
        label = footnote_label(line)
        if label and label not in found:
            some = [line[line.index("[^") :], *lines[number + 1 : number + LONGEST_FOOTNOTE]]
            _, end, _ = next(_cuts(some, is_whole=False))
            found[label] = Piece(number, "\n".join(some[:end]).rstrip())
    return found


def _cuts(lines: Sequence[str], *, is_whole: bool) -> Iterator[tuple[int, int, int]]:
    """Yield where each piece begins and ends, and the state after its first line.

    Args:
        is_whole: they are the first of a note; only there it has front matter.
    """
    padding = int(not is_whole)
    found = states([""] * padding + list(lines))
    after = {number - padding: state for number, state in found.items()}
    begin = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or _begins(lines, number, begin, after):
            yield begin, number, after.get(begin, NORMAL)
            begin = number


def _piece(lines: Sequence[str], begin: int, end: int, *, is_front: bool) -> list[Piece]:
    """Return the piece of the lines from `begin` to `end`, or none where they are blank."""
    last = end
    while last > begin and not lines[last - 1].strip():
        last -= 1
    if last == begin:
        return []
    goes_on = last == end < len(lines) and _POINT.match(lines[begin]) and _POINT.match(lines[end])
    return [Piece(begin, "\n".join(lines[begin:last]), is_tight=bool(goes_on), is_front=is_front)]


def _begins(lines: Sequence[str], number: int, begin: int, after: dict[int, int]) -> bool:
    """Whether a new piece begins with a line."""
    line, before = lines[number], after.get(number - 1, NORMAL)
    if before != NORMAL or not line.strip():
        return False
    ended = after.get(number - 2, NORMAL) != NORMAL and number - 1 >= begin
    if line[0] in " \t":
        return False
    if ended or _HEADING.match(line) or _HEADING.match(lines[begin]) or _POINT.match(line):
        return True
    if footnote_label(line):
        return True
    if lines[number - 1].strip():
        return False
    return not (_NUMBERED.match(line) and _NUMBERED.match(lines[begin]))
