"""Points and boxes of lists in the rendered note: Qt's points touch their words, its boxes are crossed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QPainter,
    QPalette,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.editor.preview_grounds import is_code, is_quote_in_item
from desktop.theme.theme import Theme

POINT_GAP = 6
BOX = 13
BOX_GAP = 8
_NONE = QTextBlockFormat.MarkerType.NoMarker


@dataclass(frozen=True, slots=True)
class Box:
    """The box of a task, beside the first line of a block."""

    block: QTextBlock
    is_done: bool


def set_lists(document: QTextDocument, palette: QPalette) -> list[Box]:
    """Let points stand quietly and a little apart; return the boxes that are to be painted for points."""
    boxes: list[Box] = []
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        if block.textList() is not None:
            cursor.setPosition(block.position())
            marker = block.blockFormat().marker()
            if marker != _NONE:
                boxes.append(Box(block, marker == QTextBlockFormat.MarkerType.Checked))
                unmarked = block.blockFormat()
                unmarked.setMarker(_NONE)
                cursor.setBlockFormat(unmarked)
            is_hidden = marker != _NONE or is_quote_in_item(block) or is_code(block)
            cursor.mergeBlockCharFormat(_point(palette, is_hidden=is_hidden))
        block = block.next()
    cursor.endEditBlock()
    return boxes


def _point(palette: QPalette, *, is_hidden: bool) -> QTextCharFormat:
    quiet = palette.color(QPalette.ColorRole.PlaceholderText)
    point = QTextCharFormat()
    point.setFontWordSpacing(POINT_GAP)
    point.setForeground(QBrush(Qt.GlobalColor.transparent) if is_hidden else QBrush(quiet))
    return point


def paint_boxes(
    painter: QPainter, document: QTextDocument, boxes: list[Box], theme: Theme, seen: QRectF
) -> None:
    """Paint the boxes that are seen, in the coordinates of the document."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for box in boxes:
        area = _area(document, box.block)
        if area.intersects(seen):
            _paint(painter, area, theme, is_done=box.is_done)


def _area(document: QTextDocument, block: QTextBlock) -> QRectF:
    rect = document.documentLayout().blockBoundingRect(block)
    line = block.layout().lineAt(0)
    baseline = rect.top() + line.y() + line.ascent()
    middle = baseline - QFontMetricsF(document.defaultFont()).capHeight() / 2
    return QRectF(round(rect.left() + line.x() - BOX - BOX_GAP), round(middle - BOX / 2), BOX, BOX)


def _paint(painter: QPainter, area: QRectF, theme: Theme, *, is_done: bool) -> None:
    colour = theme.colour("accent" if is_done else "ghost")
    painter.setPen(QPen(colour, 1.2))
    painter.setBrush(colour if is_done else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 3, 3)
    if is_done:
        painter.setPen(
            QPen(theme.colour("on_accent"), 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
        )
        points = ((0.24, 0.52), (0.43, 0.72), (0.77, 0.3))
        painter.drawPolyline([area.topLeft() + QPointF(x * BOX, y * BOX) for x, y in points])
