"""What lies behind the words of the rendered note: bars beside quotes, tints behind callouts and code.

Qt's rich text has neither borders nor padding. Where a quote begins and which role it has is told by the name
of a place (`core.text.note_blocks`); how deep it is nested, by its margin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextDocument, QTextFormat

from desktop.theme.theme import Theme

QUOTE_MARGIN = 16
"""Pixels by which each level of quotes is set in; the margin of code is smaller."""
CODE_MARGIN = 12
BAR = 3
ABOVE, BELOW = 2, 13
"""Pixels of room; a line of text has its own room above its letters."""
RADIUS = 6
TINT = 0.08
_NAME = "quote-"


@dataclass(frozen=True, slots=True)
class Ground:
    """Blocks that something lies behind: from the first to the last."""

    first: QTextBlock
    last: QTextBlock
    role: str
    """`code`, `plain` for a quote, or the role of a callout."""
    depth: int = 1


def grounds_of(document: QTextDocument, names_at: dict[int, list[str]]) -> list[Ground]:
    """Return what lies behind the blocks, the outermost first.

    Args:
        names_at: the names of places by the number of their block.
    """
    found = [*_codes(document)]
    depth = 1
    while level := list(_quotes(document, names_at, depth)):
        found += level
        depth += 1
    return sorted(found, key=lambda ground: (ground.role == "code", ground.depth))


def is_quote_in_item(block: QTextBlock) -> bool:
    """Whether a list item begins with a quote: to Qt, one block is both."""
    quoted = QTextFormat.Property.BlockQuoteLevel
    return block.textList() is not None and block.blockFormat().intProperty(quoted) > 0


def paint(
    painter: QPainter, document: QTextDocument, grounds: list[Ground], theme: Theme, seen: QRectF
) -> None:
    """Paint what is seen of them, in the coordinates of the document."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for ground in grounds:
        area = _area(document, ground)
        if area.intersects(seen):
            _paint_one(painter, ground.role, area, theme)


def _paint_one(painter: QPainter, role: str, area: QRectF, theme: Theme) -> None:
    if role == "code":
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        return
    colour = theme.colour("line" if role == "plain" else role)
    if role != "plain":
        painter.setBrush(_mixed(colour, theme.colour("paper")))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(area.left(), area.top(), BAR, area.height()), BAR / 2, BAR / 2)


def _mixed(colour: QColor, paper: QColor) -> QColor:
    def mix(mine: float, its: float) -> float:
        return mine * TINT + its * (1 - TINT)

    return QColor.fromRgbF(
        mix(colour.redF(), paper.redF()),
        mix(colour.greenF(), paper.greenF()),
        mix(colour.blueF(), paper.blueF()),
    )


def _area(document: QTextDocument, ground: Ground) -> QRectF:
    layout = document.documentLayout()
    first, last = layout.blockBoundingRect(ground.first), layout.blockBoundingRect(ground.last)
    margin = (
        CODE_MARGIN if ground.role == "code" else QUOTE_MARGIN * (_depth(ground.first) - ground.depth + 1)
    )
    left = _left(document, ground.first) - margin
    right = document.textWidth() - document.documentMargin()
    above, below = {"code": (5, 5), "plain": (-4, 6)}.get(ground.role, (ABOVE, BELOW))
    return QRectF(left, first.top() - above, right - left, last.bottom() - first.top() + above + below)


def _left(document: QTextDocument, block: QTextBlock) -> float:
    """Return where the words of a block begin, without the room that a list takes there."""
    rect = document.documentLayout().blockBoundingRect(block)
    begin = block.layout().lineAt(0).x() if block.layout().lineCount() else 0.0
    is_item = block.textList() is not None and _depth(block) > 0 and not is_quote_in_item(block)
    return rect.left() + begin - (document.indentWidth() if is_item else 0)


def _depth(block: QTextBlock) -> int:
    return int(block.blockFormat().leftMargin() // QUOTE_MARGIN)


def is_code(block: QTextBlock) -> bool:
    """Whether a block is a line of code."""
    style = block.blockFormat()
    is_rule = style.hasProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth)
    return style.background().style() != Qt.BrushStyle.NoBrush and not is_rule


def _codes(document: QTextDocument) -> Iterator[Ground]:
    for blocks in _runs(document, is_code, lambda block: _margin_above(block) > 0):
        yield Ground(blocks[0], blocks[-1], "code")


def _margin_above(block: QTextBlock) -> float:
    """Between two pieces of code there is room; between the lines of one there is none."""
    return block.blockFormat().topMargin()


def _quotes(document: QTextDocument, names_at: dict[int, list[str]], depth: int) -> Iterator[Ground]:
    def begins(block: QTextBlock) -> bool:
        named = any(name.startswith(_NAME) for name in names_at.get(block.blockNumber(), ()))
        return named and _depth(block) == depth

    for blocks in _runs(document, lambda block: _depth(block) >= depth, begins):
        names = names_at.get(blocks[0].blockNumber(), ())
        role = next((name.removeprefix(_NAME) for name in names if name.startswith(_NAME)), "plain")
        yield Ground(blocks[0], blocks[-1], role, depth)


def _runs(
    document: QTextDocument, holds: Callable[[QTextBlock], bool], begins: Callable[[QTextBlock], bool]
) -> Iterator[list[QTextBlock]]:
    """Yield the blocks that follow one another and hold, cut where one begins anew."""
    run: list[QTextBlock] = []
    block = document.begin()
    while block.isValid():
        if run and (not holds(block) or begins(block)):
            yield run
            run = []
        if holds(block):
            run.append(block)
        block = block.next()
    if run:
        yield run
