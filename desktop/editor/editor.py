"""The note as it is written: plain Markdown in a column that reads well.

Takes a document and gives it keys, links and a place for answers to go; where the text comes from and goes
to is `note_session`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QWidget

from desktop.editor.anchor import TextAnchor
from desktop.editor.document_text import for_document, selected_text
from desktop.editor.edits import seal
from desktop.editor.key_kinds import is_missed_command, types
from desktop.editor.positions import to_points, units
from desktop.theme.theme import Theme
from desktop.widgets.composing_edit import ComposingEdit

if TYPE_CHECKING:  # an empty editor is painted before any of this is needed
    from core.assist.model import NoteContext
    from desktop.editor.editing_keys import Change
    from desktop.editor.links import LinkTarget
    from desktop.editor.note_document import NoteDocument

COLUMN_EM = 42
SIDE_GAP = 24
CONTEXT_PAUSE_MS = 200
LINES_AHEAD = 20


class Editor(ComposingEdit):
    """Edits one note at a time.

    Signals:
        link_activated: A link was Ctrl+clicked; carries a `LinkTarget`.
        context_changed: Caret, selection or text came to rest; `context` may say something else now.
        leaving: Another note, or none, is about to be shown.
        note_shown: A note is in the editor.
        pictures_given: Pictures were dropped or pasted; carries their `QMimeData`, good for this moment.
        menu_asked: The menu of a place is about to be shown; carries the `QMenu` and a cursor at the place.
        restyled: Lines in sight were given their looks.
    """

    link_activated = Signal(object)
    context_changed = Signal()
    leaving = Signal()
    note_shown = Signal()
    restyled = Signal()
    menu_asked = Signal(object, object)
    pictures_given = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editor")
        self.setAccessibleName(self.tr("Note editor"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(2)
        self.setFont(theme.editor_font)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._path = ""
        self._note: NoteDocument | None = None
        self._is_typing = False
        self._top = QTextCursor()
        self._top_offset = 0
        self._pause = QTimer(self, interval=CONTEXT_PAUSE_MS, singleShot=True)
        self._empty = QTextDocument(self)  # Qt deletes the one that it made itself when another comes
        self._empty.setDocumentLayout(QPlainTextDocumentLayout(self._empty))
        self.show_nothing()
        self._pause.timeout.connect(self.context_changed)
        self.cursorPositionChanged.connect(self._pause.start)
        self.selectionChanged.connect(self._pause.start)
        self.textChanged.connect(self._pause.start)
        self.updateRequest.connect(self.style_what_is_seen)
        theme.changed.connect(self._take_font)
        theme.changed.connect(self.style_what_is_seen)

    @property
    def path(self) -> str:
        """The open note, relative to the vault; empty with none open."""
        return self._path

    @property
    def note(self) -> NoteDocument | None:
        """The open note's document."""
        return self._note

    @property
    def is_typing(self) -> bool:
        """Whether what changes at this moment is typed by the person, key by key or by an input method."""
        return self._is_typing

    def show_note(self, path: str, document: NoteDocument) -> None:
        """Edit this note from now on."""
        self._let_go()
        self._path = path
        self._note = document
        document.setDefaultFont(self.font())
        self.setDocument(document)
        self.viewport().setMouseTracking(True)
        document.rewriting.connect(self._hold_still)
        document.rewritten.connect(self._stay)
        self._set_tabs()
        self._pause.start()
        self.note_shown.emit()

    def show_nothing(self) -> None:
        """Let go of the note."""
        self._let_go()
        self.setDocument(self._empty)
        self.setReadOnly(True)
        self._pause.start()

    def context(self) -> tuple[NoteContext, TextAnchor] | None:
        """Return what a request sees of the note and the place it belongs to; None with no note open."""
        if self._note is None:
            return None
        from desktop.editor.context import note_context

        cursor = self.textCursor()
        return note_context(self._path, self._note, cursor), TextAnchor(cursor)

    def insert_at(self, anchor: TextAnchor | None, text: str) -> bool:
        """Insert at the anchor, or behind the caret's selection, in one undo step.

        Returns False, with nothing done, if no note can be written or the anchor belongs to another one.
        """
        cursor = self.textCursor() if anchor is None else anchor.cursor()
        if not self._may_change(anchor):
            return False
        cursor.setPosition(cursor.selectionEnd())
        self._put(cursor, text)
        return True

    def replace(self, anchor: TextAnchor, text: str) -> bool:
        """Replace the anchor's text in one undo step; refused (False) if it is not what it was."""
        if not self._may_change(anchor) or not anchor.is_unchanged():
            return False
        self._put(anchor.cursor(), text)
        return True

    def change(self, change: Change) -> bool:
        """Let a change be made at the caret; False where it has nothing to do or the note is only shown."""
        cursor = self.textCursor()
        if self.isReadOnly() or not change(cursor):
            return False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def rewrite_spans(self, spans: Sequence[tuple[QTextCursor, str]]) -> None:
        """Put a text in each of some places, which stand in order and apart, in one undo step."""
        if not spans or not self._may_change(None):
            return
        # The places as they are now: a cursor that ends where text comes in would grow over it.
        places = [(cursor.selectionStart(), cursor.selectionEnd(), text) for cursor, text in spans]
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        for start, end, text in reversed(places):
            edit.setPosition(start)
            edit.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            edit.insertText(for_document(text))
        seal(edit)
        edit.endEditBlock()

    def go_to(self, line: int, column: int = 0) -> None:
        """Put the caret on a line (from 1; column in code points) and show it in the upper third."""
        block = self.document().findBlockByNumber(min(max(line, 1), self.blockCount()) - 1)
        cursor = self.textCursor()
        cursor.setPosition(block.position() + units(block.text()[:column]))
        self.setTextCursor(cursor)
        top = block.blockNumber() - self._lines_on_screen() // 3
        self.verticalScrollBar().setValue(max(0, top))
        self.ensureCursorVisible()

    def scroll_to(self, line: int) -> None:
        """Show a line, from 0, at the top; the caret stays where it is."""
        self.verticalScrollBar().setValue(self.document().findBlockByNumber(line).firstLineNumber())

    def repaint_line(self, block: QTextBlock, *, and_below: bool) -> None:
        """Paint a line again, and all that stands below it where that has moved."""
        view = self.viewport()
        top = self.cursorRect(QTextCursor(block)).top()
        height = round(self.blockBoundingRect(block).height()) + 1
        view.update(0, top, view.width(), view.height() - top if and_below else height)

    def style_what_is_seen(self) -> None:
        """Style the lines in sight and a few more, before they are painted."""
        if self._note is not None and self._note.highlighter.style(*self.lines_in_sight()):
            self.restyled.emit()

    def lines_in_sight(self) -> tuple[int, int]:
        """Return the first and the last line in sight, from 0, with a few on either side."""
        first = self.firstVisibleBlock().blockNumber()
        last = first + self._lines_on_screen() + LINES_AHEAD
        return max(0, first - LINES_AHEAD), min(last, self.blockCount() - 1)

    def line(self) -> int:
        """Return the caret's line, from 1."""
        return self.textCursor().blockNumber() + 1

    def _let_go(self) -> None:
        self.end_composing()
        self.leaving.emit()
        if self._note is not None:
            self._note.rewriting.disconnect(self._hold_still)
            self._note.rewritten.disconnect(self._stay)
        self._path = ""
        self._note = None

    def _hold_still(self) -> None:
        """Remember the words at the top: they stay there whatever is written above them."""
        block = self.firstVisibleBlock()
        self._top = QTextCursor(block)
        self._top_offset = self.verticalScrollBar().value() - block.firstLineNumber()

    def _stay(self) -> None:
        self.verticalScrollBar().setValue(self._top.block().firstLineNumber() + self._top_offset)

    def _may_change(self, anchor: TextAnchor | None) -> bool:
        is_here = anchor is None or anchor.is_in(self.document())
        return bool(self._path) and not self.isReadOnly() and is_here

    def _put(self, cursor: QTextCursor, text: str) -> None:
        cursor.beginEditBlock()
        cursor.insertText(for_document(text))
        seal(cursor)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _lines_on_screen(self) -> int:
        return max(1, self.viewport().height() // self.fontMetrics().lineSpacing())

    def _link_under(self, position: QPointF) -> LinkTarget | None:
        from desktop.editor.links import link_at

        cursor = self.cursorForPosition(position.toPoint())
        text = cursor.block().text()
        return link_at(text, to_points(text, cursor.positionInBlock()))

    def _point(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        held = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        is_link = held and self._link_under(position) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _point_from_here(self, modifiers: Qt.KeyboardModifier) -> None:
        place = self.viewport().mapFromGlobal(QCursor.pos())
        if self.viewport().rect().contains(place):
            self._point(QPointF(place), modifiers)

    def _take_font(self) -> None:
        """Follow the theme to another size of text; the words at the top stay there."""
        if self.font().pixelSize() == self._theme.text_pixels:
            return
        self._hold_still()
        self.setFont(self._theme.editor_font)
        self._fit_column()
        self._set_tabs()
        self._stay()

    def _set_tabs(self) -> None:
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 4)

    def _fit_column(self) -> None:
        column = COLUMN_EM * self.font().pixelSize()
        side = max(SIDE_GAP, (self.width() - self.verticalScrollBar().sizeHint().width() - column) // 2)
        self.setViewportMargins(side, SIDE_GAP, side, 0)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with a list on Enter, move its items with Tab; everything else as ever."""
        if self.give_way_to(event):
            return
        self._is_typing = types(event)
        try:
            self._handle_key(event)
        finally:
            self._is_typing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notice that what goes in is typed; a note that is only shown takes nothing."""
        if self.isReadOnly():  # Qt keeps keys out of it, and not what an input method had begun
            event.ignore()
            return
        self._is_typing = True
        try:
            super().inputMethodEvent(event)
        finally:
            self._is_typing = False

    def _handle_key(self, event: QKeyEvent) -> None:
        from desktop.editor.editing_keys import changes_for

        if event.key() == Qt.Key.Key_Control:
            self._point_from_here(Qt.KeyboardModifier.ControlModifier)
        if not is_missed_command(event) and not any(map(self.change, changes_for(event))):
            super().keyPressEvent(event)

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        """Let the margins beside the column scroll, as the column itself does, and keep it in the middle."""
        if event.type() is QEvent.Type.Resize:
            self._fit_column()  # before Qt lays out: an inner resize at the first show would go unnoticed
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the usual menu with what others have to offer at the place."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if by_key else self.cursorForPosition(event.pos())
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_asked.emit(menu, cursor)
        menu.popup(
            self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_key else event.globalPos()
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at a link that a click would open."""
        super().mouseMoveEvent(event)
        self._point(event.position(), event.modifiers())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stop pointing when Ctrl is let go."""
        super().keyReleaseEvent(event)
        self._point_from_here(event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the link under a Ctrl+click."""
        super().mouseReleaseEvent(event)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            link = self._link_under(event.position())
            if link is not None:
                self.link_activated.emit(link)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the note's own characters: Qt's way turns no-break spaces into spaces."""
        data = QMimeData()
        data.setText(selected_text(self.textCursor()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words and pictures; files of other kinds are for whoever stands around the editor."""
        from desktop.bridge.picture_data import holds_pictures

        return holds_pictures(source) or (source.hasText() and not source.hasUrls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words as they are, an address over words as their link; pictures are handed on."""
        from desktop.bridge.picture_data import holds_pictures

        if holds_pictures(source) and not self.isReadOnly():
            self.pictures_given.emit(source)
        elif source.hasText() and not self.isReadOnly():
            self._paste(source.text().replace("\r\n", "\n"))

    def _paste(self, text: str) -> None:
        """Put it in the place of the selection, in one undo step."""
        from desktop.editor.linking import link_to

        if not self.change(partial(link_to, address=text)):
            self.textCursor().insertText(for_document(text))
            self.ensureCursorVisible()
