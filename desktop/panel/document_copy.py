"""Appends HTML to a rich-text document so that appended pieces look like the whole.

`QTextCursor.insertHtml` merges the first block into the one before, losing its margins and leaving empty
blocks, so that an answer would look different once it has been streamed. Here the piece becomes a small
document of its own, which is then copied block by block.
"""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextList,
    QTextTable,
)


class InertDocument(QTextDocument):
    """A document that loads nothing: Qt's own reads the files and network shares that a text names."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Return nothing, whatever is wanted."""
        return None


class Appender:
    """Adds HTML at the end of a document."""

    def __init__(self, target: QTextDocument) -> None:
        self._target = target
        self._piece = InertDocument()

    def set_style(self, css: str) -> None:
        """Use this style sheet and the target's font for what is appended from now on."""
        self._piece.setDefaultFont(self._target.defaultFont())
        self._piece.setDefaultStyleSheet(css)

    def append(self, html: str) -> None:
        """Add the blocks of `html`."""
        self._piece.setHtml(html.strip())
        _Copy(QTextCursor(self._target)).frame(self._piece.rootFrame())


class _Copy:
    """Copies blocks, lists and tables to the end of a cursor's document."""

    def __init__(self, cursor: QTextCursor) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor = cursor
        self._lists: dict[int, QTextList] = {}
        self._fresh = cursor.document().isEmpty()  # its one empty block is waiting for the first text
        self._after_table = _stands_after_table(cursor.block())

    def frame(self, root: QTextFrame) -> None:
        """Copy all that a frame holds."""
        place = root.begin()
        while not place.atEnd():
            frame = place.currentFrame()
            if isinstance(frame, QTextTable):
                self._table(frame)
            elif place.currentBlock().isValid():
                self._block(place.currentBlock())
            place += 1

    def _block(self, block: QTextBlock) -> None:
        if _only_frames_table(block):
            return
        self._begin_block(block.blockFormat(), block.charFormat())
        source = block.textList()
        if source is not None:
            self._add_to_list(source)
        self._fragments(self._cursor, block)

    def _begin_block(self, form: QTextBlockFormat, characters: QTextCharFormat) -> None:
        form.setObjectIndex(-1)  # the list of the other document
        if self._fresh or self._after_table:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(characters)
        else:
            self._cursor.insertBlock(form, characters)
        self._fresh = self._after_table = False

    def _add_to_list(self, source: QTextList) -> None:
        key = source.objectIndex()
        if key in self._lists:
            self._lists[key].add(self._cursor.block())
        else:
            self._lists[key] = self._cursor.createList(source.format())

    def _table(self, source: QTextTable) -> None:
        table = self._cursor.insertTable(source.rows(), source.columns(), source.format())
        for row in range(source.rows()):
            for column in range(source.columns()):
                cell, copy = source.cellAt(row, column), table.cellAt(row, column)
                copy.setFormat(cell.format())
                block = cell.firstCursorPosition().block()
                inside = copy.firstCursorPosition()
                inside.setBlockFormat(block.blockFormat())
                self._fragments(inside, block)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh, self._after_table = False, True

    @staticmethod
    def _fragments(cursor: QTextCursor, block: QTextBlock) -> None:
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            cursor.insertText(fragment.text(), fragment.charFormat())
            place += 1


def _only_frames_table(block: QTextBlock) -> bool:
    """Whether this is one of the empty blocks that Qt puts before a table that stands first, and behind
    each; inserting a table makes them anew."""
    if block.text() or block.blockFormat().hasProperty(
        QTextFormat.Property.BlockTrailingHorizontalRulerWidth
    ):
        return False
    first_before_table = block.position() == 0 and _in_table(block.next())
    return first_before_table or (not _in_table(block) and _in_table(block.previous()))


def _stands_after_table(block: QTextBlock) -> bool:
    return not block.text() and _in_table(block.previous())


def _in_table(block: QTextBlock) -> bool:
    return block.isValid() and QTextCursor(block).currentTable() is not None
