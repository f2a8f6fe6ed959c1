"""What of a PDF page's text a reader can see.

Pieces drawn without ink, off the page or tiny are told by what the file says of them. Pale ones, and those
that something may lie over, are settled by looking at the page: where the place of a piece is of one colour
throughout, nothing can be read there. So white words on a dark table head stay, and words under a box go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.formats.pdf_look import Look
from core.documents.formats.pdf_pieces import Box, Piece, pieces_of, shown_part
from core.documents.formats.pdf_runs import ordered_text
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_LAYER = (HiddenKind.INVISIBLE, HiddenKind.COVERED)
"""How programs that recognise text keep it from being seen: without ink, or under the picture."""
_PAGE_WIDE = 0.6
"""Share of a page that a scan of it covers at least."""
_GUESSED = 0.3
"""Share of pieces without a known meaning from which a page's text is no text."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page and what there is to know about it."""

    text: str
    """A form feed stands between blocks of different measure."""
    hidden: tuple[Hidden, ...] = ()
    is_scan: bool = False
    """A picture covers the page, and what is written on it stands in its margins at most."""
    is_guessed: bool = False
    """Its fonts do not say which characters they draw."""


def visible_text(page: PdfPage, label: str, *, may_look: bool = True) -> PageText:
    """Return the page's text without what cannot be seen, and a report of that.

    Where a picture covers the page, or none of the text is seen at all, words without ink are the layer that
    an OCR program wrote over its scan: they are kept, and reported as `kept`.

    Args:
        may_look: whether pieces that nothing speaks against are looked at, too; drawing takes its time.
    """
    text_page = page.get_textpage()
    sheet = shown_part(page)
    pieces = list(pieces_of(text_page, sheet))
    kinds = _settled(pieces, Look(page), may_look=may_look)
    told = [kind for piece, kind in zip(pieces, kinds, strict=True) if piece.ends]
    covered = _is_covered(page, sheet)
    if any(kind in _LAYER for kind in told) and (covered or all(kind in _LAYER for kind in told)):
        layer = next(_hidden(text_page, pieces, kinds, label, _LAYER))
        kept = Hidden(HiddenKind.INVISIBLE, layer.sample, label, kept=True)
        kinds = [None if kind in _LAYER else kind for kind in kinds]
        told_of = (kept, *_hidden(text_page, pieces, kinds, label))
        return PageText(_shown(page, text_page, pieces, kinds), told_of)
    return PageText(
        _shown(page, text_page, pieces, kinds),
        tuple(_hidden(text_page, pieces, kinds, label)),
        is_scan=covered and all(piece.is_marginal() for piece in pieces),
        is_guessed=_is_guessed(pieces),
    )


def _settled(pieces: list[Piece], look: Look, *, may_look: bool) -> list[HiddenKind | None]:
    """How each piece is hidden, after those that are pale or could be covered have been looked at."""
    kinds = [piece.hiding() for piece in pieces]
    for place, piece in enumerate(pieces):
        if kinds[place] is HiddenKind.COLOUR and not look.is_flat(piece):
            kinds[place] = None
    if not may_look:
        return kinds
    seen = [piece for piece, kind in zip(pieces, kinds, strict=True) if kind is None and piece.ends]
    blank = [piece for piece in seen if piece.address and look.is_blank(piece)]
    # Letters of a font that neither the file nor this machine has are drawn blank, and hide nothing.
    drawn = {piece.font() for piece in seen if piece.address and piece not in blank}
    for piece in blank:
        if piece.has_own_font() or piece.font() in drawn:
            kinds[pieces.index(piece)] = HiddenKind.COVERED
    return kinds


def _shown(page: PdfPage, text_page: PdfTextPage, pieces: list[Piece], kinds: list[HiddenKind | None]) -> str:
    seen = [piece if kind is None else None for piece, kind in zip(pieces, kinds, strict=True)]
    ordered = ordered_text(page, text_page, seen)
    if ordered is not None:
        return ordered
    if not any(kinds):
        return str(text_page.get_text_range())
    runs = groupby(zip(pieces, _carried(pieces, kinds), strict=True), key=lambda pair: pair[1] is None)
    return "".join(_words(text_page, [piece for piece, _ in run]) for is_seen, run in runs if is_seen)


def _hidden(
    text_page: PdfTextPage,
    pieces: list[Piece],
    kinds: list[HiddenKind | None],
    label: str,
    wanted: tuple[HiddenKind, ...] = tuple(HiddenKind),
) -> Iterator[Hidden]:
    """Report the runs of pieces that are not seen."""
    runs = groupby(zip(pieces, _carried(pieces, kinds), strict=True), key=lambda pair: pair[1])
    for kind, run in runs:
        if kind in wanted and (words := _words(text_page, [piece for piece, _ in run])).strip():
            yield Hidden(kind, one_line(words), label)


def _carried(pieces: list[Piece], kinds: list[HiddenKind | None]) -> Iterator[HiddenKind | None]:
    """The kind of each piece, where spaces, which have no ink, go with what stands before them."""
    last: HiddenKind | None = None
    for piece, kind in zip(pieces, kinds, strict=True):
        last = kind if piece.ends else last
        yield last


def _words(text_page: PdfTextPage, run: list[Piece]) -> str:
    first, last = run[0].indexes[0], run[-1].indexes[-1]
    return str(text_page.get_text_range(first, last - first + 1))


def _is_covered(page: PdfPage, sheet: Box) -> bool:
    """Whether one picture covers the page."""
    from pypdfium2 import raw

    area = (sheet[2] - sheet[0]) * (sheet[3] - sheet[1])
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _PAGE_WIDE * area:
            return True
    return False


def _is_guessed(pieces: list[Piece]) -> bool:
    drawn = [piece for piece in pieces if piece.address and piece.ends]
    return bool(drawn) and sum(piece.is_guessed() for piece in drawn) > _GUESSED * len(drawn)
