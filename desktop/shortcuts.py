"""The keys of the window's actions as the person wants them.

An action is known by the key it ships with, `Ctrl+Shift+M`: no two that the whole window hears share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.settings import KeySettings
from desktop.told_keys import tell

_HEARD_EVERYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class WindowKeys:
    """What the page of keys needs to know of the window's actions."""

    titles: Mapping[str, str]
    """By the key that an action ships with: what it is called. These can be given other keys."""
    others: Mapping[str, str]
    """Keys that cannot be changed there, by what they do: second keys of actions, and those of the scenes."""


class Shortcuts(QObject):
    """Gives the actions of a window their keys; those they ship with come back when nothing else is set."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shipped: dict[QAction, list[QKeySequence]] = {}
        self._has_changed = False

    def use(self, keys: Iterable[KeySettings]) -> None:
        """Give every action the key that is set for it, none where that is empty."""
        wanted = {one.default: one.key for one in keys}
        changed: dict[str, str] = {}
        for action, shipped in self._look().items():
            key = wanted.get(_name(shipped))
            now = shipped if key is None else [QKeySequence.fromString(key, _PORTABLE)] if key else []
            if action.shortcuts() != now:
                action.setShortcuts(now)
            if now != shipped:
                changed[shipped[0].toString(_NATIVE)] = now[0].toString(_NATIVE) if now else ""
        if changed or self._has_changed:
            tell(self._window, changed)
        self._has_changed = bool(changed)

    def known(self) -> WindowKeys:
        """Return the actions with titles, and the other keys that the window hears."""
        titles: dict[str, str] = {}
        others: dict[str, str] = {}
        for action, shipped in self._look().items():
            title = action.text().replace("&", "").rstrip("… .")
            if title:
                titles[_name(shipped)] = title
            spare = shipped[1:] if title else shipped
            if spare:
                others[title or _name(shipped)] = QKeySequence.listToString(spare, _PORTABLE)
        return WindowKeys(titles, others)

    def _look(self) -> dict[QAction, list[QKeySequence]]:
        """Return the actions that the whole window hears, with the keys they ship with; new ones as well."""
        for action in self._window.findChildren(QAction):
            is_heard = action.shortcutContext() in _HEARD_EVERYWHERE
            if is_heard and action not in self._shipped and action.shortcuts():
                self._shipped[action] = action.shortcuts()
        self._shipped = {action: keys for action, keys in self._shipped.items() if isValid(action)}
        return self._shipped


def _name(shipped: list[QKeySequence]) -> str:
    return shipped[0].toString(_PORTABLE)
