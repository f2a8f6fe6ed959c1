"""The thread that keeps the phrases of a vault current: newest notes first, then whatever changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue

from core.complete.gate import default_gate
from core.complete.phrases import LONGEST_NOTE, Phrases
from core.concurrency import step_behind
from core.errors import NoteError, VaultError
from core.text.words import word_spans
from core.vault import notes
from core.vault.ignore import Ignore
from core.vault.left_out import LeftOut
from core.vault.location import is_note_name
from core.vault.snapshot import scan

log = logging.getLogger(__name__)

_MOST_BYTES = 4 * LONGEST_NOTE
_STOP_S = 4.0


class PhraseKeeper:
    """Reads notes into `phrases`; methods return at once and may be called from any thread."""

    def __init__(self, vault: Path, phrases: Phrases, left_out: LeftOut) -> None:
        self._vault = vault
        self._phrases = phrases
        self._left_out = left_out
        self._news: SimpleQueue[tuple[tuple[str, ...], tuple[str, ...]] | None] = SimpleQueue()
        self._stopping = False
        self._ignore = Ignore()
        self._thread = threading.Thread(target=self._run, name="phrases", daemon=True)

    def start(self, ignore: Ignore) -> None:
        """Begin with all notes of the vault but those to be ignored.

        What Chinese words and the gate need is loaded first, before anyone waits for it.
        """
        self._ignore = ignore
        self._thread.start()

    def changed(self, paths: Iterable[str], removed: Iterable[str] = ()) -> None:
        """These notes are new or changed, those are gone; paths relative to the vault."""
        self._news.put((tuple(paths), tuple(removed)))

    def stop(self) -> None:
        """End, at most a few seconds from now."""
        self._stopping = True
        self._news.put(None)
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        word_spans("加载")
        default_gate()
        step_behind()
        self._phrases.replace(self._texts(self._all()))
        while (news := self._news.get()) is not None:
            paths, removed = news
            self._phrases.remove(removed)
            self._phrases.replace(self._texts(paths))

    def _all(self) -> Iterable[str]:
        try:
            return scan(self._vault, ignore=self._ignore, max_bytes=_MOST_BYTES).notes
        except VaultError as error:  # the upkeep of the index tells of it
            log.info("no phrases: %s", error)
            return ()

    def _texts(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        for path in sorted(filter(is_note_name, paths), key=self._age):
            if self._stopping:
                return
            text = self._text(path)
            if text and not self._left_out.is_tagged(text):
                yield path, text
            else:
                self._phrases.remove([path])  # what it said before does not stand there any more

    def _text(self, path: str) -> str:
        try:
            return notes.read(self._vault, path, max_bytes=_MOST_BYTES).text
        except NoteError as error:
            log.info("no phrases from a note: %s", type(error).__name__)
            return ""

    def _age(self, path: str) -> float:
        """Sort the note that was changed last first; one that is gone last."""
        try:
            return -(self._vault / path).stat().st_mtime
        except OSError:
            return 0.0
