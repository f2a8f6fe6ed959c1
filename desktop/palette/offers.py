"""The prompts and notes that quick-ask offers while their names are typed."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.prompts.model import Prompt
from core.text.matching import Terms, find_terms
from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.marks import Kind, Wanted
from desktop.widgets.hit_list import Hit

log = logging.getLogger(__name__)

MOST = 40
FRESH_S = 3.0
"""The engine is asked again after this while: notes come and go."""
_NAMES_A_NOTE = 3
"""Looked at for each note that is shown: some have aliases."""


class Library(Protocol):
    """The prompts as they were read last; the side panel's library is one."""

    @property
    def language(self) -> str:
        """`en` or `zh`."""

    @property
    def names_changed(self) -> SignalInstance:
        """More is known of what prompts are called; what is wanted may be found among them."""

    def find(self, words: str) -> Sequence[Prompt]:
        """The prompts that a few letters may mean, the best first; all of them for none."""

    def prompt(self, prompt_id: str) -> Prompt | None:
        """One of them."""


class Offers(QObject):
    """Finds what is wanted among prompts and the notes' names that the engine told last; asks for newer ones.

    Signals:
        changed: Other names are known; what is wanted may be found among them.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._names = Terms()
        self._asked = float("-inf")
        library.names_changed.connect(self.changed)

    def find(self, wanted: Wanted) -> list[Hit]:
        """Return what is offered for this; the path of a hit is a prompt's id or a note's path."""
        if wanted.kind is Kind.PROMPT:
            language = self._library.language
            found = self._library.find(wanted.words)[:MOST]
            return [Hit(one.id, 0, one.title.of(language), one.about.of(language)) for one in found]
        self._ask()
        named = find_terms(self._names, wanted.words, _NAMES_A_NOTE * MOST)
        paths = dict.fromkeys(term.detail for term in named)
        return [Hit(path, 0, PurePosixPath(path).stem, path) for path in list(paths)[:MOST]]

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Return a prompt by its id."""
        return self._library.prompt(prompt_id)

    def title_of(self, prompt: Prompt) -> str:
        """Return what a prompt is called in the window's language."""
        return prompt.title.of(self._library.language)

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
