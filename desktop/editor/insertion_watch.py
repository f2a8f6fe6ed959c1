"""What becomes of a suggestion that went into the note: left as it came, changed by hand, or taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from shiboken6 import isValid

from core.session.model import Outcome
from desktop.editor.document_text import selected_text
from desktop.editor.editor import Editor
from desktop.editor.positions import units

SETTLED_MS = 2000
"""After so long without a change to the note it is looked at what stands there."""
MOST = 20
"""Suggestions that are watched; older ones keep what was last seen of them."""


class InsertionWatch(QObject):
    """Follows the texts that answers put into notes, through typing, undo and redo.

    Signals:
        seen: A text is not what was last told of it; carries trace id, `Outcome`, and what stands there.
    """

    seen = Signal(str, object, str)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._watched: list[_Inserted] = []
        self._settling = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settling.timeout.connect(self.look)

    def expect(self, trace_id: str, text: str) -> None:
        """This text is about to be put into the note that is open."""
        self._watched = [one for one in self._watched if isValid(one) and one.has_come]
        for old in self._watched[: max(0, len(self._watched) - MOST + 1)]:
            self._drop(old)
        if trace_id and text.strip():
            inserted = _Inserted(self._editor.document(), trace_id, text.strip(), self)
            inserted.moved.connect(self._settling.start)
            self._watched.append(inserted)

    def look(self) -> None:
        """Tell what has changed since it was last told."""
        for inserted in self._watched:
            if isValid(inserted) and (outcome := inserted.news()) is not None:
                self.seen.emit(inserted.trace_id, outcome, inserted.text_now())

    def _drop(self, inserted: _Inserted) -> None:
        self._watched.remove(inserted)
        inserted.deleteLater()


class _Inserted(QObject):
    """One text in a document, from the moment it comes.

    Signals:
        moved: The document changed after it had come.
    """

    moved = Signal()

    def __init__(self, document: QTextDocument, trace_id: str, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self.trace_id = trace_id
        self._document = document
        self._text = text
        self._start = self._end = QTextCursor()
        self._told = (Outcome.INSERTED, text)
        document.contentsChange.connect(self._changed)

    @property
    def has_come(self) -> bool:
        """Whether it stands, or stood, in the document."""
        return not self._start.isNull()

    def text_now(self) -> str:
        """What stands in its place."""
        start = self._start.position()
        return selected_text(self._span(start, max(start, self._end.position()))).strip()

    def news(self) -> Outcome | None:
        """What became of it, where that is not what was last told."""
        if not isValid(self._document) or not self.has_come:
            return None
        now = self.text_now()
        outcome = Outcome.REFUSED if not now else Outcome.INSERTED if now == self._text else Outcome.EDITED
        if (outcome, now) == self._told:
            return None
        self._told = (outcome, now)
        return outcome

    def _changed(self, position: int, _removed: int, added: int) -> None:
        # Not here yet, or taken back; redo brings it again, and pushes only the start before it.
        is_away = self._start.position() >= self._end.position()
        if is_away and added >= units(self._text):
            self._find(position, added)
        if self.has_come:
            self.moved.emit()

    def _find(self, position: int, added: int) -> None:
        """Look for the text among what has just come."""
        among = self._span(position, position + added)
        words = selected_text(among)
        if (start := words.find(self._text)) >= 0:
            first = among.selectionStart() + units(words[:start])
            self._start = self._mark(first, stays=False)
            self._end = self._mark(first + units(self._text), stays=True)

    def _mark(self, position: int, *, stays: bool) -> QTextCursor:
        """Words typed right before or behind the text do not become part of it."""
        mark = QTextCursor(self._document)
        mark.setPosition(position)
        mark.setKeepPositionOnInsert(stays)
        return mark

    def _span(self, start: int, end: int) -> QTextCursor:
        last = self._document.characterCount() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor
