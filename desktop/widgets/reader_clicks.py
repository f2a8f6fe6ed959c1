"""Lets a screen reader open a row.

Qt offers assistive technology no action on a row but to select it, or unselect it where it is selected, and
leaves the current row where it was: that is how it is told from what keyboard and mouse do.
"""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QPersistentModelIndex, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView


class ReaderClicks(QObject):
    """Makes a click of every selection that assistive technology makes; lives as long as the view."""

    def __init__(self, view: QAbstractItemView) -> None:
        """Call once the view has its model."""
        super().__init__(view)  # which alone knows the view: a name of our own for it would keep it for ever
        view.selectionModel().selectionChanged.connect(self._selected)

    def _selected(self, selected: QItemSelection, before: QItemSelection) -> None:
        rows = selected.indexes() or before.indexes()
        if rows and QAccessible.isActive():
            # A key selects first and moves the current row after that, within the same event.
            QTimer.singleShot(0, self, partial(self._look, QPersistentModelIndex(rows[-1])))

    def _look(self, row: QPersistentModelIndex) -> None:
        view = cast(QAbstractItemView, self.parent())
        if not row.isValid():
            return
        model = view.model()
        index = model.index(row.row(), row.column(), row.parent())
        selection, is_current = view.selectionModel(), index == view.currentIndex()
        # A tree unselects the row before first: then there is another one that is selected.
        if selection.isSelected(index) if not is_current else not selection.hasSelection():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            view.clicked.emit(index)
