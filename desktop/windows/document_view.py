"""The text of a document, read-only, at the page that a citation names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.documents.library import Document
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.document_place import label_text
from desktop.widgets.elided_label import ElidedLabel

SIZE = (720, 680)
MARGIN = 16


class DocumentView(QDialog):
    """One document beside the window; another citation opens in the same place.

    Signals:
        original_requested: The person wants the file itself; carries the `Document`.
        note_requested: The person wants its text as a note; carries the `Document`.
    """

    original_requested = Signal(object)
    note_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documentView")
        self._theme = theme
        self._document: Document | None = None
        self._line = 0
        self._title = ElidedLabel(self)
        self._title.setProperty("title", True)
        self.pages = ChoiceBox(theme, "documentPages", self.tr("Page"), self)
        self.pages.activated.connect(self._go_to_page)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("documentText")
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.document().setDocumentMargin(MARGIN)
        self.text.setFont(theme.editor_font)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.cursorPositionChanged.connect(self._show_page)
        self._original = self._button(self.tr("Open original"), self._ask_for_original)
        self._note = self._button(self.tr("Save as note"), self._ask_for_note)
        self._close = self._button(self.tr("Close"), self.reject)
        self._lay_out()
        self.resize(*SIZE)  # the words that wrap would make Qt choose a lower window
        theme.changed.connect(self._mark)

    def show_document(self, document: Document, text: str, line: int) -> None:
        """Show a document at a line of its text; line 0 is its beginning."""
        if self._document != document:
            self._fill(document, text)
        self._line = line
        block = self.text.document().findBlockByNumber(max(0, line - 1))
        self.text.setTextCursor(QTextCursor(block))
        self.text.centerCursor()
        self._mark()
        self._show_page()
        self.text.setFocus()

    @property
    def page(self) -> str:
        """The label of the page that the caret is on."""
        line = self.text.textCursor().blockNumber() + 1
        return self._document.label_at(line) if self._document is not None else ""

    def _fill(self, document: Document, text: str) -> None:
        self._document = document
        self.setWindowTitle(document.name)
        self._title.setText(document.title or document.name)
        self.text.setPlainText(text)
        self.text.setAccessibleName(self.tr("Text of {name}").format(name=document.name))
        self._set_apart(document)
        labelled = [(line, label) for line, label in document.marks if label]
        self.pages.clear()
        for line, label in labelled:
            self.pages.addItem(label_text(label), line)
        self.pages.setVisible(len(labelled) > 1)
        self._original.setEnabled(Path(document.source).is_file())

    def _set_apart(self, document: Document) -> None:
        """Leave room above the first line of each page."""
        room = QTextBlockFormat()
        room.setTopMargin(2.0 * self.text.fontMetrics().height())
        for line, _label in document.marks[1:]:
            QTextCursor(self.text.document().findBlockByNumber(line - 1)).mergeBlockFormat(room)

    def _mark(self) -> None:
        """Put a ground behind the line that was asked for."""
        selections = []
        if self._line:
            ground = QTextCharFormat()
            ground.setBackground(self._theme.colour("selection"))
            ground.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(self.text.document().findBlockByNumber(self._line - 1))
            selection.cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            selection.format = ground
            selections.append(selection)
        self.text.setExtraSelections(selections)

    def _show_page(self) -> None:
        place = self.pages.findText(label_text(self.page))
        if place >= 0:
            self.pages.setCurrentIndex(place)

    def _go_to_page(self, index: int) -> None:
        line = self.pages.itemData(index)
        cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(cursor)

    def _ask_for_original(self) -> None:
        self.original_requested.emit(self._document)

    def _ask_for_note(self) -> None:
        self.note_requested.emit(self._document)

    def _button(self, text: str, call: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(call)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.pages)
        foot = QHBoxLayout()
        hint = QLabel(self.tr("The text that was read from the file; it cannot be changed here."), self)
        hint.setProperty("quiet", True)
        hint.setWordWrap(True)
        foot.addWidget(hint, 1)
        for button in (self._original, self._note, self._close):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
