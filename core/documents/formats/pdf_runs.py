"""The pieces of a PDF page joined to runs of words with their places, for `core.documents.columns`.

Most pages are drawn in the order in which they are read. Where the places of the runs speak for that, which
costs little to see, nothing more is asked of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from core.documents.columns import in_reading_order
from core.documents.formats.pdf_pieces import Piece
from core.documents.prose import Run

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_GAP = 0.8
"""Of the type's size: white in a line that no justified words have between them, and all columns do."""
_SAME_LINE = 0.45
_JUMPS = 3
"""Steps aside in the order of drawing from which a page may be mixed; tables have them, too."""
_BACK = 5
"""Lines that a step goes up again to the left, to a column that was drawn after the one beside it."""
_MOST = 3_000
"""Runs of a page, and lines drawn on it, that are looked at; a drawing has more and is no text."""
_THIN = 2.5
"""Points; what is drawn thicker is no rule but a box."""

_Span = tuple[int, int]


def ordered_text(page: PdfPage, text_page: PdfTextPage, seen: Iterable[Piece | None]) -> str | None:
    """Return a page's text in reading order, a form feed between blocks; None where it was drawn in order.

    Args:
        seen: its pieces in the order of drawing, None for each that a reader does not see.
    """
    turn = page.get_rotation()
    joined = list(_joined(seen, turn))
    runs = [run for run, _ in joined]
    if len(runs) > _MOST or not _may_be_mixed(runs):
        return None
    worded = [replace(run, words=_words(text_page, span)) for run, span in joined]
    blocks = in_reading_order([run for run in worded if run.words], list(_rules(page, turn)))
    return None if blocks is None else "\f".join(blocks)


def _joined(seen: Iterable[Piece | None], turn: int) -> Iterator[tuple[Run, _Span]]:
    """Yield runs, as yet without their words, and which characters each has."""
    last: tuple[Run, _Span] | None = None
    for number, piece in enumerate(seen):
        if piece is not None and not piece.ends:
            continue
        here = None if piece is None else (_placed(piece, number, turn), (piece.ends[0], piece.ends[-1]))
        if last and here and _goes_on(last[0], here[0]):
            left, right = min(last[0].left, here[0].left), max(last[0].right, here[0].right)
            last = replace(last[0], left=left, right=right), (last[1][0], here[1][1])
        else:
            if last:
                yield last
            last = here
    if last:
        yield last


def _placed(piece: Piece, number: int, turn: int) -> Run:
    left, bottom, right, top = piece.typeset()
    (x1, _), (x2, _) = _upright(left, bottom, turn), _upright(right, top, turn)
    _, y = _upright(*piece.baseline(), turn)
    return Run("", min(x1, x2), max(x1, x2), -y, piece.size, number)


def _upright(x: float, y: float, turn: int) -> tuple[float, float]:
    """A place as the page is shown, after its quarter turns."""
    return {0: (x, y), 90: (y, -x), 180: (-x, -y), 270: (-y, x)}[turn % 360]


def _goes_on(run: Run, following: Run) -> bool:
    size = max(run.size, following.size)
    gap = max(following.left - run.right, run.left - following.right)
    return abs(following.y - run.y) <= _SAME_LINE * size and gap < _GAP * size


def _may_be_mixed(runs: list[Run]) -> bool:
    """Whether the drawing went aside often, or back up to the left."""
    aside = sum(other.left > one.right or other.right < one.left for one, other in pairwise(runs))
    return aside >= _JUMPS or any(
        other.right < one.left and other.y < one.y - _BACK * one.size for one, other in pairwise(runs)
    )


def _words(text_page: PdfTextPage, span: _Span) -> str:
    first, last = span
    return " ".join(str(text_page.get_text_range(first, last - first + 1)).split("\r\n")).strip()


def _rules(page: PdfPage, turn: int) -> Iterator[Run]:
    """Yield the lines that are drawn across the page."""
    from pypdfium2 import raw

    for path in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1), _MOST):
        left, bottom, right, top = path.get_bounds()
        (x1, y1), (x2, y2) = _upright(left, bottom, turn), _upright(right, top, turn)
        if abs(y2 - y1) <= _THIN:
            yield Run("", min(x1, x2), max(x1, x2), -(y1 + y2) / 2, 0.0, -1)
