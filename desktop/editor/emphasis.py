"""Making words bold or italic, and plain again: what `Ctrl+B` and `Ctrl+I` do, in one undo step."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.editor.editor import Editor
from desktop.editor.lists import words_begin
from desktop.editor.positions import to_points, units

BOLD, ITALIC = "**", "*"
_WORD = re.compile(r"[A-Za-z0-9_'’-]+")


def toggle(editor: Editor, mark: str) -> bool:
    """Mark the selection, or the English word at the caret, or take the mark off; False in a note only shown.

    Where there is neither, the caret stands between two marks. Of several lines the words of each are marked.
    """
    if editor.note is None or editor.isReadOnly():
        return False
    cursor = editor.textCursor()
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    block = editor.document().findBlock(first)
    spans: list[tuple[QTextBlock, int, int]] = []
    while block.isValid() and block.position() <= last:
        spans.append(
            (block, max(0, first - block.position()), min(block.length() - 1, last - block.position()))
        )
        block = block.next()
    cursor.beginEditBlock()
    places = [_toggle_in(span, mark) for span in reversed(spans) if len(spans) == 1 or span[1] < span[2]]
    cursor.endEditBlock()
    if places:
        cursor.setPosition(places[-1][0])
        if len(spans) == 1:
            cursor.setPosition(places[0][1], QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
    return bool(places)


def toggled(line: str, start: int, end: int, mark: str) -> tuple[str, int, int]:
    """Return the line with the words between two columns marked, or no more so, and where they are then."""
    if start == end and (word := _word_at(line, start)):
        start, end = word
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    width = len(mark)
    if _holds(min(_stars_before(line, start), _stars_behind(line, end)), mark):
        return line[: start - width] + line[start:end] + line[end + width :], start - width, end - width
    inner = line[start:end]
    if inner.strip("*") and _holds(min(_stars_behind(inner, 0), _stars_before(inner, len(inner))), mark):
        return line[:start] + inner[width:-width] + line[end:], start, end - 2 * width
    return line[:start] + mark + inner + mark + line[end:], start + width, end + width


def _holds(stars: int, mark: str) -> bool:
    """Whether so many stars on both sides make words what the mark makes them: three are both."""
    return stars >= 2 if mark == BOLD else stars % 2 == 1


def _stars_before(line: str, column: int) -> int:
    return column - len(line[:column].rstrip("*"))


def _stars_behind(line: str, column: int) -> int:
    return len(line) - column - len(line[column:].lstrip("*"))


def _word_at(line: str, column: int) -> tuple[int, int] | None:
    return next(
        (found.span() for found in _WORD.finditer(line) if found.start() <= column <= found.end()), None
    )


def _toggle_in(span: tuple[QTextBlock, int, int], mark: str) -> tuple[int, int]:
    """Change one line; return where its words are then, in the document."""
    block, first, last = span
    line = block.text()
    start, end = max(to_points(line, first), words_begin(line) if first != last else 0), to_points(line, last)
    new, begin, stop = toggled(line, min(start, end), end, mark)
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if new != line:
        cursor.insertText(new)
    return block.position() + units(new[:begin]), block.position() + units(new[:stop])
