"""Pictures and recordings that a note links to, as files of the vault."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from desktop.bridge.attachments import first_file, folders_for

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
        file = _file(vault, note, (link[1] or unquote(link[2])).strip())
        if file is not None:
            found[file] = None
    return list(found)[:MOST]


def _file(vault: Path, note: str, target: str) -> Path | None:
    if "://" in target or target.startswith("/"):
        return None
    return first_file(vault, target, (*folders_for(vault, note), *_USUAL_FOLDERS))
