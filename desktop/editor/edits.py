"""Small changes to a document that more than one action makes."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextFormat

from desktop.editor import lists


def seal(cursor: QTextCursor) -> None:
    """Keep what is typed next out of this undo step: Qt joins an insertion to one right before it.

    So the step ends with something else, a mark put on the paragraph and taken off: one that stayed would be
    inherited by the next paragraph, and of an empty one with a format Enter first takes the format away.
    """
    plain = cursor.blockFormat()
    marked = QTextBlockFormat(plain)
    marked.setProperty(QTextFormat.Property.UserProperty, True)
    cursor.setBlockFormat(marked)
    cursor.setBlockFormat(plain)


def shift(block: QTextBlock, *, deeper: bool) -> None:
    """Replace no more than the indentation, so that a caret further on stays where it is."""
    old = block.text()
    new = lists.indented(old) if deeper else lists.outdented(old)
    cursor = QTextCursor(block)
    if len(new) > len(old):
        cursor.insertText(new[: len(new) - len(old)])
    else:
        cursor.setPosition(block.position() + len(old) - len(new), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
