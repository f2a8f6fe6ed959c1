"""The keys of the program's actions as the person wants them.

An action is known by the key it ships with, `Ctrl+Shift+M`, and where not the whole window hears it by its
place as well, `tree/F2`: no two share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.settings import KeySettings
from desktop.widgets.enter_keys import as_one, native, spellings, with_twin
from desktop.widgets.key_places import KeyPlace, place_of, title_of
from desktop.widgets.told_keys import tell

_HEARD_EVERYWHERE = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
_TOLD = (KeyPlace.WINDOW, KeyPlace.COMPANION)
"""Places whose keys stand in tooltips everywhere; quick-ask tells its own."""
_TOLD_WITHIN = (KeyPlace.FIND, KeyPlace.PANEL)
"""Places whose keys stand in the tooltips of what hears them: `Esc` is another key's elsewhere."""
_PORTABLE = QKeySequence.SequenceFormat.PortableText


@dataclass(frozen=True, slots=True)
class WindowKeys:
    """What the page of keys needs to know of the program's actions."""

    titles: Mapping[str, str]
    """By what an action is known by: what it is called. These can be given other keys."""
    others: Mapping[str, str]
    """Keys that cannot be changed there, by what they do, after the place where not the whole window hears
    them."""
    spares: Mapping[str, str] = field(default_factory=dict)
    """By what an action is known by: its second keys, which go when it is given another one."""


class Shortcuts(QObject):
    """Gives actions their keys; those they ship with come back when nothing else is set."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._roots = [window]
        self._shipped: dict[QAction, list[QKeySequence]] = {}
        self._wanted: dict[str, str] = {}
        self._told: dict[str, str] = {}
        self._told_within: dict[QAction, dict[str, str]] = {}

    def include_when(self, *made: SignalInstance) -> None:
        """Give the keys of other windows as well, as soon as they are made; the signals carry them."""
        for signal in made:
            signal.connect(self._include)

    def tell_again_when(self, *renewed: SignalInstance) -> None:
        """Have widgets that were made anew tell the keys that are in force."""
        for signal in renewed:
            signal.connect(self._tell_again)

    def use(self, keys: Iterable[KeySettings]) -> None:
        """Give every action the key that is set for it, none where that is empty."""
        self._wanted = {one.default: one.key for one in keys}
        before = self._has_told
        self._told = self._give()
        if before or self._has_told:
            self._tell()

    def known(self) -> WindowKeys:
        """Return the actions with titles, and the other keys that are heard."""
        titles: dict[str, str] = {}
        others: dict[str, str] = {}
        spares: dict[str, str] = {}
        for action, shipped in self._look().items():
            name, title = _name(action, shipped), title_of(action)
            if not title:
                others[name] = QKeySequence.listToString(shipped, _PORTABLE)
                continue
            titles[name] = title
            if spare := [key for key in shipped[1:] if as_one(key) != as_one(shipped[0])]:
                spares[name] = QKeySequence.listToString(spare, _PORTABLE)
        return WindowKeys(titles, others, spares)

    def _include(self, window: QWidget) -> None:
        self._roots.append(window)
        self._told = self._give()
        self._tell_again()

    def _tell_again(self) -> None:
        if self._has_told:
            self._tell()

    @property
    def _has_told(self) -> bool:
        return bool(self._told or self._told_within)

    def _give(self) -> dict[str, str]:
        """Give the keys that are wanted; return what replaces which key in what is told of them."""
        told: dict[str, str] = {}
        self._told_within = {}
        for action, shipped in self._look().items():
            key = self._wanted.get(_name(action, shipped))
            now = (
                shipped if key is None else with_twin(QKeySequence.fromString(key, _PORTABLE)) if key else []
            )
            if action.shortcuts() != now:
                action.setShortcuts(now)
            place = place_of(action) or KeyPlace.WINDOW
            if now != shipped and place in (*_TOLD, *_TOLD_WITHIN):
                scope = told if place in _TOLD else self._told_within.setdefault(action, {})
                new = native(now[0]) if now else ""
                scope.update({old: new for one in shipped for old in spellings(one)})
        return told

    def _tell(self) -> None:
        for root in self._roots:
            tell(root, self._told)
        within: dict[QWidget, dict[str, str]] = {}
        for action in self._look():
            for holder in action.associatedObjects():
                if isinstance(holder, QWidget) and (told := self._told_within.get(action)):
                    within.setdefault(holder, dict(self._told)).update(told)
        for holder, told in within.items():
            tell(holder, told)

    def _look(self) -> dict[QAction, list[QKeySequence]]:
        """Return the actions that a whole window or a noted place hears, with the keys they ship with."""
        self._roots = [root for root in self._roots if isValid(root)]
        for root in self._roots:
            for action in root.findChildren(QAction):
                is_heard = action.shortcutContext() in _HEARD_EVERYWHERE or place_of(action) is not None
                if is_heard and action not in self._shipped and action.shortcuts():
                    self._shipped[action] = action.shortcuts()
        self._shipped = {action: keys for action, keys in self._shipped.items() if isValid(action)}
        return self._shipped


def _name(action: QAction, shipped: list[QKeySequence]) -> str:
    return (place_of(action) or KeyPlace.WINDOW).named(shipped[0].toString(_PORTABLE))
