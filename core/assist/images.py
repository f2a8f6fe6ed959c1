"""Images that go to a model with a question: read from disk, told by their bytes, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.assist.model import AskRequest, ContextPart, PartKind, WriteRequest
from core.errors import ImageRefused, NoVisionModel
from core.llm.chat import ChatModel, Image, Message, Role
from core.llm.pictures import tokens_of

MIB = 1024 * 1024
MOST_BYTES = 8 * MIB
"""Of one image; providers refuse larger requests."""
MOST_IMAGES = 8
_HEAD = 16
"""Bytes by which a kind of image is known."""

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def read_images(paths: Sequence[str], vault: Path) -> tuple[Image, ...]:
    """Return the images at these paths, absolute or relative to the vault.

    Raises:
        ImageRefused: one cannot be read, is too large, or is no image that models take; or they are too many.
    """
    check_count(len(paths))
    return tuple(_image(vault / path) for path in paths)


def check_count(count: int) -> None:
    """Raise `ImageRefused` where so many images do not go along with one question."""
    if count > MOST_IMAGES:
        most = str(MOST_IMAGES)
        raise ImageRefused(f"At most {most} images go along with a question.", reason="count", most=most)


def check_file(file: Path) -> None:
    """Look at an image without reading all of it; raises as `read_images`."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        raise _unreadable(file, error) from error
    _check(file.name, head, size)


def wanted(request: AskRequest | WriteRequest) -> tuple[str, ...]:
    """Return the paths of the images that were not taken out of a request again."""
    return tuple(path for path in request.images if image_key(path) not in request.sources.without)


def image_key(path: str) -> str:
    """Return the key by which an image is removed from a request."""
    return f"image:{path}"


def image_parts(paths: Sequence[str], images: Sequence[Image]) -> list[ContextPart]:
    """Return the parts of the context that images are."""
    return [
        ContextPart(PartKind.IMAGE, image_key(path), image.name, tokens_of(image), path)
        for path, image in zip(paths, images, strict=True)
    ]


def check_sees(model: ChatModel | None, images: Sequence[Image]) -> None:
    """Raise `NoVisionModel` where there are images and nobody to look at them."""
    if images and (model is None or model.demonstration):
        raise NoVisionModel("No model that sees images is set up, so nothing was sent.")


def with_images(messages: Sequence[Message], images: Sequence[Image]) -> tuple[Message, ...]:
    """Return the messages with images in the last one that is the person's."""
    place = max((at for at, message in enumerate(messages) if message.role is Role.USER), default=-1)
    seen = [replace(m, images=tuple(images)) if at == place else m for at, m in enumerate(messages)]
    return tuple(seen)


def _image(file: Path) -> Image:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(file, error) from error
    return Image(_check(file.name, data, len(data)), data, file.name)


def _check(name: str, head: bytes, size: int) -> str:
    """Return the kind of an image that may go along."""
    if size > MOST_BYTES:
        most = str(MOST_BYTES // MIB)
        raise ImageRefused(
            f"The image {name} is larger than {most} MiB.", reason="size", name=name, most=most
        )
    if not (kind := _kind(head)):
        raise ImageRefused(f"{name} is no PNG, JPEG, GIF or WebP image.", reason="kind", name=name)
    return kind


def _unreadable(file: Path, error: OSError) -> ImageRefused:
    words = f"The image {file.name} cannot be read: {error.strerror}."
    return ImageRefused(words, reason="unreadable", name=file.name)


def _kind(data: bytes) -> str:
    """Return the media type by the first bytes, whatever the file is called; empty for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")
