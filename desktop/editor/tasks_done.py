"""Ticking a task off and making lines tasks, as Markdown and as Logseq write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextCursor

from desktop.editor.list_keys import lines_of
from desktop.editor.positions import units

_LINE = re.compile(
    r"(?P<lead>[ \t]*(?:>[ ]?)*)(?P<marker>(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
    r"(?:\[(?P<box>[ xX])\](?P<gap>[ \t]+|\Z)|(?P<word>TODO|DOING|NOW|LATER|WAITING|DONE)(?=[ \t]|\Z))?"
)


def toggle_tasks(cursor: QTextCursor) -> bool:
    """Tick the tasks of the selected lines off, or open them again where all are done, in one undo step.

    Where a line is no task yet, lines become tasks. Caret and selection stay at their words.
    """
    blocks = [block for block in lines_of(cursor) if block.text().strip()]
    changed = toggled([block.text() for block in blocks])
    cursor.beginEditBlock()
    for block, new in zip(blocks, changed, strict=True):
        old = block.text()
        head, tail = _alike(old, new), _alike(old[::-1], new[::-1])
        tail = min(tail, len(old) - head, len(new) - head)
        place = QTextCursor(block)
        place.setPosition(block.position() + units(old[:head]))
        place.setPosition(block.position() + units(old[: len(old) - tail]), QTextCursor.MoveMode.KeepAnchor)
        place.insertText(new[head : len(new) - tail])
    cursor.endEditBlock()
    return bool(blocks)


def toggled(lines: Sequence[str]) -> list[str]:
    """Return the lines as tasks; those that all are tasks done, those that all are done open."""
    found = [match for line in lines if (match := _LINE.match(line))]
    if not all(map(_is_task, found)):
        return [_as_task(match) for match in found]
    to = not all(map(_is_done, found))
    return [_ticked(match, done=to) for match in found]


def _is_task(line: re.Match[str]) -> bool:
    return bool(line["word"] or (line["marker"] and line["box"]))


def _is_done(line: re.Match[str]) -> bool:
    return line["word"] == "DONE" or line["box"] in ("x", "X")


def _as_task(line: re.Match[str]) -> str:
    if _is_task(line):
        return line.string
    start = line.end("marker") if line["marker"] else line.end("lead")
    return f"{line['lead']}{line['marker'] or '- '}[ ] {line.string[start:]}"


def _ticked(line: re.Match[str], *, done: bool) -> str:
    part, mark = ("word", "DONE" if done else "TODO") if line["word"] else ("box", "x" if done else " ")
    return line.string if _is_done(line) == done else _put(line, part, mark)


def _put(line: re.Match[str], part: str, mark: str) -> str:
    start, end = line.span(part)
    return line.string[:start] + mark + line.string[end:]


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
