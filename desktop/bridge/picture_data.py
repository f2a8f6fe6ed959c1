"""Which files or pictures are dropped or pasted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from desktop.bridge.pictures import is_picture


def local_files(data: QMimeData) -> list[Path]:
    """Return the files and folders that are given; addresses of the web are nobody's files."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def picture_files(data: QMimeData) -> list[Path]:
    """Return the files that are given, if they are pictures one and all."""
    files = local_files(data)
    is_all = bool(files) and len(files) == len(data.urls()) and all(map(is_picture, files))
    return files if is_all else []


def holds_pictures(source: QMimeData) -> bool:
    """Whether there are pictures and no words that would do as well, as a table copied from an office has."""
    if source.hasUrls():
        return bool(picture_files(source))
    return source.hasImage() and not source.hasText()
