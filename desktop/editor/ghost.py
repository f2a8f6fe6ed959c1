"""Words behind the caret that are on the screen and nowhere else.

They stand in the preedit area of the caret's block, where an input method shows what is being composed: they
wrap, what follows makes room, and document, undo, clipboard and file know nothing of them. Qt takes a block
with a preedit area for one under composition and empties the area at a mouse press or an input event, the
looks of the whole line with it: `ghost_text` takes the ghost away before.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QBrush, QTextBlock, QTextCharFormat, QTextFormat, QTextLayout

from desktop.editor.document_text import for_document
from desktop.editor.editor import Editor
from desktop.editor.markdown_tokens import NORMAL
from desktop.editor.note_document import NoteDocument
from desktop.editor.positions import units
from desktop.theme.theme import Theme

_LINE_SEPARATOR = "\u2028"


class Ghost:
    """Paints one text at one place of the note in the editor.

    Told while the text is changing it waits until Qt has laid the change out: two changes at once would make
    Qt lay out and paint everything, 3 ms a key where a line takes 0.3.
    """

    def __init__(self, editor: Editor, theme: Theme) -> None:
        self._editor = editor
        self._theme = theme
        self._text = ""
        self._block = QTextBlock()
        self._column = 0
        self._left = QTextBlock()
        """The line that it stood in before, where that is still to be cleared."""
        self._is_due = False
        editor.textChanged.connect(self._put_what_is_due)
        editor.restyled.connect(self._refresh)
        theme.changed.connect(self._refresh)

    @property
    def text(self) -> str:
        """What is on the screen; empty where nothing is."""
        return self._text

    def show(self, text: str) -> None:
        """Show `text` at the caret, in place of what was shown."""
        if self._editor.note is None:
            return
        cursor = self._editor.textCursor()
        if self._text and cursor.block() != self._block:
            self._left = self._block
        self._text, self._block, self._column = text, cursor.block(), cursor.positionInBlock()
        self._put()

    def hide(self) -> None:
        """Take away what is shown."""
        if self._text:
            self._text = ""
            self._put()

    def _put_what_is_due(self) -> None:
        if self._is_due:
            self._put()

    def _refresh(self) -> None:
        if self._text:
            self._put()

    def _put(self) -> None:
        """Bring the lines up to date that it stands in and stood in."""
        note = self._editor.note
        self._is_due = note is not None and note.is_changing
        if self._is_due:
            return
        here = self._text, self._block
        self._text, self._block, self._left = "", self._left, QTextBlock()
        self._put_line()
        self._text, self._block = here
        self._put_line()

    def _put_line(self) -> None:
        """Bring the line up to date, and paint no more than it where it is as high as before."""
        if not self._block.isValid():
            return
        layout = self._block.layout()
        height = layout.lineCount()
        shown = for_document(self._text).replace("\n", _LINE_SEPARATOR)
        layout.setPreeditArea(self._column if shown else -1, shown)
        self._dress()
        self._lay_out()
        self._editor.repaint_line(self._block, and_below=layout.lineCount() != height)

    def _lay_out(self) -> None:
        """Lay the line out, unheard: of a change of looks Qt tells that everything is to be painted."""
        document = self._editor.document()
        around = document.documentLayout()
        around.blockSignals(True)
        document.markContentsDirty(self._block.position(), 1)
        around.blockSignals(False)
        around.blockBoundingRect(self._block)  # lays out what has no lines, and tells where there are more

    def _dress(self) -> None:
        """Give the line its looks, clear of the ghost, and the ghost its own."""
        note = self._editor.note
        if note is not None and self._block.document() is note:
            self._block.layout().setFormats(list(self._line_looks(note)) + list(self._ghost_looks(note)))

    def _line_looks(self, note: NoteDocument) -> Iterator[QTextLayout.FormatRange]:
        """Yield the looks of what stands in the note, moved apart where the ghost stands."""
        gap = units(self._text)
        line, number = self._block.text(), self._block.blockNumber()
        stretches, _ = note.highlighter.styled(line, self._state(), is_first=self._is_first(), number=number)
        for start, end, style in stretches:
            for first, last in ((start, min(end, self._column)), (max(start, self._column), end)):
                if first < last:
                    moved = gap if first >= self._column else 0
                    yield _look(first + moved, last + moved, style)

    def _ghost_looks(self, note: NoteDocument) -> Iterator[QTextLayout.FormatRange]:
        """Yield the looks that the words would have if they were taken, all in the colour of a ghost."""
        end = self._column + units(self._text)
        if end == self._column:
            return
        before, after = _split(self._block.text(), self._column)
        yield _look(self._column, end, self._plain())
        place, state = 0, self._state()
        for number, line in enumerate((before + self._text + after).split("\n")):
            is_first = number == 0 and self._is_first()
            stretches, state = note.highlighter.styled(line, state, is_first=is_first)
            for first, last, style in stretches:
                start, stop = max(place + first, self._column), min(place + last, end)
                if start < stop:
                    yield _look(start, stop, self._pale(style))
            place += units(line) + 1

    def _is_first(self) -> bool:
        return self._block.position() == 0

    def _state(self) -> int:
        previous = self._block.previous()
        return previous.userState() if previous.isValid() else NORMAL

    def _plain(self) -> QTextCharFormat:
        font = self._theme.editor_font
        plain = QTextCharFormat()
        plain.setFontFamilies(font.families())
        plain.setProperty(QTextFormat.Property.FontPixelSize, font.pixelSize())
        return self._pale(plain)

    def _pale(self, style: QTextCharFormat) -> QTextCharFormat:
        pale = QTextCharFormat(style)
        pale.setForeground(self._theme.colour("ghost"))
        pale.setBackground(QBrush())
        return pale


def _look(start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    look = QTextLayout.FormatRange()
    look.start, look.length, look.format = start, end - start, style
    return look


def _split(line: str, column: int) -> tuple[str, str]:
    """Split a line at a column in UTF-16 units."""
    data = line.encode("utf-16-le", "surrogatepass")
    return (
        data[: 2 * column].decode("utf-16-le", "surrogatepass"),
        data[2 * column :].decode("utf-16-le", "surrogatepass"),
    )
