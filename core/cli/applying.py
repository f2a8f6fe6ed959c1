"""Puts a result into a note: never half of it, never over somebody else's change, always with a backup."""

from __future__ import annotations

from core.assist.model import Candidate, Finish
from core.cli.note_argument import NotePlace
from core.errors import UsageError
from core.paths import Places
from core.prompts.model import Placement
from core.text.diff import Part, diff
from core.text.words import word_spans
from core.vault import notes
from core.vault.backups import Backups
from core.vault.changed_block import Lines
from core.vault.writing_at import apart


def changed_text(place: NotePlace, candidate: Candidate, placement: Placement) -> str:
    """Return the note's text with the candidate in it.

    Raises:
        UsageError: an incomplete text is not to replace a whole one.
    """
    if placement is Placement.REPLACE and candidate.finish is not Finish.COMPLETE:
        raise UsageError("The result is incomplete, so it does not replace anything.")
    lines = place.note.text.split("\n")
    new = candidate.text.strip("\n").split("\n")
    if placement is Placement.REPLACE:
        lines[place.start : place.end] = new
    elif placement is Placement.INSERT:
        lines[place.end : place.end] = apart(lines, Lines(place.start, place.end), new)
    else:
        end = len(place.note.text.rstrip("\n").split("\n")) if place.note.text.strip() else 0
        lines[end:] = [*apart(lines[:end], Lines(end, end), new), ""]
    return "\n".join(lines)


def apply(place: NotePlace, text: str, where: Places) -> None:
    """Write the note's new text, after a backup of the old one.

    Raises:
        NoteChangedElsewhere: the note is no longer what was read; nothing was written.
        NoteNotSaved: the disk refused; the old file is whole.
    """
    Backups(where.backups, place.vault).snapshot(place.note.path)
    notes.write(place.vault, place.note, text)


def word_diff(old: str, new: str) -> str:
    """Return what changed, word by word, as `git diff --word-diff` writes it: `[-old-]{+new+}`."""
    return "".join(map(_shown, diff(old, new, word_spans=word_spans)))


def _shown(part: Part) -> str:
    if not part.is_change:
        return part.new
    gone = f"[-{part.old}-]" if part.old else ""
    return gone + (f"{{+{part.new}+}}" if part.new else "")
