"""The files of one vault for the window: core's synchronous services bound to a folder.

Everything here touches the disk and belongs on a thread of `TaskRunner`, never on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile

from core.errors import NoteNotSaved
from core.paths import Places
from core.settings import IndexSettings
from core.vault.model import NoteText, Snapshot

if TYPE_CHECKING:
    from core.vault.recovery import Draft
    from core.vault.writing_at import PlaceWriter


class VaultFiles:
    """Reads, writes and lists the notes of a vault; raises what `core.vault` raises."""

    def __init__(self, vault: Path, places: Places, index: IndexSettings | None = None) -> None:
        from core.vault.recovery import Drafts

        self.vault = vault
        self._places = places
        self.index = index or IndexSettings()
        """What is left out, and how large a note may be."""
        self._drafts = Drafts(places.recovery, vault)

    def scan(self) -> Snapshot:
        """Return every note of the vault."""
        from core.vault.ignore import load_ignore
        from core.vault.snapshot import scan

        return scan(self.vault, ignore=load_ignore(self.vault, self.index.exclude))

    def read(self, path: str) -> NoteText:
        """Return a note as it is on disk."""
        from core.vault import notes

        return notes.read(self.vault, path, max_bytes=self.index.max_note_bytes)

    def write(self, note: NoteText, text: str, *, recreate: bool = False) -> NoteText:
        """Save a note and forget its draft."""
        from core.vault import notes

        saved = notes.write(self.vault, note, text, recreate=recreate)
        self._drafts.discard(note.path)
        return saved

    def create(self, path: str, text: str) -> NoteText:
        """Make a new note."""
        from core.vault import notes

        return notes.create(self.vault, path, text)

    def create_in(self, folder: PurePosixPath, title: str, text: str) -> NoteText:
        """Make a new note in a folder of the vault, named by its title."""
        from core.vault.new_note import create_in

        return create_in(self.vault, folder, title, text)

    def place_writer(self) -> PlaceWriter:
        """Return what changes notes in their files, at places kept by their words."""
        from core.vault.backups import Backups
        from core.vault.writing_at import PlaceWriter

        backups = Backups(self._places.backups, self.vault)
        return PlaceWriter(self.vault, backups, max_bytes=self.index.max_note_bytes)

    def add_to_journal(self, now: datetime, question: str, answer: str, *, language: str) -> str:
        """Append to the note of the day, where the vault keeps such notes, and return its path."""
        from core.vault.journal import add_to_journal

        most = self.index.max_note_bytes
        return add_to_journal(self.vault, now, question, answer, max_bytes=most, language=language)

    def rename(self, old: str, new: str) -> None:
        """Give a note another path; never over a file that exists.

        Raises:
            NoteMissing: there is no such note, or the new path leads out of the vault.
            NoteNotSaved: the name is taken, or the disk refused.
        """
        from core.vault.location import locate

        source, target = self.vault / old, locate(self.vault, new)
        try:
            if target.exists() and not target.samefile(source):
                raise NoteNotSaved(f"There is already a note {new!r}.", path=new, reason="exists")
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            raise NoteNotSaved(f"{old!r} could not be renamed: {error.strerror}.", path=old) from error

    def trash(self, path: str) -> None:
        """Move a note to the system's trash.

        Raises:
            NoteNotSaved: it could not be moved; the note is where it was.
        """
        if not QFile.moveToTrash(str(self.vault / path)):
            raise NoteNotSaved(f"{path!r} could not be moved to the trash.", path=path, reason="trash")
        self._drafts.discard(path)

    def back_up(self, path: str) -> None:
        """Keep a copy of the file as it is on disk, outside the vault."""
        from core.vault.backups import Backups

        Backups(self._places.backups, self.vault).snapshot(path)

    def keep_draft(self, note: NoteText, text: str, caret: int) -> None:
        """Keep unsaved text for the start after a crash."""
        self._drafts.keep(note.path, text, base_hash=note.content_hash, caret=caret)

    def discard_draft(self, path: str) -> None:
        """Forget the draft of a note."""
        self._drafts.discard(path)

    def drafts(self) -> Sequence[Draft]:
        """Return what was left unsaved by a crash, newest first."""
        return self._drafts.list()
