"""What was dropped or pasted: which files, and whether they are pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from desktop.bridge.pictures import is_picture


def local_files(data: QMimeData) -> list[Path]:
    """Return the files and folders that are given; web addresses are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def picture_files(data: QMimeData) -> list[Path]:
    """Return the files that are given if all of them are pictures, else none."""
    files = local_files(data)
    is_all = bool(files) and len(files) == len(data.urls()) and all(map(is_picture, files))
    return files if is_all else []


def holds_pictures(source: QMimeData) -> bool:
    """Whether there are pictures and no text to paste instead: a table of an office suite comes as both."""
    if source.hasUrls():
        return bool(picture_files(source))
    return source.hasImage() and not source.hasText()
