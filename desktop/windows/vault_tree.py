"""The tree of notes: open, make, rename, throw away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QTreeView, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.key_places import KeyPlace, note_place
from desktop.widgets.reader_clicks import ReaderClicks
from desktop.windows.tree_nodes import Tree
from desktop.windows.vault_model import VaultModel

Index = QModelIndex | QPersistentModelIndex
RADIUS = 4


class VaultTree(QTreeView):
    """Shows the vault's notes.

    Signals:
        opened: A note was clicked or Enter pressed on it; carries its path.
        note_requested: A new note is wanted; carries the folder.
        rename_requested: Another name is wanted for a note; carries its path.
        trash_requested: A note is to go to the trash; carries its path.
    """

    opened = Signal(str)
    note_requested = Signal(str)
    rename_requested = Signal(str)
    trash_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vaultTree")
        self.setAccessibleName(self.tr("Notes"))
        self._theme = theme
        self._notes = VaultModel(theme, self)
        self.setModel(self._notes)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)  # thousands of rows are then never measured one by one
        self.setIndentation(14)
        self.setIconSize(QSize(16, 16))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._open)
        self.activated.connect(self._open_note)
        ReaderClicks(self)
        theme.changed.connect(self._repaint)
        self._make_actions()

    @property
    def notes(self) -> list[str]:
        """The paths of all notes shown."""
        return self._notes.notes

    def show_tree(self, tree: Tree) -> None:
        """Show another vault, or the same one scanned anew, and keep folders open that were."""
        opened = self.open_folders()
        current = self.current_path()
        self._notes.show(tree)
        self.open_these(opened)
        self.show_current(current)

    def add(self, path: str) -> None:
        """Show a note that has come."""
        self._notes.add(path)

    def remove(self, path: str) -> None:
        """Take away a note that has gone."""
        self._notes.remove(path)

    def current_path(self) -> str:
        """Return the path of the row that is current; empty if none is."""
        return self._notes.path_at(self.currentIndex())

    def current_folder(self) -> str:
        """Return the folder that a new note belongs into."""
        index = self.currentIndex()
        path = self._notes.path_at(index)
        if self._notes.is_folder(index):
            return path
        parent = str(PurePosixPath(path).parent)
        return "" if parent == "." else parent

    def show_current(self, path: str) -> None:
        """Make the row of a note current, its folders open; none where the tree does not list it."""
        index = self._notes.index_of(path)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())  # else keys would still act on the row before

    def open_folders(self) -> list[str]:
        """Return the folders that are open."""
        found: list[str] = []
        waiting = [QModelIndex()]
        while waiting:
            parent = waiting.pop()
            for row in range(self._notes.rowCount(parent)):
                index = self._notes.index(row, 0, parent)
                if not self._notes.is_folder(index):
                    break  # folders come first
                if self.isExpanded(index):
                    found.append(self._notes.path_at(index))
                    waiting.append(index)
        return sorted(found)

    def open_these(self, folders: list[str]) -> None:
        """Open folders, those that are still there."""
        for path in folders:
            index = self._notes.index_of(path)
            if index.isValid():
                self.expand(index)

    def _repaint(self) -> None:
        self.viewport().update()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Put one ground behind the whole row: the style would draw two pieces, arrow and name."""
        if self.selectionModel().isSelected(cast(QModelIndex, index)):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            row = self.visualRect(index)
            painter.drawRoundedRect(
                QRect(0, row.top(), self.viewport().width(), row.height()), RADIUS, RADIUS
            )
            painter.restore()
        super().drawRow(painter, option, index)

    def _open(self, index: QModelIndex) -> None:
        if self._notes.is_folder(index):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._open_note(index)

    def _open_note(self, index: QModelIndex) -> None:
        if index.isValid() and not self._notes.is_folder(index):
            self.opened.emit(self._notes.path_at(index))

    def _make_actions(self) -> None:
        self.new_action = self._action(self.tr("New note"), "Ctrl+N", self._new, window=True)
        self.rename_action = self._action(self.tr("Rename …"), "F2", self._rename)
        self.trash_action = self._action(self.tr("Move to trash"), "Del", self._trash)

    def _action(self, text: str, keys: str, call: Callable[[], None], *, window: bool = False) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        context = Qt.ShortcutContext.WindowShortcut if window else Qt.ShortcutContext.WidgetShortcut
        action.setShortcutContext(context)
        if not window:
            note_place(action, KeyPlace.TREE)
        action.triggered.connect(call)
        self.addAction(action)
        return action

    def _new(self) -> None:
        self.note_requested.emit(self.current_folder())

    def _rename(self) -> None:
        if self._is_note(self.currentIndex()):
            self.rename_requested.emit(self.current_path())

    def _trash(self) -> None:
        if self._is_note(self.currentIndex()):
            self.trash_requested.emit(self.current_path())

    def _is_note(self, index: QModelIndex) -> bool:
        return index.isValid() and not self._notes.is_folder(index)

    def _show_menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.new_action)
        if self._is_note(index):
            menu.addSeparator()
            menu.addAction(self.rename_action)
            menu.addAction(self.trash_action)
        menu.popup(self.viewport().mapToGlobal(position))
