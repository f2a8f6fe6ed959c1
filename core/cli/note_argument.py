"""A note named on the command line: its vault, its lines, and what a request sees of it."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from core.assist.model import NoteContext
from core.assist.place_context import context_at
from core.cli.arguments import given_folder
from core.cli.context import Context
from core.errors import NoteMissing, UsageError
from core.files import resolve
from core.text import front_matter
from core.vault import notes
from core.vault.changed_block import Lines
from core.vault.location import vault_root
from core.vault.model import NoteText
from core.vault.place import Place

_VAULT_MARKS = (".obsidian", "logseq", ".pilotfish", ".git")
_LINES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Lines of a note: `lines[start:end]` of its text, from 0, end excluded."""

    vault: Path
    note: NoteText
    start: int
    end: int

    @property
    def text(self) -> str:
        """The lines' text without a final line break."""
        return "\n".join(self.note.text.split("\n")[self.start : self.end])

    def context(self) -> NoteContext:
        """Return what a request sees of the note, the lines as the selection."""
        return context_at(Place(self.note.path, self.note.text, Lines(self.start, self.end)))


def add_note(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name a note and a part of it."""
    parser.add_argument("note", type=Path, metavar="NOTE", help="a Markdown file")
    parser.add_argument("--lines", default="", metavar="A-B", help="lines to work on, from 1; else all of it")
    parser.add_argument(
        "--vault",
        type=given_folder,
        metavar="VAULT",
        help="its vault; else the folder above with .obsidian, .git, ...",
    )


def place_of(args: argparse.Namespace, context: Context) -> NotePlace:
    """Read the note and find the lines.

    Raises:
        UsageError: the lines are none of the note's.
        NoteError, VaultError: the note cannot be read.
    """
    file = _existing(args.note)
    vault = vault_root(args.vault or vault_of(file, context.settings.last_vault))
    if not file.is_relative_to(vault):
        raise UsageError(f"{file} does not lie in the vault {vault}.")
    path = file.relative_to(vault).as_posix()
    note = notes.read(vault, path, max_bytes=context.settings.index.max_note_bytes)
    return NotePlace(vault, note, *_range(args.lines, note.text))


def vault_of(file: Path, last_vault: str = "") -> Path:
    """Return the folder that is the note's vault: the nearest one above that looks like one, the vault
    opened last if the note lies in it, else the note's own folder."""
    for folder in file.parents:
        if any((folder / mark).exists() for mark in _VAULT_MARKS):
            return folder
    last = resolve(Path(last_vault)) if last_vault else None
    return last if last is not None and file.is_relative_to(last) else file.parent


def _existing(note: Path) -> Path:
    try:
        file = resolve(note.expanduser())
    except OSError as error:
        raise NoteMissing(f"There is no note {note}.", path=str(note)) from error
    if not file.is_file():
        raise NoteMissing(f"There is no note {note}.", path=str(note))
    return file


def _range(wanted: str, text: str) -> tuple[int, int]:
    count = len(text.removesuffix("\n").split("\n"))
    if not wanted:
        return min(front_matter.read(text).line_count, count), count
    match = _LINES.fullmatch(wanted.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last <= count:
        raise UsageError(f"--lines {wanted}: the note has the lines 1-{count}.")
    return first - 1, last
