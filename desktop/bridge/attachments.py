"""Links of a note to files that are no notes: found in the vault, opened by the system's program for them.

Looking for it touches the disk and belongs on a thread of `TaskRunner`.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from core.errors import NoteMissing
from core.vault.location import is_note_name, locate
from desktop.bridge.pictures import attachment_folder

MOST_ENTRIES = 100_000
"""Folders and files that are looked through for a name."""
_HARMLESS = re.compile(
    r"\.(pdf|epub|djvu|docx?|odt|rtf|xlsx?|ods|csv|tsv|pptx?|odp|txt|log|json|bib"
    r"|png|jpe?g|gif|webp|svg|bmp|avif|heic|tiff?|mp3|wav|m4a|flac|ogg|opus|aac"
    r"|mp4|m4v|mov|mkv|webm|avi|canvas|drawio|zip|7z|gz|tar)",
    re.IGNORECASE,
)
"""Kinds of files that programs show and do not run. No note is called like one."""


def may_be_attachment(target: str) -> bool:
    """Whether a link's target has the name of a file that is no note: `report.pdf`, but also `Node.js`."""
    return bool(PurePosixPath(target).suffix) and not is_note_name(target)


def is_attachment(target: str) -> bool:
    """Whether a link's target can be nothing but an attachment, whether it is there or not."""
    return _HARMLESS.fullmatch(PurePosixPath(target).suffix) is not None


def find_attachment(vault: Path, note: str, target: str) -> Path | None:
    """Return the file of the vault that a link in the note `note` means, None where there is none.

    As in Obsidian and Logseq the target is a path from the note, from the vault, from the folder for
    attachments, or the name of a file anywhere in the vault.
    """
    found = first_file(vault, target, folders_for(vault, note))
    return found or (_anywhere(vault, target) if "/" not in target else None)


def folders_for(vault: Path, note: str) -> tuple[str, ...]:
    """Return the folders from which a note's links are followed, in order; relative to the vault."""
    return posixpath.dirname(note), "", attachment_folder(vault, note)


def first_file(vault: Path, target: str, folders: Iterable[str]) -> Path | None:
    """Return the first file that lies at `target` from one of the folders, never one outside the vault."""
    paths = (posixpath.normpath(posixpath.join(folder, target)) for folder in dict.fromkeys(folders))
    return next((file for path in paths if (file := _file(vault, path)) is not None), None)


def show(file: Path) -> None:
    """Open a file by the system's program for it; of one that might be run, only the folder it lies in."""
    shown = file if is_attachment(file.name) else file.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))


def _file(vault: Path, path: str) -> Path | None:
    try:
        file = locate(vault, path.lstrip("/"))
    except NoteMissing:
        return None
    return file if file.is_file() else None


def _anywhere(vault: Path, name: str) -> Path | None:
    seen = 0
    for folder, folders, files in os.walk(vault):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        if name in files:
            return _file(vault, (Path(folder) / name).relative_to(vault).as_posix())
        seen += len(folders) + len(files)
        if seen > MOST_ENTRIES:
            return None
    return None
