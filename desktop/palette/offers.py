"""The prompts and notes that quick-ask offers while their names are typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.prompts.model import Prompt
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.note_names import NoteNames
from desktop.palette.marks import Kind, Wanted
from desktop.widgets.hit_list import Hit

MOST = 40


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
    """Finds what is wanted among prompts and notes.

    Signals:
        changed: Other names are known; what is wanted may be found among them.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._names = NoteNames(bridge, self)
        self._names.changed.connect(self.changed)
        library.names_changed.connect(self.changed)

    def find(self, wanted: Wanted) -> list[Hit]:
        """Return what is offered for this; the path of a hit is a prompt's id or a note's path."""
        if wanted.kind is Kind.PROMPT:
            language = self._library.language
            found = self._library.find(wanted.words)[:MOST]
            return [Hit(one.id, 0, one.title.of(language), one.about.of(language)) for one in found]
        paths = self._names.find(wanted.words, MOST)
        return [Hit(path, 0, PurePosixPath(path).stem, path) for path in paths]

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Return a prompt by its id."""
        return self._library.prompt(prompt_id)

    def title_of(self, prompt: Prompt) -> str:
        """Return what a prompt is called in the window's language."""
        return prompt.title.of(self._library.language)

    def forget(self) -> None:
        """Forget the names: another vault is open."""
        self._names.forget()
