"""Notes as they were before Pilotfish changed them: small copies outside the vault, kept for a month.

A copy holds the very bytes of the note. Its name says when it was made and from which content, so that the
same content is never kept twice in a row.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from core.errors import NoteMissing, NoteNotSaved, NoteUnreadable
from core.files import content_hash, resolve, write_new
from core.vault.location import locate

log = logging.getLogger(__name__)

KEEP_SECONDS = 30 * 24 * 3600
KEEP_AT_LEAST = 3
"""The newest copies of a note stay however old they are."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a note."""

    path: str
    """The note, relative to the vault."""
    saved_at: float
    """Seconds since the epoch."""
    file: Path

    def read(self) -> bytes:
        """Return the note's bytes as they were."""
        return self.file.read_bytes()


class Backups:
    """The copies of one vault's notes under one folder.

    Args:
        folder: `Places.backups`; vaults are kept apart below it.
        now: seconds since the epoch.
    """

    def __init__(self, folder: Path, vault: Path, *, now: Callable[[], float] = time.time) -> None:
        self._vault = vault
        self._folder = folder / _digest(str(resolve(vault)))
        self._now = now

    def snapshot(self, path: str) -> Backup:
        """Keep a copy of the note as it is on disk; the newest copy is returned where it is the same.

        Raises:
            NoteMissing: there is no such note.
            NoteUnreadable: it may not be read.
            NoteNotSaved: the copy could not be written; whoever wanted to change the note should not.
        """
        data = self._read(path)
        kept = self.list(path)
        if kept and kept[0].file.name.split("-")[1].startswith(content_hash(data)):
            return kept[0]
        saved_at = max(self._now(), kept[0].saved_at + 0.001 if kept else 0.0)
        name = f"{round(saved_at * 1000):015}-{content_hash(data)}{PurePosixPath(path).suffix}"
        folder = self._folder_of(path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _describe(folder, path)
            write_new(folder / name, data)
        except OSError as error:
            message = f"No backup of {path!r} could be made: {error.strerror}."
            raise NoteNotSaved(message, path=path, reason="backup") from error
        self._clean(path)
        return Backup(path, saved_at, folder / name)

    def list(self, path: str) -> list[Backup]:
        """Return the copies of a note, newest first."""
        found = []
        with suppress(OSError):
            for file in self._folder_of(path).iterdir():
                made, dash, _ = file.name.partition("-")
                if dash and made.isdecimal():
                    found.append(Backup(path, int(made) / 1000, file))
        return sorted(found, key=lambda backup: backup.saved_at, reverse=True)

    def _read(self, path: str) -> bytes:
        try:
            return locate(self._vault, path).read_bytes()
        except FileNotFoundError as error:
            raise NoteMissing(f"There is no note {path!r}.", path=path) from error
        except OSError as error:
            raise NoteUnreadable(f"{path!r} may not be read: {error.strerror}.", path=path) from error

    def _folder_of(self, path: str) -> Path:
        return self._folder / _digest(path)

    def _clean(self, path: str) -> None:
        oldest = self._now() - KEEP_SECONDS
        for backup in self.list(path)[KEEP_AT_LEAST:]:
            if backup.saved_at < oldest:
                try:
                    backup.file.unlink()
                except OSError as error:
                    log.warning("an old backup could not be removed: %s", error)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _describe(folder: Path, path: str) -> None:
    """Leave the note's path beside its copies, for somebody who looks for them without Pilotfish."""
    with suppress(FileExistsError):
        write_new(folder / "note.txt", path.encode("utf-8", "surrogatepass") + b"\n")
