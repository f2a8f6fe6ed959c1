"""The pictures of a vault, found and read to be shown beside their note; nothing outside the vault ever is.

Everything here touches the disk and belongs on a thread of `TaskRunner`.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

from desktop.bridge.attachments import find_attachment
from desktop.bridge.pictures import SUFFIXES

MOST_BYTES = 30 * 1024 * 1024
WIDEST = 1280
"""Pixels: twice the column of a note, for screens of twice the density."""


def read_picture(vault: Path, note: str, name: str) -> QImage | None:
    """Return the picture that a note names, no wider than it can be shown; None where there is none."""
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
    """Return the file that a note means by a picture's name; None where there is none."""
    is_picture = PurePosixPath(name).suffix.lower() in SUFFIXES
    return find_attachment(vault, note, name) if is_picture else None
