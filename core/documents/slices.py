"""Pictures far longer than wide (or the other way round) cut into pieces that can be read.

A recogniser looks at a picture as a whole: shrunk to its size, the letters of a long screenshot are gone. It
is cut where a row of pixels is plain, so that no line of text is cut through.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_LONG = 2.2
"""Times as long as wide from which a picture is cut: a page is 1.4, a telephone's screen 2.2."""
_PLAIN_WITHIN = 0.25
"""The last part of a piece in which a plain row is looked for."""


def slices(picture: Image, side: int) -> Iterator[Image]:
    """Yield the picture, or pieces no longer than `side` from top to bottom or from left to right."""
    width, height = picture.size
    if max(width, height) <= max(side, _LONG * min(width, height)):
        yield picture
        return
    is_tall = height > width
    grey = picture.convert("L")
    start, length = 0, max(width, height)
    while start < length:
        end = min(length, start + side)
        if end < length:
            end = _plain_row(grey, start + int((end - start) * (1 - _PLAIN_WITHIN)), end, is_tall=is_tall)
        yield picture.crop(_band(picture, start, end, is_tall=is_tall))
        start = end


def _plain_row(grey: Image, first: int, last: int, *, is_tall: bool) -> int:
    """The plainest row (or column) from `first` to `last`; of equals the last."""

    def spread(at: int) -> int:
        darkest, lightest = _extrema(grey.crop(_band(grey, at, at + 1, is_tall=is_tall)))
        return lightest - darkest

    return min(range(last - 1, first, -1), key=spread, default=last)


def _extrema(row: Image) -> tuple[int, int]:
    extrema: Any = row.getextrema()  # of one band, for it is grey
    return extrema[0], extrema[1]


def _band(picture: Image, start: int, end: int, *, is_tall: bool) -> tuple[int, int, int, int]:
    return (0, start, picture.width, end) if is_tall else (start, 0, end, picture.height)
