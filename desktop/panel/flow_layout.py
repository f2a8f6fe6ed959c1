"""A layout that puts widgets beside one another and goes on in the next line when the width is used up."""
# ruff: noqa: N802  (the overrides keep the names of QLayout)

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_Line = list[tuple[QLayoutItem, QSize]]
_HIGHEST = 10_000


class FlowLayout(QLayout):
    """Left to right, then down; a widget wider than the line is as wide as the line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, spread: bool = False) -> None:
        """Put `gap` pixels between widgets; with `spread` a line of several fills the width."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._spread = spread
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end, as Qt expects."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, or None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Yes: a narrow line makes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        heights = [max(size.height() for _item, size in line) for line in self._lines(width)]
        return sum(heights) + self._gap * max(len(heights) - 1, 0)

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place, in the middle of its line's height."""
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(size.height() for _item, size in line)
            self._place(line, QRect(rect.x(), y, rect.width(), height))
            y += height + self._gap

    def sizeHint(self) -> QSize:
        """Return the least size; the width comes from outside."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return room for the highest widget; widgets are narrowed where they must be."""
        heights = [item.minimumSize().height() for item in self._items]
        return QSize(0, max(heights, default=0))

    def _lines(self, width: int) -> list[_Line]:
        """Break the visible widgets into lines."""
        lines: list[_Line] = []
        room = 0
        for item in self._items:
            widget = item.widget()
            if widget is None or widget.isHidden():
                continue
            size = item.sizeHint().boundedTo(QSize(max(width, 1), _HIGHEST))
            if not lines or size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self._gap
        return lines

    def _place(self, line: _Line, rect: QRect) -> None:
        used = sum(size.width() for _item, size in line)
        gap = self._gap
        if self._spread and len(line) > 1:
            gap = max((rect.width() - used) // (len(line) - 1), gap)
        x = rect.x()
        for item, size in line:
            item.setGeometry(QRect(QPoint(x, rect.y() + (rect.height() - size.height()) // 2), size))
            x += size.width() + gap
