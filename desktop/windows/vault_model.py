"""The vault's folders and notes for Qt's views."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip
from desktop.windows.tree_nodes import Node, Tree

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class VaultModel(QAbstractItemModel):
    """Shows a `Tree`; views keep their place while single notes come and go."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tree = Tree()

    @property
    def notes(self) -> list[str]:
        """The paths of all notes."""
        return self._tree.notes

    def show(self, tree: Tree) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._tree = tree
        self.endResetModel()

    def add(self, path: str) -> None:
        """Show a note that has come; one that is there already stays as it is."""
        if path in self._tree:
            return
        folder, row = self._tree.addition(path)
        self.beginInsertRows(self._index(folder), row, row)
        self._tree.add(path)
        self.endInsertRows()

    def remove(self, path: str) -> None:
        """Take away a note that has gone, and the folders that are empty without it."""
        node = self._tree.removal(path)
        if node is None or (node.is_folder and not node.children):
            return
        parent = node.parent
        self.beginRemoveRows(self._index(parent) if parent else NO_INDEX, node.row, node.row)
        self._tree.remove(node)
        self.endRemoveRows()

    def index_of(self, path: str) -> QModelIndex:
        """Return the index of a note or folder; an invalid one where there is none."""
        node = self._tree.get(path)
        return self._index(node) if node else QModelIndex()

    def path_at(self, index: Index) -> str:
        """Return the path of an index; empty for the vault itself."""
        return self._node(index).path

    def is_folder(self, index: Index) -> bool:
        """Whether an index stands for a folder."""
        return self._node(index).is_folder

    # Qt overrides

    def index(self, row: int, column: int, parent: Index = NO_INDEX) -> QModelIndex:
        """Return the index of a child."""
        children = self._node(parent).children or ()
        return (
            self.createIndex(row, column, children[row].number) if 0 <= row < len(children) else QModelIndex()
        )

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        """Return the index of the folder above."""
        above = self._node(index).parent
        return self._index(above) if above else QModelIndex()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of children."""
        return len(self._node(parent).children or ())

    def columnCount(self, _parent: Index = NO_INDEX) -> int:
        """One column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, whole path, icon."""
        node = self._node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(node.path)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon("folder" if node.is_folder else "note", role="quiet")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen, nothing edited in place."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag(0)

    def _node(self, index: Index) -> Node:
        return self._tree.by_number(index.internalId()) if index.isValid() else self._tree.root

    def _index(self, node: Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.number) if node.parent else QModelIndex()
