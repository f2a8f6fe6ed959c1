"""What quick-ask does by key."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.widgets.enter_keys import native, spellings, with_twin
from desktop.widgets.key_places import KeyPlace, note_place
from desktop.widgets.told_keys import with_keys


class QuickCommands(QObject):
    """The actions of the window, and the words in which their keys are told.

    Signals:
        keys_changed: An action has another key.
    """

    keys_changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shipped: dict[QAction, list[QKeySequence]] = {}
        copy = QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)
        self.insert = self._action(self.tr("Insert"), with_twin(QKeySequence("Ctrl+Return")))
        self.journal = self._action(self.tr("To today's journal"), [QKeySequence("Ctrl+J")])
        self.copy = self._action(self.tr("Copy"), copy)
        self.go = self._action(self.tr("Close"), [QKeySequence("Esc")])
        self.take = self._action(self.tr("Take the selection along"), [QKeySequence("Ctrl+T")])
        self.tier = self._action(self.tr("Switch the model"), [QKeySequence("Ctrl+Shift+M")])

    def hears(self, event: QKeyEvent) -> bool:
        """Whether a key that goes down belongs to one of the actions that can be done now."""
        pressed = QKeySequence(event.keyCombination())
        return any(action.isEnabled() and pressed in action.shortcuts() for action in self._shipped)

    def told(self, text: str) -> str:
        """Return words that mention the keys that ship, with those that are in force."""
        changed = {
            old: native(action.shortcut())
            for action, shipped in self._shipped.items()
            if action.shortcuts() != shipped
            for old in spellings(shipped[0])
        }
        return with_keys(text, changed)

    def _action(self, text: str, keys: list[QKeySequence]) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts(keys)
        note_place(action, KeyPlace.QUICK_ASK)
        self._shipped[action] = keys
        action.changed.connect(self.keys_changed)
        self._window.addAction(action)
        return action
