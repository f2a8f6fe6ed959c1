"""Ghost text as the engine serves it: the sources of one vault, kept current, and what was learnt."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from pathlib import Path

from core.complete.completer import Completer
from core.complete.keeping import PhraseKeeper
from core.complete.model import CompletionRequest, Fate, Offer, Outcome
from core.complete.model_source import GetModel, ModelSource
from core.complete.passages import Prefetch, Search
from core.complete.phrases import Phrases
from core.complete.rhythm import History
from core.complete.vault_source import VaultSource
from core.files import write_atomically
from core.settings import GhostSettings
from core.vault.ignore import Ignore
from core.vault.left_out import LeftOut

log = logging.getLogger(__name__)

_SAVE_EVERY = 20
"""Outcomes; the rest is saved at the end, and a few lost ones would not matter."""


class Completions:
    """Ghost text for one vault; `notes_changed` may be called from any thread, the rest from the loop's."""

    def __init__(
        self,
        vault: Path,
        settings: GhostSettings,
        history: Path,
        *,
        search: Search,
        model: GetModel,
        left_out: LeftOut,
    ) -> None:
        """Make it.

        Args:
            history: the file that keeps what the person tends to take: counts, no text.
            left_out: the notes that go to no model, and whose words are nowhere offered.
        """
        self._vault = vault
        self._file = history
        self._history = _load(history)
        self._unsaved = 0
        self._phrases = Phrases()
        self._keeper = PhraseKeeper(vault, self._phrases, left_out)
        self._prefetch = Prefetch(search)
        self._left_out = left_out
        self._model_source = ModelSource(model, self._prefetch, self._history)
        self.use(settings)

    def start(self, ignore: Ignore) -> None:
        """Begin to read the notes that are not ignored; later changes are told by `notes_changed`."""
        self._keeper.start(ignore)

    def use(self, settings: GhostSettings) -> None:
        """Complete by these settings from now on."""
        model = self._model_source if settings.model else None
        vault = VaultSource(self._phrases, self._history)
        self._completer = Completer(vault, model, in_code=settings.in_code)
        self._local = Completer(vault, None, in_code=settings.in_code)

    def notes_changed(self, changed: Iterable[str], removed: Iterable[str]) -> None:
        """These notes are new or changed, those are gone."""
        self._keeper.changed(changed, removed)

    async def complete(self, request: CompletionRequest) -> AsyncGenerator[Offer, None]:
        """Yield offers; see `core.complete.completer`. In a note that is left out no model is asked."""
        seen = f"{request.before}{request.after}"
        is_private = await asyncio.to_thread(self._left_out.holds, request.path, seen)
        completer = self._local if is_private else self._completer
        async with aclosing(completer.complete(request)) as offers:
            async for offer in offers:
                yield offer

    async def composing(self, is_composing: bool) -> None:
        """Begin no request to the model while an input method composes; a look in that time ends early."""
        self._model_source.is_composing = is_composing

    async def outcome(self, outcome: Outcome) -> None:
        """Learn what became of a suggestion."""
        self._history.add(outcome)
        self._unsaved += 1
        if self._unsaved >= _SAVE_EVERY and outcome.fate is not Fate.SHOWN:
            self._save()

    def close(self) -> None:
        """Save what was learnt and end the thread."""
        self._prefetch.close()
        self._keeper.stop()
        if self._unsaved:
            self._save()

    def _save(self) -> None:
        self._unsaved = 0
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps(self._history.to_dict()).encode())
        except OSError as error:
            log.warning("the history of ghost text was not saved: %s", error)


def _load(file: Path) -> History:
    """Return the history in `file`, an empty one where there is none that can be read."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return History()
    return History.from_dict(data) if isinstance(data, dict) else History()
