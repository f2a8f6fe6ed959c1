"""Pictures and recordings that a note links to, as files of the vault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from core.errors import NoteMissing
from core.vault.location import locate
from desktop.bridge.pictures import attachment_folder

_SUFFIXES = "png|jpe?g|gif|webp|mp3|wav|m4a|flac|ogg|opus|aac"
_LINK = re.compile(
    rf"\[\[([^\[\]|#]{{1,300}}?\.(?:{_SUFFIXES}))(?:[|#][^\[\]]*)?\]\]"  # ![[memo.m4a|200]]
    rf"|\]\(<?([^()<>\n]{{1,500}}?\.(?:{_SUFFIXES}))>?(?:\s+\"[^\"]*\")?\)",  # ![a](b.png "title")
    re.IGNORECASE,
)
_USUAL_FOLDERS = ("assets", "attachments", "附件")
"""Obsidian finds a bare name wherever it lies; a look through the whole vault would be too much."""
MOST = 4
"""As many as are offered; a gallery would push everything else away."""


def names_media(text: str) -> bool:
    """Whether a text links to anything of the kind; quick, and without a look at the disk."""
    return _LINK.search(text) is not None


def media_in(vault: Path, note: str, text: str) -> list[Path]:
    """Return the files that `text`, which is part of the note, links to; only those that are there.

    Looked for beside the note, from the vault's folder, and where the vault keeps attachments. Touches the
    disk: for a thread of `TaskRunner`.
    """
    found: dict[Path, None] = {}
    for link in _LINK.finditer(text):
        file = _file(vault, note, link[1] or unquote(link[2]))
        if file is not None:
            found[file] = None
    return list(found)[:MOST]


def _file(vault: Path, note: str, target: str) -> Path | None:
    for path in _candidates(vault, note, target.strip()):
        try:
            file = locate(vault, path)
        except NoteMissing:
            continue  # out of the vault
        if file.is_file():
            return file
    return None


def _candidates(vault: Path, note: str, target: str) -> Iterator[str]:
    if "://" in target or target.startswith("/"):
        return
    beside = PurePosixPath(note).parent
    yield _plain(beside / target)
    yield _plain(PurePosixPath(target))
    for folder in (attachment_folder(vault, note), *_USUAL_FOLDERS):
        yield _plain(PurePosixPath(folder) / target)


def _plain(path: PurePosixPath) -> str:
    """Return a path with its `..` taken back as far as they go; others lead out, and are refused later."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
