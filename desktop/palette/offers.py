"""The prompts and notes that quick-ask offers while their names are typed."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from core.prompts.model import Prompt
from core.prompts.naming import find_prompts
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
    def prompts(self) -> Sequence[Prompt]:
        """All of them, in the order of a menu."""

    def prompt(self, prompt_id: str) -> Prompt | None:
        """One of them."""


class Offers(QObject):
    """Finds what is wanted among the names that the engine told last, and asks it for newer ones.

    Signals:
        changed: Other names are known; what is wanted may be found among them.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._names: dict[Kind, Terms] = {}
        self._asked: dict[Kind, float] = {}

    def find(self, wanted: Wanted) -> list[Hit]:
        """Return what is offered for this; the path of a hit is a prompt's id or a note's path."""
        self._ask(wanted.kind)
        names = self._names.get(wanted.kind, Terms())
        if wanted.kind is Kind.PROMPT:
            language = self._library.language
            found = find_prompts(self._library.prompts, names, wanted.words)[:MOST]
            return [Hit(one.id, 0, one.title.of(language), one.about.of(language)) for one in found]
        paths = dict.fromkeys(term.detail for term in find_terms(names, wanted.words, _NAMES_A_NOTE * MOST))
        return [Hit(path, 0, PurePosixPath(path).stem, path) for path in list(paths)[:MOST]]

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Return a prompt by its id."""
        return self._library.prompt(prompt_id)

    def title_of(self, prompt: Prompt) -> str:
        """Return what a prompt is called in the window's language."""
        return prompt.title.of(self._library.language)

    def forget(self) -> None:
        """Forget the names: another vault is open."""
        self._names.clear()
        self._asked.clear()

    def _ask(self, kind: Kind) -> None:
        if not self._bridge.attached or time.monotonic() - self._asked.get(kind, float("-inf")) < FRESH_S:
            return
        self._asked[kind] = time.monotonic()
        done, failed = partial(self._learn, kind), partial(self._not_told, kind)
        if kind is Kind.PROMPT:
            self._bridge.assist.prompt_names(self._library.language, done=done, failed=failed)
        else:
            self._bridge.note_names(done=done, failed=failed)

    def _learn(self, kind: Kind, names: Terms) -> None:
        if names != self._names.get(kind):
            self._names[kind] = names
            self.changed.emit()

    def _not_told(self, kind: Kind, error: Exception) -> None:
        log.info("names of %s are not known: %s", kind.name, error)
