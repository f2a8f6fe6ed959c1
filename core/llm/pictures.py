"""What a picture costs in tokens, from its size alone (it is never unpacked), and how it is shown as sent."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from core.llm.chat import Image, Message
from core.text import tokens

BASE, TILE = 85, 170
"""Tokens of a picture and of each of its tiles, "high detail" (OpenAI's guide to images, GPT-4o)."""
_TILE_SIDE, _LONGEST, _SHORTEST = 512, 2048, 768
_UNKNOWN = (_LONGEST, _SHORTEST)
"""A picture whose size cannot be told is taken for the largest that is looked at."""
_PICTURE = re.compile(rb"(data:image/[a-z]+;base64,[A-Za-z0-9+/]{24})([A-Za-z0-9+/=]+)")


def tokens_in(messages: Iterable[Message]) -> int:
    """Return an estimate of the tokens of messages with their pictures."""
    return sum(tokens.count(m.content) + sum(map(tokens_of, m.images)) for m in messages)


def without_pictures(body: bytes) -> str:
    """Return a request's body with each picture cut to its beginning; the rest stays letter for letter."""
    shown = _PICTURE.sub(lambda found: b"%b... (%d more)" % (found[1], len(found[2])), body)
    return shown.decode("utf-8", "replace")


def without_bytes(message: Message) -> Message:
    """Return a message whose pictures are named but not there: it is only to be looked at."""
    return replace(message, images=tuple(replace(image, data=b"") for image in message.images))


def tokens_of(image: Image) -> int:
    """Return an estimate of the tokens that a model takes for a picture.

    Providers count differently, most of them less than this: a picture is scaled to fit 2048 by 2048 pixels,
    then to a shorter side of 768, and looked at in tiles of 512.
    """
    width, height = size_of(image.data) or _UNKNOWN
    share = min(1.0, _LONGEST / max(width, height))
    share *= min(1.0, _SHORTEST / max(min(width, height) * share, 1.0))
    tiles = ceil(width * share / _TILE_SIDE) * ceil(height * share / _TILE_SIDE)
    return BASE + TILE * max(tiles, 1)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as the picture's head says, None where it says nothing of use."""
    from PIL import Image as Picture
    from PIL import UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a huge one is warned of; nothing of it is unpacked here
        try:
            with Picture.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
                width, height = picture.size
        except (UnidentifiedImageError, Picture.DecompressionBombError, OSError, ValueError, SyntaxError):
            return None
    return (width, height) if width > 0 and height > 0 else None
