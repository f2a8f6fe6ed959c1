"""What Enter and Tab do in a list: the next item, an item deeper or less deep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.editor import lists
from desktop.editor.positions import to_points


def continue_list(cursor: QTextCursor) -> bool:
    """Begin the next item, in one undo step; False outside of a list.

    At an empty item it goes one level up, and ends the list at the first.
    """
    line = cursor.block().text()
    start = lists.continuation(line, to_points(line, cursor.positionInBlock()))
    if start is None or cursor.hasSelection():
        return False
    cursor.beginEditBlock()
    if start:
        cursor.insertText("\n" + start)
        _count_on(cursor.block())
    elif lists.is_item(line) and lists.outdented(line) != line:
        _shift_block(cursor.block(), deeper=False)
    else:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    cursor.endEditBlock()
    return True


def _count_on(item: QTextBlock) -> None:
    """Let the numbered items behind a new one count on, as far as they counted until now."""
    number, block = lists.number_of(item.text()), item.next()
    while number is not None and block.isValid():
        place = lists.where_counted(block.text(), item.text(), number)
        if place is None:
            return
        if place:
            number += 1
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + place.start)
            cursor.setPosition(block.position() + place.stop, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(str(number))
        block = block.next()


def break_line(cursor: QTextCursor) -> bool:
    """Begin a line like this one, in one undo step: Qt makes two of Enter on an empty line."""
    return _begin_line(cursor, lists.new_line)


def break_within(cursor: QTextCursor) -> bool:
    """Begin a line of the same item: Qt would write a character that no other editor takes for a line end."""
    return _begin_line(cursor, lists.line_within)


def _begin_line(cursor: QTextCursor, start_of: Callable[[str, int], str]) -> bool:
    place = QTextCursor(cursor)
    place.setPosition(cursor.selectionStart())
    line = place.block().text()
    cursor.insertText("\n" + start_of(line, to_points(line, place.positionInBlock())))
    return True


def indent(cursor: QTextCursor) -> bool:
    """Indent the lines of the selection, or the item under the caret; False where there is neither."""
    blocks = _blocks_of(cursor)
    if len(blocks) == 1 and not lists.is_item(blocks[0].text()):
        return False
    _shift(cursor, blocks, deeper=True)
    return True


def outdent(cursor: QTextCursor) -> bool:
    """Outdent the lines of the selection, or the line under the caret."""
    _shift(cursor, _blocks_of(cursor), deeper=False)
    return True


def _shift(cursor: QTextCursor, blocks: list[QTextBlock], *, deeper: bool) -> None:
    cursor.beginEditBlock()
    for block in blocks:
        _shift_block(block, deeper=deeper)
    cursor.endEditBlock()


def _shift_block(block: QTextBlock, *, deeper: bool) -> None:
    """Replace no more than the indentation, so that a caret further on stays where it is."""
    old = block.text()
    new = lists.indented(old) if deeper else lists.outdented(old)
    cursor = QTextCursor(block)
    if len(new) > len(old):
        cursor.insertText(new[: len(new) - len(old)])
    else:
        cursor.setPosition(block.position() + len(old) - len(new), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


def _blocks_of(cursor: QTextCursor) -> list[QTextBlock]:
    block = cursor.document().findBlock(cursor.selectionStart())
    blocks = [block]
    while block.next().isValid() and block.next().position() < cursor.selectionEnd():
        block = block.next()
        blocks.append(block)
    return blocks
