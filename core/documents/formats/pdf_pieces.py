"""The pieces in which a PDF page draws its text, and what the file says of each.

A piece is what one text object draws. Colour, size and mode belong to the object, so they are asked for once
a piece: a page has thousands of characters and some dozens of pieces.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.documents.model import HiddenKind

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, as the page counts them."""
_TINY_POINTS = 3.5  # a subscript of a footnote is larger
_WHITE_FROM = 225
_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE
_MARGIN = 0.08
"""Share of a page's height, at its top and at its foot, where stamps and page numbers stand."""


def pieces_of(text_page: PdfTextPage, sheet: Box) -> Iterator[Piece]:
    """Yield the pieces of a page in reading order; `sheet` is the part of it that is shown."""
    from pypdfium2 import raw

    def owner(index: int) -> int:
        drawn_by = raw.FPDFText_GetTextObject(text_page, index)
        return ctypes.addressof(drawn_by.contents) if drawn_by else 0  # none drew spaces that PDFium adds

    for address, run in groupby(range(text_page.count_chars()), key=owner):
        yield Piece(text_page, sheet, address, list(run))


@dataclass
class Piece:
    """Neighbouring characters that one text object draws; address 0 where none does."""

    text_page: PdfTextPage
    sheet: Box
    address: int
    indexes: list[int]

    @cached_property
    def inked(self) -> list[int]:
        """The characters that are more than a space."""
        return [index for index in self.indexes if not _is_space(self.text_page, index)]

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The first and the last character that is more than a space; none where all are spaces."""
        first = next((index for index in self.indexes if not _is_space(self.text_page, index)), None)
        if first is None:
            return ()
        return first, next(index for index in reversed(self.indexes) if not _is_space(self.text_page, index))

    def hiding(self) -> HiddenKind | None:
        """What the file itself says against the piece; `COLOUR` is only a suspicion."""
        if not self.address or not self.ends:
            return None
        pale = self._pale()
        if pale is HiddenKind.INVISIBLE or self._mode() == _INVISIBLE:
            return HiddenKind.INVISIBLE
        if all(_is_beside(self.box(index), self.sheet) for index in set(self.ends)):
            return HiddenKind.NOT_DISPLAYED
        return pale or (HiddenKind.TINY if 0 < self.size < _TINY_POINTS else None)

    def box(self, index: int) -> Box:
        """Where a character stands."""
        left, bottom, right, top = self.text_page.get_charbox(index)
        return left, bottom, right, top

    @cached_property
    def size(self) -> float:
        """Height in points of its font as it is drawn, whatever matrix scales it."""
        return _height(self.text_page, self.ends[0])

    def baseline(self) -> tuple[float, float]:
        """Where its first character stands on its line."""
        from pypdfium2 import raw

        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.text_page, self.ends[0], x, y)
        return x.value, y.value

    @cached_property
    def whole(self) -> Box:
        """Where the ink of the piece stands, from its first character to its last."""
        return _around([self.box(index) for index in self.ends])

    def typeset(self) -> Box:
        """Where the piece stands, with the white that belongs to its characters."""
        return _around([self.text_page.get_charbox(index, loose=True) for index in self.ends])

    def is_marginal(self) -> bool:
        """Whether it stands at the very top or foot of the page."""
        if not self.ends:
            return True
        _, bottom, _, top = self.whole
        edge = _MARGIN * (self.sheet[3] - self.sheet[1])
        return top < self.sheet[1] + edge or bottom > self.sheet[3] - edge

    def is_guessed(self) -> bool:
        """Whether its font does not say which characters it draws."""
        from pypdfium2 import raw

        return any(raw.FPDFText_HasUnicodeMapError(self.text_page, index) == 1 for index in self.ends)

    def font(self) -> int:
        """The address of its font; 0 where it has none."""
        from pypdfium2 import raw

        font = raw.FPDFTextObj_GetFont(self._object())
        return ctypes.addressof(font.contents) if font else 0

    def has_own_font(self) -> bool:
        """Whether its font is in the file, so that its letters can be drawn on any machine."""
        from pypdfium2 import raw

        font = raw.FPDFTextObj_GetFont(self._object())
        return bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1

    def _object(self) -> Any:
        from pypdfium2 import raw

        return raw.FPDFText_GetTextObject(self.text_page, self.indexes[0])

    def _mode(self) -> int:
        from pypdfium2 import raw

        return int(raw.FPDFTextObj_GetTextRenderMode(self._object()))

    def _pale(self) -> HiddenKind | None:
        from pypdfium2 import raw

        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFText_GetFillColor(self.text_page, self.ends[0], red, green, blue, alpha):
            return None
        if alpha.value == 0:
            return HiddenKind.INVISIBLE
        return HiddenKind.COLOUR if min(red.value, green.value, blue.value) >= _WHITE_FROM else None


def _around(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _is_beside(box: Box, sheet: Box) -> bool:
    left, bottom, right, top = box
    return right < sheet[0] or left > sheet[2] or top < sheet[1] or bottom > sheet[3]


def _is_space(text_page: PdfTextPage, index: int) -> bool:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text_page, index)
    return code <= 0x20 or chr(code).isspace()


def _height(text_page: PdfTextPage, index: int) -> float:
    """Height in points of the font as it is drawn, whatever matrix scales it."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page, index))
    if raw.FPDFText_GetMatrix(text_page, index, matrix):
        size *= float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0
    return size


def shown_part(page: PdfPage) -> Box:
    """The part of a page that readers show: its crop box, as far as there is paper under it."""
    paper, crop = page.get_mediabox(), page.get_cropbox()
    return (
        max(paper[0], crop[0]), max(paper[1], crop[1]), min(paper[2], crop[2]), min(paper[3], crop[3])
    )  # fmt: skip
