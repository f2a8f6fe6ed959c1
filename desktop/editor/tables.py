"""Tables with their columns in line: pure functions on lines of Markdown.

A Chinese character is two columns wide, as in every fixed-width face that has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_ROW = re.compile(r"[ \t]*\|")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*(:?)-+(:?)\s*\Z")
_CODE = re.compile(r"(`+).+?\1|\[\[[^\[\]]*\]\]")
_LEAST = 3


def is_row(line: str) -> bool:
    """Whether a line is a row of a table that is written with outer bars."""
    return bool(_ROW.match(line)) and len(_cells(line)) > 0


def is_rule(line: str) -> bool:
    """Whether a line is the row of dashes below the heads."""
    return is_row(line) and all(_RULE.match(cell) for cell in _cells(line))


def cells(line: str) -> list[tuple[int, int]]:
    """Return where each cell of a row begins, behind its bar, and where its words end, in code points."""
    bars = [found.start() for found in _BAR.finditer(_bare(line))]
    spans = []
    for start, stop in zip(bars, [*bars[1:], len(line)], strict=True):
        words = line[start + 1 : stop]
        if stop < len(line) or words.strip():
            spans.append((start + 1, start + 1 + (len(words.rstrip()) or min(1, len(words)))))
    return spans


def around(lines: Sequence[str], line: int) -> tuple[int, int] | None:
    """Return first and last line, from 0, of the table that a line stands in; None for no table.

    A table has a rule of dashes as its second row.
    """
    if not is_row(lines[line]):
        return None
    first = last = line
    while first > 0 and is_row(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and is_row(lines[last + 1]):
        last += 1
    return (first, last) if last > first and is_rule(lines[first + 1]) else None


def aligned(lines: Sequence[str]) -> list[str]:
    """Return a table's rows with equally wide columns, each cell on the side that its rule says.

    Words and the number of cells stay what they are, but that short rows are filled up to the rule's length.
    """
    rows = [_cells(line) for line in lines]
    columns = max(map(len, rows))
    sides = [_side(cell) for cell in rows[1]] + [""] * columns
    widths = [
        max(_LEAST, *(_width(row[n].strip()) for k, row in enumerate(rows) if k != 1 and n < len(row)), 0)
        for n in range(columns)
    ]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    result = []
    for number, row in enumerate(rows):
        cells = [*row, *[""] * (len(rows[1]) - len(row))]
        put = [
            _rule(sides[n], widths[n]) if number == 1 else _padded(cell.strip(), widths[n], sides[n])
            for n, cell in enumerate(cells)
        ]
        result.append(f"{indent}| {' | '.join(put)} |")
    return result


def _cells(line: str) -> list[str]:
    """Return what stands between the bars; one in code, in a link or behind a backslash is no bar."""
    parts = [part.replace("\0", "|") for part in _BAR.split(_bare(line))][1:]
    return parts[:-1] if parts and not parts[-1].strip() else parts


def _bare(line: str) -> str:
    """Return the line with another sign for each bar that is none."""
    return _CODE.sub(lambda found: found[0].replace("|", "\0"), line)


def _side(cell: str) -> str:
    found = _RULE.match(cell)
    left, right = (found[1], found[2]) if found else ("", "")
    return {"::": "centre", ":": "left" if left else "right"}.get(left + right, "")


def _rule(side: str, width: int) -> str:
    left, right = side in ("left", "centre"), side in ("right", "centre")
    return ":" * left + "-" * (width - left - right) + ":" * right


def _padded(text: str, width: int, side: str) -> str:
    room = width - _width(text)
    before = {"right": room, "centre": room // 2}.get(side, 0)
    return " " * before + text + " " * (room - before)


def _width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or sign in "\u200b\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
