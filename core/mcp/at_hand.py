"""The vault's index, opened while the client already talks to us, and kept current until it leaves."""

from __future__ import annotations

import threading
import tomllib
from dataclasses import replace
from pathlib import Path

from core.engine.model import NotesChanged
from core.engine.services import VaultServices
from core.engine.upkeep import Upkeep
from core.errors import EmbeddingUnavailable, IndexDamaged, NotesNotRead, PilotfishError
from core.index.model import IndexProgress
from core.paths import Places
from core.search.model import Passage, SearchQuery
from core.settings import IndexSettings, Settings, from_dict
from core.vault.left_out import LeftOut

FIRST_READING_S = 20.0
"""How long a tool waits for a vault that is read for the first time; clients give up after a minute."""


class NotesAtHand:
    """A vault that is asked from any thread; whoever asks before it has been read waits for that."""

    def __init__(self, vault: Path, wanted: Settings, where: Places) -> None:
        self._upkeep = Upkeep(vault, wanted, where, self._tell)
        self._wanted = wanted.index
        self.left_out = LeftOut(vault, self._rules)
        """What must not be given, as the vault's own file and the settings say at this moment."""
        self._settings_file = where.settings_file
        self._settled = threading.Event()
        self._trouble: PilotfishError | None = None

    def open(self) -> None:
        """Open the index and begin to keep it current; what goes wrong is told to whoever asks."""
        try:
            self._upkeep.open()
        except PilotfishError as error:
            self._tell(error)
        else:
            self._look()

    def close(self) -> None:
        """End the upkeep; a write under way is finished."""
        self._upkeep.close()

    def services(self) -> VaultServices:
        """Return the vault's services once its words are found.

        Raises:
            NotesNotRead: that takes longer than anybody waits.
            PilotfishError: what keeps the vault from being read.
        """
        if not self._settled.wait(FIRST_READING_S):
            raise NotesNotRead
        if self._trouble is not None:
            raise self._trouble
        return self._upkeep.services

    def search(self, query: SearchQuery) -> list[Passage]:
        """Look up passages; a damaged index is left to the upkeep, which mends it."""
        try:
            return self.services().searcher.search(query)
        except IndexDamaged:
            self._upkeep.keeper.want_mending(query)
            raise

    def _rules(self) -> IndexSettings:
        """What was excluded at the start and what is now; where that cannot be read, the former alone.

        Not by `settings.load`, which sets a damaged file aside: nothing is touched here.
        """
        wanted = self._wanted
        try:
            now = from_dict(tomllib.loads(self._settings_file.read_text(encoding="utf-8"))).index
        except (OSError, TypeError, ValueError):
            return wanted
        return replace(
            wanted,
            exclude=(*wanted.exclude, *now.exclude),
            exclude_tags=(*wanted.exclude_tags, *now.exclude_tags),
        )

    def _tell(self, event: IndexProgress | NotesChanged | PilotfishError) -> None:
        if not isinstance(event, PilotfishError):
            self._look()
        elif not isinstance(event, EmbeddingUnavailable) and not self._settled.is_set():
            self._trouble = event
            self._settled.set()

    def _look(self) -> None:
        """Let those who wait go on, once the whole vault has been read."""
        if self._upkeep.services.index.scanned:
            self._trouble = None
            self._settled.set()
