"""What Enter and Tab do in a list: pure functions on one line of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.text.logseq import PROPERTY

_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<quote>(?:>[ ]?)*)"
    r"(?P<marker>[-*+]|(?P<number>\d{1,9})(?P<point>[.)]))(?P<gap>[ \t]+)(?P<task>\[[ xX]\][ \t]+)?"
)
_QUOTE = re.compile(r"[ \t]*(?:>[ ]?)+")
_PLANNED = re.compile(r"(?:SCHEDULED|DEADLINE): <")
INDENT = "    "
"""A level of a list: deep enough for the children of numbered items too (CommonMark 0.31, 5.2)."""


def is_item(line: str) -> bool:
    """Whether a line begins a list item."""
    return _ITEM.match(line) is not None


def words_begin(line: str) -> int:
    """Return the column at which the words of an item, quote or heading begin; 0 for any other line."""
    found = _ITEM.match(line) or _QUOTE.match(line) or re.match(r"#{1,6} +", line)
    return found.end() if found else 0


def continuation(line: str, column: int) -> str | None:
    """Return what begins the next line when Enter is pressed at `column` (in code points).

    An empty string means that the line holds a marker and nothing else: it is to be cleared, the list ends.
    None means that Enter does what it always does.
    """
    if found := _ITEM.match(line):
        prefix, start = found[0], _next_item(found)
    elif found := _QUOTE.match(line):
        prefix = start = found[0]
    else:
        return None
    if column < len(prefix):
        return None
    return start if line[len(prefix) :].strip() else ""


def new_line(line: str, column: int) -> str:
    """Return what begins the next line when Enter goes on with neither list nor quote: the same indentation.

    A line of nothing but spaces hands none on, so that a second Enter leads out of it.
    """
    before = line[:column]
    return before[: len(before) - len(before.lstrip(" \t"))] if line.strip() else ""


def line_within(line: str, column: int) -> str:
    """Return what begins the next line of the same item, as Shift+Enter has it: below its words."""
    found = _ITEM.match(line)
    if found is None or column < len(found["indent"]):
        return new_line(line, column)
    width = len(found["marker"]) + len(found["gap"])
    return found["indent"] + found["quote"] + " " * width


def number_of(line: str) -> int | None:
    """Return the number of a numbered item; None for any other line."""
    found = _ITEM.match(line)
    return int(found["number"]) if found and found["number"] else None


def where_counted(line: str, item: str, number: int) -> range | None:
    """Return the columns where a line has this number, in the list that `item` is one of.

    An empty range where the line belongs to an item of the list; None where the list, or its counting, ends.
    """
    found, one = _ITEM.match(line), _ITEM.match(item)
    if one is None or not line.strip():
        return None
    if len(line) - len(line.lstrip(" \t")) > len(one["indent"]):
        return range(0)
    alike = found is not None and all(found[part] == one[part] for part in ("indent", "quote", "point"))
    if found is None or not alike or found["number"] != str(number):
        return None
    return range(*found.span("number"))


def start_like(item: str) -> str:
    """Return what begins an item that takes the place of this one."""
    found = _ITEM.match(item)
    return _start(found, found["marker"]) if found else ""


def _next_item(found: re.Match[str]) -> str:
    counted = f"{int(found['number']) + 1}{found['point']}" if found["number"] else ""
    return _start(found, counted or found["marker"])


def _start(found: re.Match[str], marker: str) -> str:
    task = "[ ] " if found["task"] else ""
    return f"{found['indent']}{found['quote']}{marker}{found['gap']}{task}"


def level_in(lines: Iterable[str]) -> str:
    """Return what a level of indentation is in these lines, by their items; `INDENT` where none tells."""
    fewest = 0
    for line in lines:
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if indent and is_item(line):
            if indent[0] == "\t":
                return "\t"
            fewest = min(fewest or len(indent), len(indent))
    return " " * fewest if 1 < fewest < len(INDENT) else INDENT


def belongs_to(line: str, item: str) -> bool:
    """Whether a line behind a list item is one of its own: deeper than the item."""
    return bool(line.strip()) and _depth(line) > _depth(item)


def is_child_of(line: str, item: str) -> bool:
    """Whether a line behind a list item is an item below it."""
    return is_item(line) and belongs_to(line, item)


def is_property_of(line: str, item: str) -> bool:
    """Whether a line behind a list item is one of its Logseq properties, as `id:: ..` or a date planned."""
    words = line.strip()
    return belongs_to(line, item) and bool(PROPERTY.match(words) or _PLANNED.match(words))


def indented(line: str, level: str = INDENT) -> str:
    """Return a line one level deeper, in the manner that it is already indented; an empty one stays."""
    if not line:
        return line
    return ("\t" if line.startswith("\t") else level) + line


def outdented(line: str, level: str = INDENT) -> str:
    """Return a line one level less deep; one that is not indented stays."""
    if line.startswith("\t"):
        return line[1:]
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, len(level.expandtabs(4))) :]


def _depth(line: str) -> int:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(4))
