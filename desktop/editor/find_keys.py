"""The keys of the bar in which words are looked for, known before there is a bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from desktop.widgets.enter_keys import with_twin
from desktop.widgets.key_places import KeyPlace, note_place


class FindKeys(QObject):
    """An action for each thing that the bar does by key; whoever makes the bar adds them to it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case = self._action(self.tr("Match case"), "Alt+C")
        self.whole = self._action(self.tr("Whole words"), "Alt+W")
        self.expression = self._action(self.tr("Regular expression"), "Alt+R")
        self.on = self._action(self.tr("Next place, or replace"), "Return")
        self.back = self._action(self.tr("Place before"), "Shift+Return")
        self.close = self._action(self.tr("Close"), "Esc")

    @property
    def every(self) -> list[QAction]:
        """All of them."""
        return [self.case, self.whole, self.expression, self.on, self.back, self.close]

    def _action(self, text: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts(with_twin(QKeySequence(key)))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        note_place(action, KeyPlace.FIND)
        return action
