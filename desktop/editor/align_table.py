"""Bringing the table under the caret into line."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from desktop.editor.editor import Editor
from desktop.editor.markdown_tokens import region
from desktop.editor.positions import to_points, units
from desktop.editor.tables import aligned, around


def align_table(editor: Editor) -> bool:
    """Align the table the caret stands in, in one undo step; only rows that change are written.

    Returns False, with nothing done, where there is no table, as in a code fence, or nothing to align.
    """
    note, cursor = editor.note, editor.textCursor()
    if note is None or region(cursor.block().userState()) is not None:
        return False
    lines, _ = note.outline()
    found = around(lines, cursor.blockNumber())
    if found is None:
        return False
    row = lines[cursor.blockNumber()]
    column = to_points(row, cursor.positionInBlock())
    rows = zip(range(found[0], found[1] + 1), aligned(lines[found[0] : found[1] + 1]), strict=True)
    changes = [(_row(editor, number), text) for number, text in rows if text != lines[number]]
    here = QTextCursor(cursor.block())  # stays before the row, whatever becomes of it
    here.setKeepPositionOnInsert(True)
    editor.rewrite_spans(changes)
    if changes:
        here.setKeepPositionOnInsert(False)  # the caret itself goes on with what is typed
        new = here.block().text()
        here.setPosition(here.block().position() + units(new[: _column_in(new, row, column)]))
        editor.setTextCursor(here)
    return bool(changes)


def _column_in(new: str, old: str, column: int) -> int:
    """Return the column behind the same words of the row as before; its end stays its end."""
    if not old[column:].strip():
        return len(new)
    words = len("".join(old[:column].split()))
    behind = 0
    while words and behind < len(new):
        words -= not new[behind].isspace()
        behind += 1
    was_apart = old[:column].endswith(" ") and new[behind : behind + 1] == " "
    return behind + was_apart


def _row(editor: Editor, number: int) -> QTextCursor:
    cursor = QTextCursor(editor.document().findBlockByNumber(number))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor
