"""The document of one open note: its text, its highlighting, its history of undo."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from core.text.outline import Outline
from desktop.editor.document_text import document_text, for_document
from desktop.editor.highlighter import MarkdownHighlighter
from desktop.editor.note_lines import NoteLines
from desktop.editor.patch import rewrite
from desktop.theme.theme import Theme


class NoteDocument(QTextDocument):
    """Holds a note's text exactly, `core.text` counting: LF line ends, every other character untouched.

    Signals:
        rewriting: The text is about to be changed by somebody who is not the person at the keys.
        rewritten: It has been.
        edited: The text is not what it was, whoever changed it. Qt's own signals tell of looks as well.
    """

    rewriting = Signal()
    rewritten = Signal()
    edited = Signal()

    def __init__(self, text: str, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDocumentLayout(QPlainTextDocumentLayout(self))
        self.setDefaultFont(theme.editor_font)
        self._highlighter = MarkdownHighlighter(self, theme)
        self.blockSignals(True)
        self.setPlainText(for_document(text))
        self.blockSignals(False)
        self.setModified(False)
        self._highlighter.begin()
        self._lines = NoteLines(self, text)
        self._outline: tuple[int, list[str], Outline] | None = None
        self._version = 0
        self._is_changing = False
        self.contentsChange.connect(self._contents_changed)

    @property
    def highlighter(self) -> MarkdownHighlighter:
        """What styles it."""
        return self._highlighter

    @property
    def version(self) -> int:
        """Another number for every other text. Qt's `revision` counts looks as well."""
        return self._version

    @property
    def is_changing(self) -> bool:
        """Whether `edited` is being told; Qt lays out what changed only after that."""
        return self._is_changing

    def text(self) -> str:
        """Return the note's text as it stands."""
        return document_text(self)

    def outline(self, *, may_be_old: bool = False) -> tuple[list[str], Outline]:
        """Return the note's lines and their outline; found once for each version of the text.

        Args:
            may_be_old: what was found for an earlier version will do.
        """
        if self._outline is None or (self._outline[0] != self._version and not may_be_old):
            lines = self._lines.all()
            self._outline = (self._version, lines, Outline(lines))
        return self._outline[1:]

    def rewrite(self, text: str) -> bool:
        """Make `text` the note's text by the fewest changes, in one undo step; False if it is already."""
        self.rewriting.emit()
        changed = rewrite(self, text)
        self.rewritten.emit()
        return changed

    def _contents_changed(self, position: int, _removed: int, added: int) -> None:
        if not self._highlighter.is_styling:
            self._lines.changed(position, added)
            self._version += 1
            self._is_changing = True
            self.edited.emit()
            self._is_changing = False
