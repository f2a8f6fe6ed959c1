"""The documents of the vault in the left pane, under a heading that folds; each with what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.documents.library import Document
from desktop.theme.theme import Theme
from desktop.widgets.document_place import pages_text
from desktop.widgets.key_places import KeyPlace, note_place
from desktop.widgets.plain_text import tooltip
from desktop.widgets.reader_clicks import ReaderClicks

_ROWS = 5
_DOCUMENT = Qt.ItemDataRole.UserRole


class DocumentsSection(QWidget):
    """Lists documents; Enter or a click opens one, the menu key shows what else can be done.

    Signals:
        open_requested: Carries the path of a document and line 0.
        original_requested: The person wants the file itself, in its own program; carries the `Document`.
        note_requested: The person wants its text as a note; carries the `Document`.
        remove_requested: The person wants it forgotten; carries the `Document`.
        import_requested: The person wants to choose documents.
    """

    open_requested = Signal(str, int)
    original_requested = Signal(object)
    note_requested = Signal(object)
    remove_requested = Signal(object)
    import_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentsSection")
        self._theme = theme
        self._head = QToolButton(self)
        self._head.setObjectName("documentsHead")
        self._head.setProperty("flat", True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setIconSize(QSize(12, 12))
        self._head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._head.clicked.connect(self._fold)
        self.list = _DocumentList(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._head)
        self._column.addWidget(self.list)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.list.addAction(self._remove_action())
        self.list.customContextMenuRequested.connect(self._show_menu)
        theme.changed.connect(self._tint)
        self.show_documents(())

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Show these; the section takes no room while there are none."""
        current = self.current
        self.list.clear()
        for document in documents:
            item = QListWidgetItem(document.name)
            item.setData(_DOCUMENT, document)
            item.setToolTip(tooltip(self._facts(document)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{document.name}. {self._facts(document)}")
            self.list.addItem(item)
            if current is not None and document.path == current.path:
                self.list.setCurrentItem(item)
        self._head.setText(self.tr("Documents ({count})").format(count=len(documents)))
        self.setVisible(bool(documents))
        self._tint()
        self._resize()

    @property
    def current(self) -> Document | None:
        """The document that is chosen in the list."""
        item = self.list.currentItem()
        document: Document | None = item.data(_DOCUMENT) if item is not None else None
        return document

    def menu_for(self, document: Document) -> QMenu:
        """Return what can be done with a document."""
        menu = QMenu(self)
        for text, call, enabled in (
            (self.tr("Open"), lambda: self.open_requested.emit(document.path, 0), True),
            (
                self.tr("Open original"),
                lambda: self.original_requested.emit(document),
                Path(document.source).is_file(),
            ),
            (self.tr("Save as note"), lambda: self.note_requested.emit(document), True),
            (self.tr("Import documents …"), self.import_requested.emit, True),
            (self.tr("Remove"), lambda: self.remove_requested.emit(document), True),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, call=call: call())
            action.setEnabled(enabled)
            menu.addAction(action)
        return menu

    def _facts(self, document: Document) -> str:
        facts = [document.title] if document.title and document.title != document.name else []
        if document.pages:
            facts.append(pages_text(document.pages))
        return "\n".join([*facts, document.source])

    def _show_menu(self, place: QPoint) -> None:
        item = self.list.itemAt(place) or self.list.currentItem()
        if item is not None:
            menu = self.menu_for(item.data(_DOCUMENT))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(self.list.visualItemRect(item).center()))

    def _open(self, item: QListWidgetItem) -> None:
        self.open_requested.emit(item.data(_DOCUMENT).path, 0)

    def _remove_action(self) -> QAction:
        action = QAction(self.tr("Remove"), self.list)
        action.setShortcuts([QKeySequence("Del"), QKeySequence("Backspace")])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        note_place(action, KeyPlace.DOCUMENTS)
        action.triggered.connect(self._remove)
        return action

    def _remove(self) -> None:
        if self.current is not None:
            self.remove_requested.emit(self.current)

    def _fold(self) -> None:
        self.list.setVisible(self.list.isHidden())
        self._tint()

    def _resize(self) -> None:
        rows = min(self.list.count(), _ROWS)
        self.list.setFixedHeight(rows * max(1, self.list.sizeHintForRow(0)) + 4)

    def _tint(self) -> None:
        arrow = "chevron-right" if self.list.isHidden() else "chevron-down"
        self._head.setIcon(self._theme.icon(arrow, role="quiet"))
        for row in range(self.list.count()):
            self.list.item(row).setIcon(self._theme.icon("document", role="quiet"))


class _DocumentList(QListWidget):
    """The rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("documentList")
        self.setAccessibleName(self.tr("Documents"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(16, 16))
        ReaderClicks(self)
