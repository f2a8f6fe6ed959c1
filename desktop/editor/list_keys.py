"""What Enter and Tab do in a list: the next item, an item deeper or less deep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.editor import lists
from desktop.editor.positions import to_points, units

NEARBY = 200
"""Lines on both sides that are looked at for how the note indents."""


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
        _begin_item(cursor, start)
        _count_on(cursor.block())
    elif lists.is_item(line) and lists.outdented(line) != line:
        _shift_block(cursor.block(), lists.level_in(_lines_around(cursor.block())), deeper=False)
    else:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    cursor.endEditBlock()
    return True


def _begin_item(cursor: QTextCursor, start: str) -> None:
    """Take what stands behind the caret into an item of its own; properties stay with the one it leaves.

    So do its children: behind all words of an item that has some, the first of them begins.
    """
    left = cursor.block()
    last = _last_property(left) if cursor.positionInBlock() > lists.words_begin(left.text()) else left
    if cursor.atBlockEnd() and lists.is_child_of(child := last.next().text(), left.text()):
        start = lists.start_like(child)
    if last == left:
        cursor.insertText("\n" + start)
        return
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    words = cursor.selectedText()
    cursor.removeSelectedText()
    cursor.setPosition(last.position() + last.length() - 1)
    cursor.insertText("\n" + start + words)
    cursor.setPosition(cursor.position() - units(words))


def _last_property(item: QTextBlock) -> QTextBlock:
    """Return the last line of the properties that Logseq keeps below an item; the item if it has none."""
    last = item
    while last.next().isValid() and lists.is_property_of(last.next().text(), item.text()):
        last = last.next()
    return last


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
    """Indent the lines of the selection, or the item under the caret with all that belongs to it.

    Returns False where there is neither.
    """
    blocks = lines_of(cursor)
    if len(blocks) == 1 and not lists.is_item(blocks[0].text()):
        return False
    _shift(cursor, blocks, deeper=True)
    return True


def outdent(cursor: QTextCursor) -> bool:
    """Outdent the lines of the selection, or the line under the caret with all that belongs to it."""
    _shift(cursor, lines_of(cursor), deeper=False)
    return True


def _shift(cursor: QTextCursor, blocks: list[QTextBlock], *, deeper: bool) -> None:
    level = lists.level_in(_lines_around(blocks[0]))
    first = blocks[0].text()
    if len(blocks) == 1 and lists.is_item(first):
        if not deeper and lists.outdented(first, level) == first:
            return  # its children stay its children
        blocks = with_its_own(blocks[0])
    cursor.beginEditBlock()
    for block in blocks:
        _shift_block(block, level, deeper=deeper)
    cursor.endEditBlock()


def _shift_block(block: QTextBlock, level: str, *, deeper: bool) -> None:
    """Replace no more than the indentation, so that a caret further on stays where it is."""
    old = block.text()
    new = lists.indented(old, level) if deeper else lists.outdented(old, level)
    cursor = QTextCursor(block)
    if len(new) > len(old):
        cursor.insertText(new[: len(new) - len(old)])
    else:
        cursor.setPosition(block.position() + len(old) - len(new), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


def with_its_own(item: QTextBlock) -> list[QTextBlock]:
    """Return the lines of an item and of all that is deeper below it."""
    blocks, block = [item], item.next()
    while block.isValid() and lists.belongs_to(block.text(), item.text()):
        blocks.append(block)
        block = block.next()
    return blocks


def _lines_around(block: QTextBlock) -> Iterator[str]:
    """Yield the lines that tell how this one may be indented: those nearby."""
    document, here = block.document(), block.blockNumber()
    for number in range(max(0, here - NEARBY), min(document.blockCount(), here + NEARBY)):
        yield document.findBlockByNumber(number).text()


def lines_of(cursor: QTextCursor) -> list[QTextBlock]:
    """Return the lines of the selection; one that it only reaches the start of is none of them."""
    block = cursor.document().findBlock(cursor.selectionStart())
    blocks = [block]
    while block.next().isValid() and block.next().position() < cursor.selectionEnd():
        block = block.next()
        blocks.append(block)
    return blocks
