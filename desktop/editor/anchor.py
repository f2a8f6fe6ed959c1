"""A place in a note that stays where it is while the note is being edited."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from desktop.editor.document_text import selected_text


class TextAnchor:
    """A caret or selection as it was when a request was made; it moves with the words around it.

    What is typed right before or right after a selection does not become part of it.
    """

    def __init__(self, cursor: QTextCursor) -> None:
        self._document = cursor.document()
        self._start = self._mark(cursor.selectionStart(), stays=False)
        self._end = self._mark(cursor.selectionEnd(), stays=cursor.hasSelection())
        self.text = selected_text(cursor)
        """What was selected when the anchor was taken; empty for a caret."""

    def _mark(self, position: int, *, stays: bool) -> QTextCursor:
        mark = QTextCursor(self._document)
        mark.setPosition(position)
        mark.setKeepPositionOnInsert(stays)
        return mark

    def cursor(self) -> QTextCursor:
        """Return a cursor that selects the anchor's place as it is now."""
        # Once the words are gone, whatever comes in their place, they themselves too, crosses the marks.
        start, end = sorted((self._start.position(), self._end.position()))
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def is_in(self, document: object) -> bool:
        """Whether the place lies in this document."""
        return self._document is document

    def is_unchanged(self) -> bool:
        """Whether the text there is still what it was."""
        return selected_text(self.cursor()) == self.text
