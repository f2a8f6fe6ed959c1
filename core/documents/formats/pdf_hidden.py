"""Which characters of a PDF page a reader can see.

A character is suspect if it is drawn without ink, tiny, or nearly white. Suspects are settled by looking: the
page is drawn small, and where the place of a suspect is of one colour throughout, nothing can be read there.
So white words on a dark table head stay, and black words under a white box go.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.documents.clean import one_line
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage, PdfTextPage

_TINY_POINTS = 3.5  # a subscript of a footnote is larger
_WHITE_FROM = 225
_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE
_FLAT = 24
"""Spread of grey levels (0-255) below which a place counts as one colour; print has 100 and more."""
_DRAWN_SCALE = 1.5
_MOSTLY = 0.5


def visible_text(page: PdfPage, label: str) -> tuple[str, list[Hidden]]:
    """Return the page's text without what cannot be seen, and a report of that.

    Where all of a page's text is an invisible layer, it is what an OCR program wrote over a scan: it is kept,
    and reported as `kept`.
    """
    text_page = page.get_textpage()
    count = text_page.count_chars()
    kinds = _Suspects(text_page).kinds(count)
    if not any(kinds):
        return text_page.get_text_range(), []
    inked = [kind for index, kind in enumerate(kinds) if not _is_space(text_page, index)]
    if inked and all(kind is HiddenKind.INVISIBLE for kind in inked):
        text = text_page.get_text_range()
        return text, [Hidden(HiddenKind.INVISIBLE, one_line(text), label, kept=True)]
    look = _Look(page)
    return _split(text_page, _settled(text_page, kinds, look), label)


class _Suspects:
    """Asks PDFium for size, colour and mode of each character."""

    def __init__(self, text_page: PdfTextPage) -> None:
        self._page = text_page
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._modes: dict[int, int] = {}

    def kinds(self, count: int) -> list[HiddenKind | None]:
        """One entry a character; None where nothing speaks against it."""
        return [self._kind(index) for index in range(count)]

    def _kind(self, index: int) -> HiddenKind | None:
        from pypdfium2 import raw

        if self._mode(index) == _INVISIBLE:
            return HiddenKind.INVISIBLE
        red, green, blue, alpha = self._colour
        if raw.FPDFText_GetFillColor(self._page, index, red, green, blue, alpha):
            if alpha.value == 0:
                return HiddenKind.INVISIBLE
            if min(red.value, green.value, blue.value) >= _WHITE_FROM:
                return HiddenKind.COLOUR
        return HiddenKind.TINY if 0 < _height(self._page, index) < _TINY_POINTS else None

    def _mode(self, index: int) -> int:
        """The render mode of the text object that the character belongs to; spaces between may have none."""
        from pypdfium2 import raw

        text_object = raw.FPDFText_GetTextObject(self._page, index)
        if not text_object:
            return 0
        address = ctypes.addressof(text_object.contents)
        if address not in self._modes:
            self._modes[address] = raw.FPDFTextObj_GetTextRenderMode(text_object)
        return self._modes[address]


class _Look:
    """The page drawn once, when it is first needed."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        self._left, self._bottom, self._right, self._top = page.get_mediabox()
        self._picture: Image | None = None

    def is_flat(self, box: tuple[float, float, float, float]) -> bool:
        """Whether the place (left, bottom, right, top, in points) is of one colour."""
        if self._picture is None:
            self._picture = self._page.render(scale=_DRAWN_SCALE, grayscale=True).to_pil()
        left, bottom, right, top = box
        edges = (left - self._left, self._top - top, right - self._left, self._top - bottom)
        pixels = [round(edge * _DRAWN_SCALE) for edge in edges]
        area = (pixels[0], pixels[1], max(pixels[2], pixels[0] + 1), max(pixels[3], pixels[1] + 1))
        extremes: Any = self._picture.crop(area).getextrema()  # of one band, for it is grey
        darkest, lightest = extremes
        return bool(lightest - darkest < _FLAT)


def _settled(
    text_page: PdfTextPage, suspects: list[HiddenKind | None], look: _Look
) -> list[HiddenKind | None]:
    """Clear the runs of white characters that can be read after all.

    A run is judged as a whole: a single narrow letter may look flat where its neighbours do not.
    """
    settled: list[HiddenKind | None] = []
    for kind, run in groupby(range(len(suspects)), key=lambda index: suspects[index]):
        indexes = list(run)
        if kind is HiddenKind.COLOUR:
            inked = [index for index in indexes if not _is_space(text_page, index)]
            flat = sum(look.is_flat(text_page.get_charbox(index)) for index in inked)
            kind = kind if flat > _MOSTLY * len(inked) else None  # noqa: PLW2901
        settled += [kind] * len(indexes)
    return settled


def _split(text_page: PdfTextPage, kinds: list[HiddenKind | None], label: str) -> tuple[str, list[Hidden]]:
    """The text that is seen, and the runs that are not."""
    shown: list[str] = []
    hidden: list[Hidden] = []
    for kind, run in groupby(range(len(kinds)), key=_key(text_page, kinds)):
        indexes = list(run)
        words = text_page.get_text_range(indexes[0], len(indexes))
        if kind is None:
            shown.append(words)
        elif words.strip():
            hidden.append(Hidden(kind, one_line(words), label))
    return "".join(shown), hidden


def _key(text_page: PdfTextPage, kinds: list[HiddenKind | None]) -> Callable[[int], HiddenKind | None]:
    """Spaces go with what stands before them: they have no ink to be judged by."""
    last: list[HiddenKind | None] = [None]

    def kind_of(index: int) -> HiddenKind | None:
        if not _is_space(text_page, index):
            last[0] = kinds[index]
        return last[0]

    return kind_of


def _is_space(text_page: PdfTextPage, index: int) -> bool:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text_page, index)
    return bool(code <= 0x20 or code == 0xA0)


def _height(text_page: PdfTextPage, index: int) -> float:
    """Height in points of the font as it is drawn, whatever matrix scales it."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page, index))
    if raw.FPDFText_GetMatrix(text_page, index, matrix):
        size *= float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0
    return size
