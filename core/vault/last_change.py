"""What somebody has just done to a note that was saved: where, and whether anything at all."""

from __future__ import annotations

from dataclasses import dataclass

from core.vault.changed_block import Lines, changed_block
from core.vault.known_texts import KnownTexts
from core.vault.model import NoteText
from core.vault.place import Place, find


@dataclass(frozen=True, slots=True)
class LastChange:
    """A note as it is in its file, and the block that was changed last."""

    place: Place
    """The block; a place without lines where no block is known, the note's end if nothing is."""
    is_new: bool
    """Whether the text is another one than was known."""


def last_change(note: NoteText, known: KnownTexts, before: Place | None) -> LastChange:
    """Compare a note with what was known of it, and remember it as it is now.

    Where the change tells no block (another date in the front matter, blanks), the one `before` stays.
    """
    old = known.get(note.path)
    known.keep(note.path, note.text)
    lines = changed_block(old, note.text) if old not in (None, note.text) else None
    if lines is None:
        lines = _still(before, note) or end_of(note.text)
    return LastChange(Place(note.path, note.text, lines), old != note.text)


def end_of(text: str) -> Lines:
    """Return the place below the last line of a text that has words."""
    lines = text.split("\n")
    end = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 0)
    return Lines(end, end)


def _still(before: Place | None, note: NoteText) -> Lines | None:
    """Return where the block before is in this note, if it is there as it was."""
    if before is None or before.path != note.path:
        return None
    found = find(before, note.text)
    return found.lines if found.is_same else None
