"""Moving lines up and down: those of the selection, or a list item with all that belongs to it."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.editor import lists
from desktop.editor.list_keys import lines_of, with_its_own


def move_up(cursor: QTextCursor) -> bool:
    """Put the lines before what stands above them, in one undo step; False at the top."""
    moved = _moved(cursor)
    above = moved[0].previous()
    if not above.isValid():
        return False
    first = moved[0].text()
    sibling = above
    while lists.is_item(first) and lists.belongs_to(sibling.text(), first) and sibling.previous().isValid():
        sibling = sibling.previous()
    start = sibling if _are_siblings(sibling, first) else above
    _swap(cursor, (start, above), (moved[0], moved[-1]), moves_first=False)
    return True


def move_down(cursor: QTextCursor) -> bool:
    """Put the lines behind what stands below them, in one undo step; False at the end."""
    moved = _moved(cursor)
    below = moved[-1].next()
    if not below.isValid():
        return False
    end = with_its_own(below)[-1] if _are_siblings(below, moved[0].text()) else below
    _swap(cursor, (moved[0], moved[-1]), (below, end), moves_first=True)
    return True


def _moved(cursor: QTextCursor) -> list[QTextBlock]:
    lines = lines_of(cursor)
    return with_its_own(lines[0]) if len(lines) == 1 and lists.is_item(lines[0].text()) else lines


def _are_siblings(block: QTextBlock, line: str) -> bool:
    """Whether both are items of one list, and move past each other with all that is theirs."""
    other = block.text()
    if not lists.is_item(line) or not lists.is_item(other):
        return False
    return not lists.belongs_to(line, other) and not lists.belongs_to(other, line)


def _swap(
    cursor: QTextCursor,
    upper: tuple[QTextBlock, QTextBlock],
    lower: tuple[QTextBlock, QTextBlock],
    *,
    moves_first: bool,
) -> None:
    """Let two neighbouring runs of lines change places; caret and selection go with the one that moves."""
    start, middle, end = upper[0].position(), lower[0].position(), _end(lower[1])
    anchor, position = cursor.anchor(), cursor.position()
    above, below = _text(cursor, start, middle - 1), _text(cursor, middle, end)
    cursor.beginEditBlock()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(f"{below}\n{above}")
    cursor.endEditBlock()
    by = end - middle + 1 if moves_first else start - middle
    last = cursor.document().characterCount() - 1
    cursor.setPosition(min(anchor + by, last))
    cursor.setPosition(min(position + by, last), QTextCursor.MoveMode.KeepAnchor)


def _end(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def _text(cursor: QTextCursor, start: int, end: int) -> str:
    """Return a part of the document as it stands there, stand-ins for odd characters and all."""
    part = QTextCursor(cursor.document())
    part.setPosition(start)
    part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return part.selectedText().replace("\u2029", "\n")
