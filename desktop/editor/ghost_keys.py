"""The keys of ghost text; all but one are ours only while a ghost is shown."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from core.settings import GhostSettings

_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


class GhostAct(Enum):
    """What a key does to a ghost."""

    TAKE = auto()
    TAKE_WORD = auto()
    TAKE_SENTENCE = auto()
    NEXT = auto()
    PREVIOUS = auto()
    REFUSE = auto()
    ASK = auto()
    """Ask for one now; the only key that is ours without a ghost."""


class GhostKeys:
    """Says what a key press means, by the person's settings."""

    def __init__(self, settings: GhostSettings) -> None:
        written = {
            GhostAct.TAKE: settings.take,
            GhostAct.TAKE_WORD: settings.take_word,
            GhostAct.TAKE_SENTENCE: settings.take_sentence,
            GhostAct.NEXT: settings.next,
            GhostAct.PREVIOUS: settings.previous,
            GhostAct.REFUSE: settings.refuse,
            GhostAct.ASK: settings.ask,
        }
        self._acts = {QKeySequence(keys).toString(): act for act, keys in written.items() if keys}

    def act(self, event: QKeyEvent) -> GhostAct | None:
        """Return what the key does; None where it is nothing of ours."""
        combination = event.keyCombination()
        modifiers = combination.keyboardModifiers() & ~_IGNORED
        return self._acts.get(QKeySequence(QKeyCombination(modifiers, combination.key())).toString())
