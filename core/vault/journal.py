"""Add a question and its answer to the note of a day, where the vault's own program keeps it.

Blocking; written as `core.vault.notes` writes: whole or not at all, never over somebody else's change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from core.errors import NoteChangedElsewhere, NoteError, NoteMissing, NoteNotSaved
from core.vault import notes
from core.vault.daily_template import from_template
from core.vault.day_format import LANGUAGES
from core.vault.layout import LOGSEQ_FORMAT, OBSIDIAN_FORMAT, detect_layout, journal_path
from core.vault.model import VaultLayout

_FOLDERS = ("journals", "journal", "daily", "Daily", "Daily Notes", "diary", "日记", "日志", "")
_NAMES = {
    LOGSEQ_FORMAT: re.compile(r"\d{4}_\d\d_\d\d\.md"),
    OBSIDIAN_FORMAT: re.compile(r"\d{4}-\d\d-\d\d\.md"),
}
_ATTEMPTS = 5
"""Somebody else may save the same note in between; then it is read again."""
_DAYS_BACK = 60
"""How far back the notes of other days are looked for that show in which language days are named."""


def add_to_journal(
    vault: Path, now: datetime, question: str, answer: str, *, max_bytes: int, language: str = "en"
) -> str:
    """Append to the day's note, which is made if need be, and return its path relative to the vault.

    `language` names months and days where no note of another day shows in which the vault's program does.

    Raises:
        NoteMissing, NoteUnreadable, NoteNotText, NoteTooLarge: the day's note cannot be read.
        NoteChangedElsewhere, NoteNotSaved: it could not be written; nothing was.
    """
    layout = in_language_of(vault, journal_layout(vault), now, language)
    path = journal_path(layout, now)
    entry = as_blocks(question, answer) if layout.is_logseq else as_paragraphs(question, answer)
    gap = "\n" if layout.is_logseq else "\n\n"
    for attempt in range(_ATTEMPTS):
        try:
            if not _append(vault, path, entry, gap=gap, max_bytes=max_bytes):
                start = from_template(vault, layout, path, now, max_bytes=max_bytes)
                notes.create(vault, path, _joined(start, gap, entry))
            return path
        except (NoteChangedElsewhere, NoteNotSaved) as error:
            if not _was_overtaken(error) or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def journal_layout(vault: Path) -> VaultLayout:
    """Return where the vault's daily notes go: as its program was told, else as those that are there lie."""
    layout = detect_layout(vault)
    if layout.is_logseq or layout.is_obsidian:
        return layout
    for folder, (name_format, name) in product(_FOLDERS, _NAMES.items()):
        if any(name.fullmatch(file.name) for file in (vault / folder).glob("*.md")):
            is_outline = name_format == LOGSEQ_FORMAT
            return VaultLayout(is_logseq=is_outline, journal_folder=folder, journal_format=name_format)
    return layout


def in_language_of(vault: Path, layout: VaultLayout, now: datetime, language: str) -> VaultLayout:
    """Return the layout with the language in which the latest notes of days are named.

    Obsidian names days in the language of its interface, of which the vault says nothing.
    """
    spoken = [replace(layout, journal_language=one) for one in sorted(LANGUAGES, key=language.__ne__)]
    for back in range(_DAYS_BACK):
        day = now - timedelta(days=back)
        paths = [journal_path(one, day) for one in spoken]
        if len(set(paths)) == 1:
            break
        for one, path in zip(spoken, paths, strict=True):
            if (vault / path).is_file():
                return one
    return spoken[0]


def as_paragraphs(question: str, answer: str) -> str:
    """Return the entry of a page: the question in bold, the answer below it."""
    return f"**{_one_line(question)}**\n\n{answer.strip()}\n"


def as_blocks(question: str, answer: str) -> str:
    """Return the entry of a Logseq page: the question a block, the answer its child.

    Logseq indents children with a tab, and the further lines of a block by two spaces.
    """
    first, *others = answer.strip().splitlines() or [""]
    further = [f"\t  {line}" if line.strip() else "" for line in others]
    return "\n".join([f"- {_one_line(question)}", f"\t- {first}", *further]) + "\n"


def _append(vault: Path, path: str, entry: str, *, gap: str, max_bytes: int) -> bool:
    """Put the entry below what is in the note; False where there is no note."""
    try:
        note = notes.read(vault, path, max_bytes=max_bytes)
    except NoteMissing:
        return False
    notes.write(vault, note, _joined(note.text, gap, entry))
    return True


def _joined(text: str, gap: str, entry: str) -> str:
    before = text.rstrip()
    return f"{before}{gap}{entry}" if before and before != "-" else entry


def _was_overtaken(error: NoteError) -> bool:
    """Whether somebody else changed or made the note between our look at it and our write."""
    return isinstance(error, NoteChangedElsewhere) or error.details.get("reason") == "exists"


def _one_line(text: str) -> str:
    return " ".join(text.split())
