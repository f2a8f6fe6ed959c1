"""Making a note named by its title, which may be anybody's words."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from core.vault import notes
from core.vault.model import NoteText

_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]')
_LONGEST_NAME = 60


def file_name(title: str) -> str:
    """Return a name that every system and every note program accepts, from somebody's words."""
    words = " ".join(_FORBIDDEN.sub(" ", title).split()).strip(" .")
    return words[:_LONGEST_NAME].rstrip(" .") or "Note"


def create_in(vault: Path, folder: PurePosixPath, title: str, text: str) -> NoteText:
    """Write a note under the first free name; files come and go, so the disk is asked.

    Args:
        folder: relative to the vault.

    Raises:
        NoteNotSaved: the disk refused, or somebody was quicker with the same name.
    """
    name, number = file_name(title), 1
    while True:
        path = folder / (f"{name}.md" if number == 1 else f"{name} {number}.md")
        if not (vault / path).exists():
            return notes.create(vault, str(path), text.rstrip("\n") + "\n")
        number += 1
