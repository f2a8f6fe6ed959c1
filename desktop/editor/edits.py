"""Small changes to a document that more than one action makes."""

from __future__ import annotations

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextFormat


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
