"""The left side: search field, tree or hits, and what is related to the open note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit, HitList
from desktop.windows.vault_tree import VaultTree

SEARCH_PAUSE_MS = 150
RELATED_ROWS = 5


class SearchField(QLineEdit):
    """Takes the words of a search; Down goes to what was found, Enter opens the best of it, Esc clears.

    Signals:
        left_downwards: The person wants to go to the hits.
        entered: The person wants the best hit.
    """

    left_downwards = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down, Enter and Esc have a meaning of their own here."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class VaultPane(QWidget):
    """Finds notes.

    Signals:
        open_requested: Carries path and line; line 0 leaves the caret where it was.
        search_requested: The search field came to rest on other words; empty when it was cleared.
    """

    open_requested = Signal(str, int)
    search_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vaultPane")
        self.field = SearchField(self)
        self.tree = VaultTree(theme, self)
        self.field.setObjectName("searchField")
        self.field.setAccessibleName(self.tr("Search"))
        self.field.setPlaceholderText(self.tr("Search notes"))
        self.field.setToolTip(self.tr("Words, tag:name, path:folder (Ctrl+P)"))
        self.field.setClearButtonEnabled(True)
        self._glass = QAction(theme.icon("search", role="quiet"), "", self.field)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.hits = HitList(theme, self)
        self.hits.setObjectName("searchHits")
        self.hits.setAccessibleName(self.tr("Found"))
        self.nothing = QLabel(self)
        self.nothing.setProperty("quiet", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(16)
        self.related_title = QLabel(self.tr("Related"), self)
        self.related_title.setProperty("quiet", True)
        self.related = HitList(theme, self)
        self.related.setObjectName("relatedNotes")
        self.related.setAccessibleName(self.tr("Related notes"))
        self._theme = theme
        self._awaited: Callable[[], None] | None = None
        self._pause = QTimer(self, interval=SEARCH_PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.show_related(())

    def show_hits(self, hits: Sequence[Hit], *, more_coming: bool = False) -> None:
        """Show what a search has found so far in place of the tree."""
        self.hits.show_hits(hits)
        self.nothing.setText(self.tr("Searching …") if more_coming else self.tr("Nothing found."))
        self._pages.setCurrentWidget(self.hits if hits else self.nothing)
        awaited, found = self._awaited, bool(hits)
        if awaited is not None and (found or not more_coming):
            self._awaited = None
            if found:
                awaited()

    def show_tree(self) -> None:
        """Show the tree again."""
        self._awaited = None
        self.hits.show_hits(())
        self._pages.setCurrentWidget(self.tree)

    def show_related(self, hits: Sequence[Hit]) -> None:
        """Show notes related to the open one; the room for them is given back when there are none."""
        self.related.show_hits(hits[:RELATED_ROWS])
        for widget in (self.related, self.related_title):
            widget.setVisible(bool(hits))
        rows = sum(self.related.sizeHintForRow(row) for row in range(min(len(hits), RELATED_ROWS)))
        self.related.setFixedHeight(rows + 4)

    def focus_search(self) -> None:
        """Put the caret into the search field, its words selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def add_section(self, section: QWidget) -> None:
        """Put another list below the tree."""
        self._column.insertWidget(2, section)

    def sizeHint(self) -> QSize:
        """A width in which most names fit."""
        return QSize(240, 600)

    def _lay_out(self) -> None:
        self.setMinimumWidth(160)
        self._pages = QStackedWidget(self)
        for page in (self.tree, self.hits, self.nothing):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._pages, 1)
        self._column = column
        self.related_title.setContentsMargins(8, 4, 0, 0)
        column.addWidget(self.related_title)
        column.addWidget(self.related)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._words_changed)
        self.field.left_downwards.connect(lambda: self._once_found(self._go_down))
        self.field.entered.connect(lambda: self._once_found(self.hits.open_best))
        self._pause.timeout.connect(self._search)
        self.tree.opened.connect(lambda path: self.open_requested.emit(path, 0))
        self.hits.opened.connect(self.open_requested)
        self.related.opened.connect(self.open_requested)
        self._theme.changed.connect(self._tint)
        find = QAction(self.tr("Search notes"), self)
        find.setShortcuts([QKeySequence("Ctrl+P"), QKeySequence("Ctrl+Shift+F")])
        find.triggered.connect(self.focus_search)
        self.find_action = find

    def _search(self) -> None:
        self.search_requested.emit(self.field.text().strip())

    def _words_changed(self) -> None:
        self._awaited = None
        self._pause.start()

    def _once_found(self, act: Callable[[], None]) -> None:
        """Act on what the words in the field find, however fast the person is; never on earlier hits."""
        shown = self._pages.currentWidget()
        if self._pause.isActive():
            self._awaited = act
            self._pause.stop()
            self._search()
        elif shown is self.hits:
            act()
        elif shown is self.nothing:
            self._awaited = act
        else:
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_down(self) -> None:
        self.hits.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.hits.go_to(0)

    def _tint(self) -> None:
        self._glass.setIcon(self._theme.icon("search", role="quiet"))
        self.related.viewport().update()
        self.hits.viewport().update()
