"""Notes by a few letters of their names, pinyin initials too, among those that the engine told last."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject, Signal

from core.text.matching import Terms, find_terms
from desktop.bridge.engine_bridge import EngineBridge

log = logging.getLogger(__name__)

FRESH_S = 3.0
"""The engine is asked again after this while: notes come and go."""
_NAMES_A_NOTE = 3
"""Looked at for each note that is found: some have aliases."""


class NoteNames(QObject):
    """Finds at once in what is known, and asks for newer names.

    Signals:
        changed: Other names are known; what is wanted may be found among them.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.forget()

    def find(self, words: str, most: int) -> list[str]:
        """Return the paths of notes that the words may mean, the best first."""
        self._ask()
        named = find_terms(self._names, words, _NAMES_A_NOTE * most)
        return list(dict.fromkeys(term.detail for term in named))[:most]

    def forget(self) -> None:
        """Forget the names: another vault is open."""
        self._names, self._asked = Terms(), float("-inf")

    def _ask(self) -> None:
        if self._bridge.attached and time.monotonic() - self._asked >= FRESH_S:
            self._asked = time.monotonic()
            self._bridge.note_names(done=self._learn, failed=self._not_told)

    def _learn(self, names: Terms) -> None:
        if names != self._names:
            self._names = names
            self.changed.emit()

    def _not_told(self, error: Exception) -> None:
        log.info("names of notes are not known: %s", error)
