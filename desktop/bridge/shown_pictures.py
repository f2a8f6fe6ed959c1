"""The pictures of a vault, found and read to be shown beside their note; nothing outside the vault ever is.

Everything here touches the disk and belongs on a thread of `TaskRunner`.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

from core.errors import NoteMissing
from core.vault.location import locate
from desktop.bridge.pictures import SUFFIXES, attachment_folder

MOST_BYTES = 30 * 1024 * 1024
WIDEST = 1280
"""Pixels: twice the column of a note, for screens of twice the density."""
MOST_ENTRIES = 100_000
"""Folders and files that are looked through for a name."""


def read_picture(vault: Path, note: str, name: str) -> QImage | None:
    """Return the picture that a note names, no wider than it can be shown; None where there is none.

    As in Obsidian and Logseq the name is a path from the note, from the vault, or that of a file anywhere in
    the vault.
    """
    file = find_picture(vault, note, name)
    if file is None or file.stat().st_size > MOST_BYTES:
        return None
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > WIDEST:
        reader.setScaledSize(QSize(WIDEST, max(1, round(size.height() * WIDEST / size.width()))))
    image = reader.read()
    return None if image.isNull() else image


def find_picture(vault: Path, note: str, name: str) -> Path | None:
    """Return the file that a note means by a picture's name."""
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        return None
    here = posixpath.dirname(note)
    folders = (here, "", attachment_folder(vault, note))
    for folder in dict.fromkeys(folders):
        if (file := _in_vault(vault, posixpath.normpath(posixpath.join(folder, name)))) is not None:
            return file
    return _anywhere(vault, name) if "/" not in name else None


def _in_vault(vault: Path, path: str) -> Path | None:
    try:
        file = locate(vault, path)
    except NoteMissing:
        return None
    return file if file.is_file() else None


def _anywhere(vault: Path, name: str) -> Path | None:
    seen = 0
    for folder, folders, files in os.walk(vault):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        if name in files:
            return _in_vault(vault, (Path(folder) / name).relative_to(vault).as_posix())
        seen += len(folders) + len(files)
        if seen > MOST_ENTRIES:
            return None
    return None
