"""Images that go to a model with a question: read from disk, told by their bytes, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import UsageError
from core.llm.chat import Image

MOST_BYTES = 8 * 1024 * 1024
"""Of one image; providers refuse larger requests."""
MOST_IMAGES = 8

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def read_images(paths: Sequence[str], vault: Path) -> tuple[Image, ...]:
    """Return the images at these paths, absolute or relative to the vault.

    Raises:
        UsageError: one cannot be read, is too large, or is no image that models take.
    """
    if len(paths) > MOST_IMAGES:
        raise UsageError(f"At most {MOST_IMAGES} images go along with a question.")
    return tuple(_image(vault / path) for path in paths)


def _image(file: Path) -> Image:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The image {file.name} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise UsageError(f"The image {file.name} is larger than {MOST_BYTES // 1024 // 1024} MiB.")
    if not (kind := _kind(data)):
        raise UsageError(f"{file.name} is no PNG, JPEG, GIF or WebP image.")
    return Image(kind, data, file.name)


def _kind(data: bytes) -> str:
    """Return the media type by the first bytes, whatever the file is called; empty for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")
