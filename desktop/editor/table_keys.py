"""What Tab does in a table: to the next cell, and behind the last one a new row."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.editor import tables
from desktop.editor.markdown_tokens import region
from desktop.editor.positions import to_points, units


def next_cell(cursor: QTextCursor) -> bool:
    """Go to the end of the next cell's words; False outside of a table."""
    if not _is_in_table(cursor):
        return False
    block = cursor.block()
    number = _cell_at(cursor) + 1
    if number < len(tables.cells(block.text())):
        _go(cursor, block, number)
        return True
    following = _row(block.next(), forwards=True)
    if following is None:
        _add_row(cursor)
    else:
        _go(cursor, following, 0)
    return True


def previous_cell(cursor: QTextCursor) -> bool:
    """Go to the end of the words of the cell before; False outside of a table."""
    if not _is_in_table(cursor):
        return False
    block, number = cursor.block(), _cell_at(cursor) - 1
    if number < 0:
        before = _row(block.previous(), forwards=False)
        if before is None:
            return True
        block, number = before, len(tables.cells(before.text())) - 1
    _go(cursor, block, number)
    return True


def _is_in_table(cursor: QTextCursor) -> bool:
    block = cursor.block()
    if cursor.hasSelection() or region(block.userState()) is not None or not tables.is_row(block.text()):
        return False
    first = block
    while first.previous().isValid() and tables.is_row(first.previous().text()):
        first = first.previous()
    return first.next().isValid() and tables.is_rule(first.next().text())


def _row(block: QTextBlock, *, forwards: bool) -> QTextBlock | None:
    """Return the first row of words from a line on; None where the table ends before."""
    while block.isValid() and tables.is_rule(block.text()):
        block = block.next() if forwards else block.previous()
    return block if block.isValid() and tables.is_row(block.text()) else None


def _cell_at(cursor: QTextCursor) -> int:
    line = cursor.block().text()
    column = to_points(line, cursor.positionInBlock())
    return max(0, sum(start <= column for start, _ in tables.cells(line)) - 1)


def _go(cursor: QTextCursor, block: QTextBlock, number: int) -> None:
    line = block.text()
    _, end = tables.cells(line)[number]
    cursor.setPosition(block.position() + units(line[:end]))


def _add_row(cursor: QTextCursor) -> None:
    """Add a row of as many empty cells below, in one undo step, and go to the first of them."""
    line = cursor.block().text()
    indent = line[: len(line) - len(line.lstrip())]
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertText("\n" + indent + "|" + "  |" * len(tables.cells(line)))
    _go(cursor, cursor.block(), 0)
