"""A frameless window with round corners and a soft shadow, where the desktop can blend windows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.palette.x11 import is_composited
from desktop.theme.theme import Theme

RADIUS = 10
SHADOW = 18
_DARKEST = 26
"""Alpha of the innermost ring of the shadow, of 255."""


class Surface(QWidget):
    """The ground of quick-ask. `margin` is the room its shadow takes on every side."""

    def __init__(self, theme: Theme) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self._theme = theme
        self._blends = is_composited()
        self.margin = SHADOW if self._blends else 0
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._blends)
        theme.changed.connect(self.update)

    def move_to_active_screen(self) -> None:
        """Stand in the middle of the screen the pointer is on, a fifth of its height from the top."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        left = area.left() + (area.width() - self.width()) // 2
        self.move(QPoint(left, area.top() + area.height() // 5 - self.margin))

    def room_below(self) -> int:
        """Return how tall the window may be where it stands, in pixels."""
        screen = QGuiApplication.screenAt(self.geometry().center()) or QGuiApplication.primaryScreen()
        return screen.availableGeometry().bottom() - self.y() - 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shadow, ground and hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect().adjusted(self.margin, self.margin, -self.margin, -self.margin))
        if self._blends:
            _paint_shadow(painter, inner)
        painter.setBrush(self._theme.colour("raised"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off where they cannot be blended."""
        super().resizeEvent(event)
        if not self._blends:
            self.setMask(_rounded(self.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the window be dragged by its ground."""
        if event.button() == Qt.MouseButton.LeftButton and self.windowHandle() is not None:
            self.windowHandle().startSystemMove()


def _paint_shadow(painter: QPainter, inner: QRectF) -> None:
    """Paint rings that fade outwards, a little lower than the window: light comes from above."""
    painter.setPen(Qt.PenStyle.NoPen)
    for ring in range(SHADOW, 0, -2):
        share = 1 - ring / SHADOW
        painter.setBrush(QColor(0, 0, 0, round(_DARKEST * share * share) + 1))
        grown = inner.adjusted(-ring, -ring + 3, ring, min(ring + 3, SHADOW))
        painter.drawRoundedRect(grown, RADIUS + ring, RADIUS + ring)


def _rounded(rect: QRect) -> QRegion:
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), RADIUS, RADIUS)
    return QRegion(path.toFillPolygon().toPolygon())
