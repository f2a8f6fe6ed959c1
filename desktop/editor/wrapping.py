"""A sign typed over selected words: it goes round them where it is one of a pair."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

_PAIRS = {
    **{sign: sign for sign in "*_`~=$\"'"},
    **dict(zip("([{（【《「『“‘", ")]}）】》」』”’", strict=True)),
}
_LINE_END = "\u2029"


def wrap(cursor: QTextCursor, sign: str) -> bool:
    """Put a pair round the selection, in one undo step; False where there is none or it spans lines.

    The words stay selected, so that a second press makes `**bold**` or `[[link]]` of them.
    """
    closing = _PAIRS.get(sign)
    words = cursor.selectedText() if closing is not None else ""
    if closing is None or not words.strip() or _LINE_END in words:
        return False
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.beginEditBlock()
    cursor.setPosition(end)
    cursor.insertText(closing)
    cursor.setPosition(start)
    cursor.insertText(sign)
    cursor.endEditBlock()
    cursor.setPosition(start + len(sign))
    cursor.setPosition(end + len(sign), QTextCursor.MoveMode.KeepAnchor)
    return True
