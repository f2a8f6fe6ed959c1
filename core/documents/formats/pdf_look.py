"""A PDF page as it looks: drawn once, small and grey, so that places on it can be looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.documents.formats.pdf_pieces import Box, Piece

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SCALE = 1.5
_LONGEST_SIDE = 3_000
"""Pixels; a page of two metres is drawn smaller."""
_FLAT = 24
"""Spread of grey levels (0-255) below which nothing can be read in a place; print has 100 and more."""
_BLANK = 6
"""Spread below which nothing was drawn in a place."""
_MOSTLY = 0.5
_THIN = 3  # pixels
_SAMPLED = 40
"""Characters of a pale piece that are looked at one by one."""


class Look:
    """Draws the page when it is first asked."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page

    def is_flat(self, piece: Piece) -> bool:
        """Whether most characters of a pale piece stand on a place of one colour.

        A piece is judged as a whole: a single narrow letter may look flat where its neighbours do not.
        """
        step = 1 + len(piece.inked) // _SAMPLED
        looked_at = piece.inked[::step]
        flat = sum(self._spread(piece.box(index)) < _FLAT for index in looked_at)
        return flat > _MOSTLY * len(looked_at)

    def is_blank(self, piece: Piece) -> bool:
        """Whether nothing of a piece that has ink is to be seen where it stands."""
        return self._spread(piece.whole) < _BLANK

    def _spread(self, box: Box) -> int:
        """How far the darkest and the lightest grey of a place are apart."""
        picture, place = self._drawn
        (x1, y1), (x2, y2) = place.to_bitmap(box[0], box[1]), place.to_bitmap(box[2], box[3])
        left, right = _inside(min(x1, x2), max(x1, x2), picture.width)
        top, bottom = _inside(min(y1, y2), max(y1, y2), picture.height)
        if right <= left or bottom <= top:
            return 255
        darkest, lightest = picture.crop(
            (left, top, right, bottom)
        ).getextrema()  # of one band, for it is grey
        return int(lightest) - int(darkest)

    @cached_property
    def _drawn(self) -> tuple[Any, Any]:
        scale = min(_SCALE, _LONGEST_SIDE / max(1.0, *self._page.get_size()))
        bitmap = self._page.render(scale=scale, grayscale=True)
        return bitmap.to_pil(), bitmap.get_posconv(self._page)


def _inside(low: int, high: int, size: int) -> tuple[int, int]:
    """Pixels from and to, within the picture; a hair line, as in 一, may be drawn a pixel aside."""
    if high - low < _THIN:
        low, high = low - 1, high + 1
    return max(0, low), min(size, high)
