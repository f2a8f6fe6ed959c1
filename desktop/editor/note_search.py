"""Find and replace in the open note: between the bar and the editor."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desktop.editor.editor import Editor
from desktop.editor.find_bar import FindBar
from desktop.editor.finding import Finder, PatternUnusable, Span, UnitMap, Wanted
from desktop.theme.theme import Theme

LOOK_AGAIN_MS = 150
MOST_MARKED = 400
"""Places marked on the page, those nearest to the one in sight; Qt looks at each for every line it paints."""


class NoteSearch(QObject):
    """Finds what the bar asks for, marks it, goes from place to place, and replaces."""

    def __init__(self, editor: Editor, bar: FindBar, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._bar, self._theme = editor, bar, theme
        self._wanted = Wanted("")
        self._finder: Finder | None = None
        self._text = ""
        self._spans: list[Span] = []
        self._units = UnitMap("")
        self._origin = 0
        self._again = QTimer(self, interval=LOOK_AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._look)
        bar.wanted.connect(self._want)
        bar.next_requested.connect(self.next)
        bar.previous_requested.connect(self.previous)
        bar.replace_requested.connect(self.replace)
        bar.replace_all_requested.connect(self.replace_all)
        bar.closed.connect(self._close)
        editor.textChanged.connect(self._text_changed)
        editor.note_shown.connect(self._text_changed)
        theme.changed.connect(self._mark)

    def open(self, *, replacing: bool) -> None:
        """Open the bar with the selected words, if they stand on one line."""
        if self._editor.note is None:
            return
        cursor = self._editor.textCursor()
        words = cursor.selectedText()
        self._origin = cursor.selectionStart()
        is_line = "\u2029" not in words
        self._bar.open(words if is_line else "", replacing=replacing and not self._editor.isReadOnly())

    def next(self) -> None:
        """Go to the next place; behind the last comes the first."""
        self._look()
        if self._spans:
            here = self._units.points(self._editor.textCursor().selectionEnd())
            self._go(bisect_left(self._spans, (here, here)) % len(self._spans))

    def previous(self) -> None:
        """Go to the place before; before the first comes the last."""
        self._look()
        if self._spans:
            here = self._units.points(self._editor.textCursor().selectionStart())
            self._go((bisect_left(self._spans, (here, 0)) - 1) % len(self._spans))

    def replace(self, template: str) -> None:
        """Replace the place that is selected and go on to the next; with none selected only go on."""
        self._look()
        place = self._here()
        if place and self._finder is not None and not self._editor.isReadOnly():
            try:
                put = self._finder.replacements(self._text, template, self._spans)[place - 1]
            except PatternUnusable:
                self._bar.show_unusable()
                return
            self._editor.rewrite_spans([(self._cursor(self._spans[place - 1]), put)])
        self.next()

    def replace_all(self, template: str) -> None:
        """Replace every place, in one undo step."""
        self._look()
        if self._finder is None or self._editor.isReadOnly():
            return
        try:
            puts = self._finder.replacements(self._text, template, self._spans)
        except PatternUnusable:
            self._bar.show_unusable()
            return
        cursors = [self._cursor(span) for span in self._spans]
        self._editor.rewrite_spans(list(zip(cursors, puts, strict=True)))
        self._look()

    def _want(self, wanted: Wanted) -> None:
        """Look for something else, from where the caret was when the bar was opened."""
        self._wanted = wanted
        self._look()
        if self._spans:
            origin = self._units.points(self._origin)
            self._go(bisect_left(self._spans, (origin, 0)) % len(self._spans))

    def _look(self) -> None:
        self._again.stop()
        note = self._editor.note
        self._spans, self._finder = [], None
        if note is not None and self._wanted.words:
            self._text = note.text()
            self._units = UnitMap(self._text)
            try:
                self._finder = Finder(self._wanted)
                self._spans = self._finder.find(self._text)
            except PatternUnusable:
                self._mark()
                self._bar.show_unusable()
                return
        self._mark()
        self._bar.show_count(self._here(), len(self._spans))

    def _go(self, number: int) -> None:
        cursor = self._cursor(self._spans[number])
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._mark()
        self._bar.show_count(number + 1, len(self._spans))

    def _here(self) -> int:
        """Return which place is selected, from 1; 0 for none."""
        cursor = self._editor.textCursor()
        selected = (self._units.points(cursor.selectionStart()), self._units.points(cursor.selectionEnd()))
        number = bisect_left(self._spans, selected)
        return number + 1 if number < len(self._spans) and self._spans[number] == selected else 0

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(self._units.units(span[0]))
        cursor.setPosition(self._units.units(span[1]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        """Mark the places that are nearest to the caret."""
        if self._bar.isHidden():
            self._editor.setExtraSelections([])
            return
        here = self._units.points(self._editor.textCursor().selectionStart())
        middle = bisect_left(self._spans, (here, 0))
        first = max(0, middle - MOST_MARKED // 2)
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("line"))  # quieter than the place that is selected
        marks = []
        for span in self._spans[first : first + MOST_MARKED]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = self._cursor(span), look
            marks.append(mark)
        self._editor.setExtraSelections(marks)

    def _text_changed(self) -> None:
        if not self._bar.isHidden():
            self._again.start()

    def _close(self) -> None:
        self._again.stop()
        self._mark()
        self._editor.setFocus()
