"""The keys that choose a suggestion or an answer by its place: 1 to 9, unless the person wants others."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from desktop.widgets.key_places import KeyPlace, note_place

MOST = 9
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_BY_SHIFT = Qt.KeyboardModifier.ShiftModifier
"""Digits are typed with Shift on a French keyboard."""


class ChoiceKeys(QObject):
    """Holds an action for each place, added to no widget: cards ask what a key that reaches them means."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = [self._action(place) for place in range(1, MOST + 1)]

    def place_of(self, event: QKeyEvent) -> int | None:
        """Return the place from 0 that a key chooses; None for any other key."""
        modifiers = event.modifiers() & ~_IGNORED
        for held in dict.fromkeys((modifiers, modifiers & ~_BY_SHIFT)):
            pressed = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
            for place, action in enumerate(self._actions):
                if pressed in action.shortcuts():
                    return place
        return None

    def _action(self, place: int) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(str(place)))
        title = self.tr("Suggestion {number}").format(number=place)
        note_place(action, KeyPlace.SUGGESTIONS, title=title)
        return action
