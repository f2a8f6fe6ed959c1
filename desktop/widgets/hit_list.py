"""A list of places in notes: a title, and a quiet line of text under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip
from desktop.widgets.reader_clicks import ReaderClicks

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
PAD = 8
GAP = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a note; line 0 means the note as a whole."""

    path: str
    line: int
    title: str
    detail: str = ""


class HitList(QListView):
    """Shows hits; click, Enter or Space opens one.

    Signals:
        opened: Carries path and line.
    """

    opened = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = _HitModel(self)
        self.setModel(self._hits)
        self.setItemDelegate(_HitDelegate(theme, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        ReaderClicks(self)

    @property
    def hits(self) -> Sequence[Hit]:
        """What is shown."""
        return self._hits.hits

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these in place of those before; the current hit stays current if it is still among them."""
        index = self.currentIndex()
        current = self.hits[index.row()] if index.isValid() else None
        self._hits.show(hits)
        if current is not None and hits:
            self.go_to(hits.index(current) if current in hits else 0)

    def go_to(self, row: int) -> None:
        """Make the hit of that row the current one; from there on Enter opens it."""
        self.setCurrentIndex(self._hits.index(row, 0))

    def open_best(self) -> None:
        """Open the first hit."""
        self._open(self._hits.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current hit with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            hit = self._hits.hits[index.row()]
            self.opened.emit(hit.path, hit.line)


class _HitModel(QAbstractListModel):
    """The hits, each with its words for screen readers and tooltips."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a hit."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, whole place and the hit itself."""
        hit = self.hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.title}. {hit.detail}" if hit.detail else hit.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(f"{hit.path}:{hit.line}" if hit.line else hit.path)
        return None


class _HitDelegate(QStyledItemDelegate):
    """Paints title and detail on two lines, both elided."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One or two lines and their padding."""
        hit: Hit = index.data(HIT)
        lines = 2 if hit.detail else 1
        return QSize(0, lines * option.fontMetrics.height() + (lines - 1) * GAP + PAD)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the words to `paint`."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground as the style does, then the two lines."""
        super().paint(painter, option, index)
        hit: Hit = index.data(HIT)
        area = option.rect.adjusted(PAD, PAD // 2, -PAD, -PAD // 2)
        height = option.fontMetrics.height()
        painter.save()
        painter.setFont(_weighted(option.font, bold=bool(hit.detail)))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        self._line(painter, QRect(area.topLeft(), QSize(area.width(), height)), hit.title)
        painter.setFont(option.font)
        painter.setPen(self._theme.colour("quiet"))
        below = area.topLeft() + QPoint(0, height + GAP)
        self._line(painter, QRect(below, QSize(area.width(), height)), hit.detail)
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, text: str) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


def _weighted(font: QFont, *, bold: bool) -> QFont:
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result
