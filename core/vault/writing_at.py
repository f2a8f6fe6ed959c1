"""Puts text into a note's file at a place that still reads as it did, whoever else writes in that file.

Blocking. A copy of the note is kept first. What is not replaced stays as it is, byte for byte, and where the
place reads otherwise nothing is written: the person has to look at both texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import NoteChangedElsewhere
from core.vault import notes
from core.vault.backups import Backups
from core.vault.changed_block import Lines
from core.vault.model import NoteText
from core.vault.place import Place, find

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_PROSE = re.compile(r"[ \t]*[^\W_]")
_BREAKS_OFF = re.compile(r"[,，、;；—]\s*$")
_SENTENCE_ENDS = re.compile(r"[.。!！?？:：…][)）\]\"'”’」』*_]*\s*$")
_GOES_ON = re.compile(r"[ \t]*(?:[a-zà-ÿ]|[,，、;；.。!！?？)）])")
_ATTEMPTS = 5
"""Somebody else may save the same note in between; then it is read again."""


@dataclass(frozen=True, slots=True)
class Written:
    """A change that was made."""

    before: NoteText
    after: NoteText
    place: Place
    """What was put in, as it stands in the note."""


@dataclass(frozen=True, slots=True)
class Differs:
    """Nothing was written: the place reads otherwise."""

    place: Place
    """What stands there now."""
    wanted: str
    """What would stand there."""


Edit = Callable[[list[str], Lines], tuple[list[str], Lines]]
"""Returns the lines of a note with a change at some of them, and where the new ones stand."""


class PlaceWriter:
    """Changes the notes of one vault."""

    def __init__(self, vault: Path, backups: Backups, *, max_bytes: int) -> None:
        self._vault = vault
        self._backups = backups
        self._max_bytes = max_bytes

    def replace(self, place: Place, text: str) -> Written | Differs:
        """Put a text in place of the lines that stand there.

        Raises:
            NoteError: the note cannot be read, copied or written; it is what it was.
        """
        return self._change(place, lambda lines, where: _replaced(lines, where, _lines(text)))

    def insert(self, place: Place, text: str) -> Written | Differs:
        """Put a text below the place's lines, as a block of its own or as items of their list.

        Words that plainly go on with a sentence broken off there go on in its line.

        Raises:
            NoteError: as `replace`.
        """
        put = _continued if place.lines and goes_on(place.words, text) else _inserted
        return self._change(place, lambda lines, where: put(lines, where, _lines(text)))

    def append(self, path: str, text: str) -> Written:
        """Put a text at the end of a note, as a block of its own.

        Raises:
            NoteError: as `replace`.
        """
        done = self._attempt(lambda: self._append(path, text))
        assert isinstance(done, Written)
        return done

    def take_back(self, written: Written) -> Written:
        """Make the note what it was before a change, to the byte.

        Raises:
            NoteChangedElsewhere: it no longer reads as it was written; nothing is taken back.
            NoteError: as `replace`.
        """
        before = written.before
        self._backups.snapshot(before.path)
        over = replace(before, content_hash=written.after.content_hash)
        now = notes.write(self._vault, over, before.text)
        where = find(written.place, before.text).lines
        return Written(written.after, now, Place(before.path, before.text, where))

    def _change(self, place: Place, edit: Edit) -> Written | Differs:
        return self._attempt(lambda: self._change_once(place, edit))

    def _attempt(self, work: Callable[[], Written | Differs]) -> Written | Differs:
        for _ in range(_ATTEMPTS - 1):
            try:
                return work()
            except NoteChangedElsewhere:
                continue
        return work()

    def _change_once(self, place: Place, edit: Edit) -> Written | Differs:
        note = notes.read(self._vault, place.path, max_bytes=self._max_bytes)
        found = find(place, note.text)
        old = note.text.split("\n")
        lines, new = edit(old, found.lines)
        if found.is_same:
            return self._write(note, "\n".join(lines), new)
        end = found.lines.end + len(lines) - len(old)
        return Differs(Place(note.path, note.text, found.lines), "\n".join(lines[found.lines.start : end]))

    def _append(self, path: str, text: str) -> Written:
        note = notes.read(self._vault, path, max_bytes=self._max_bytes)
        lines = note.text.split("\n")
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
        rest = [""] if end < len(lines) or note.text == "" else []
        changed, where = _inserted(lines[:end], Lines(end, end), _lines(text))
        return self._write(note, "\n".join([*changed, *rest]), where)

    def _write(self, note: NoteText, text: str, new: Lines) -> Written:
        self._backups.snapshot(note.path)
        after = notes.write(self._vault, note, text)
        return Written(note, after, Place(note.path, after.text, new))


def goes_on(words: str, text: str) -> bool:
    """Whether a text is the rest of the sentence that a paragraph breaks off in."""
    last = words.rpartition("\n")[2]
    if text.startswith("\n") or not text.strip() or not _PROSE.match(last) or _SENTENCE_ENDS.search(last):
        return False
    return bool(_GOES_ON.match(text)) or (bool(_BREAKS_OFF.search(last)) and _PROSE.match(text) is not None)


def apart(lines: Sequence[str], where: Lines, new: Sequence[str]) -> list[str]:
    """Return new lines to go below a block, with the blank ones that keep them a block of their own.

    Items that go between items need none.
    """
    above = lines[where.end - 1] if where.end else ""
    below = lines[where.end] if where.end < len(lines) else ""
    hangs = bool(where) and above[:1] in (" ", "\t") and _is_item(lines[where.start])
    is_list_above = hangs or _is_item(above)
    before = [""] if above.strip() and not (is_list_above and _is_item(new[0])) else []
    after = [""] if below.strip() and not (_is_item(below) and _is_item(new[-1])) else []
    return [*before, *new, *after]


def _is_item(line: str) -> bool:
    return _ITEM.match(line) is not None


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")


def _replaced(lines: list[str], where: Lines, new: Sequence[str]) -> tuple[list[str], Lines]:
    return [*lines[: where.start], *new, *lines[where.end :]], Lines(where.start, where.start + len(new))


def _continued(lines: list[str], where: Lines, new: Sequence[str]) -> tuple[list[str], Lines]:
    above, first = lines[where.end - 1], new[0]
    gap = " " if re.search(r"[\x21-\x7e]$", above) and re.match(r"[0-9A-Za-z(]", first) else ""
    joined = [above + gap + first, *new[1:]]
    end = where.end - 1 + len(joined)
    return [*lines[: where.end - 1], *joined, *lines[where.end :]], Lines(where.start, end)


def _inserted(lines: list[str], where: Lines, new: Sequence[str]) -> tuple[list[str], Lines]:
    block = apart(lines, where, new)
    start = where.end + int(block[0] == "" != new[0])
    return [*lines[: where.end], *block, *lines[where.end :]], Lines(start, start + len(new))
