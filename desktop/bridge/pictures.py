"""Pictures that are dropped on a note: copied into the vault, and the link that shows them.

Everything here touches the disk and belongs on a thread of `TaskRunner`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from core.errors import NoteNotSaved
from core.files import write_atomically
from core.vault.location import locate

SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"))
_MOST_BYTES = 100 * 1024 * 1024


def is_picture(file: Path) -> bool:
    """Whether a file's name is that of a picture."""
    return file.suffix.lower() in SUFFIXES


def take_in(vault: Path, note: str, picture: Path) -> str:
    """Copy a picture into the vault and return the Markdown that shows it in the note.

    It goes where the vault keeps such things: Obsidian's attachment folder, Logseq's `assets`, else the
    folder of the note. A picture that lies in the vault is linked to where it is; none is ever written over.

    Raises:
        NoteNotSaved: it could not be read or written.
    """
    try:
        source = picture.resolve(strict=True)
        if source.is_relative_to(vault.resolve()):
            return link(note, source.relative_to(vault.resolve()).as_posix())
        if source.stat().st_size > _MOST_BYTES:
            raise NoteNotSaved(
                f"{picture.name!r} is too large to be copied.", path=picture.name, reason="size"
            )
        return keep(vault, note, picture.name, source.read_bytes())
    except OSError as error:
        raise NoteNotSaved(
            f"{picture.name!r} could not be copied: {error.strerror}.", path=picture.name
        ) from error


def keep(vault: Path, note: str, name: str, data: bytes) -> str:
    """Write a picture's bytes into the vault under a name that is free; see `take_in`."""
    folder = attachment_folder(vault, note)
    for path in _free_names(folder, name):
        target = locate(vault, path)
        if target.exists() and target.read_bytes() == data:
            return link(note, path)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, data)
            return link(note, path)
    raise AssertionError("names never end")


def attachment_folder(vault: Path, note: str) -> str:
    """Return the folder for a note's pictures, relative to the vault; empty for the vault itself."""
    here = PurePosixPath(note).parent.as_posix()
    wanted = _obsidian_folder(vault)
    if wanted == "/":
        return ""
    if wanted is not None and wanted.startswith("./"):
        return _clean(f"{here}/{wanted[2:]}")
    if wanted:
        return _clean(wanted)
    if wanted is None and (vault / "logseq" / "config.edn").is_file():
        return "assets"
    return _clean(here)


def link(note: str, path: str) -> str:
    """Return the Markdown of a picture, its address relative to the note."""
    here = PurePosixPath(note).parent.as_posix()
    address = os.path.relpath(path, here).replace(os.sep, "/")
    return f"![{PurePosixPath(path).stem.replace('[', '').replace(']', '')}]({quote(address, safe='/._-~')})"


def _obsidian_folder(vault: Path) -> str | None:
    """Return what Obsidian's own settings say; None where there are none."""
    try:
        settings = json.loads((vault / ".obsidian" / "app.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    folder = settings.get("attachmentFolderPath", "/") if isinstance(settings, dict) else None
    return folder if isinstance(folder, str) else None


def _clean(folder: str) -> str:
    parts = [part for part in PurePosixPath(folder).parts if part not in ("/", ".", "..")]
    return "/".join(parts)


def _free_names(folder: str, name: str) -> Iterator[str]:
    plain = PurePosixPath(name)
    for number in count():
        tail = f" {number}" if number else ""
        yield f"{folder}/{plain.stem}{tail}{plain.suffix}".lstrip("/")
