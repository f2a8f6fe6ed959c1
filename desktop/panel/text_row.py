"""A row of text that can be pressed: quotes, citations, example requests.

Qt's buttons do not wrap or elide; labels take no focus. This one does both, and speaks to screen readers.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.theme.theme import Theme

PAD = 6
_ICON = 16
_GAP = 6


class TextRow(QAbstractButton):
    """At most `max_lines` lines of words, elided after that, above one quiet line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._quiet = ""
        self._aside = ""
        self._icon_name = ""
        self._icon_role = "quiet"
        self._max_lines = 1
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def show_text(self, words: str, *, quiet: str = "", aside: str = "", max_lines: int = 1) -> None:
        """Show `words`, a `quiet` line below and a quiet `aside` at the right end of a single line."""
        self._words, self._quiet, self._aside = " ".join(words.split()), quiet, aside
        self._max_lines = max_lines
        self.setAccessibleName(" ".join(filter(None, (self._words, aside, quiet))))
        self._resized()

    def show_icon(self, name: str, *, role: str = "quiet") -> None:
        """Show an icon before the words."""
        self._icon_name, self._icon_role = name, role
        self._resized()

    @property
    def words(self) -> str:
        """The words shown, whole."""
        return self._words

    def _resized(self) -> None:
        self._heights.clear()
        self.setFixedHeight(self.heightForWidth(max(self.width(), 120)))
        self.update()

    def _quiet_font(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    def _left(self) -> float:
        return PAD + (_ICON + _GAP if self._icon_name else 0)

    def _lines(self, width: float) -> list[str]:
        """Break the words into the lines to paint, the last one elided: beside an aside they are a place,
        whose page or line stands at its end.
        """
        layout = QTextLayout(self._words, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= self._max_lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 1.0))
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1 : self._max_lines], len(self._words)]
        *whole, last = [self._words[a:b] for a, b in zip(starts, ends, strict=False)] or [""]
        mode = Qt.TextElideMode.ElideMiddle if self._aside else Qt.TextElideMode.ElideRight
        return [*whole, QFontMetricsF(self.font()).elidedText(last, mode, width)]

    def hasHeightForWidth(self) -> bool:
        """Yes: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words and the quiet line; asked for often while a text grows."""
        if width not in self._heights:
            self._heights[width] = self._height(width)
        return self._heights[width]

    def _height(self, width: int) -> int:
        inner = width - self._left() - PAD
        height = len(self._lines(inner)) * QFontMetricsF(self.font()).lineSpacing()
        if self._quiet:
            height += QFontMetricsF(self._quiet_font()).lineSpacing()
        return round(height) + PAD

    def sizeHint(self) -> QSize:
        """Prefer some width; the layout decides."""
        return QSize(200, self.heightForWidth(200))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._resized()

    def resizeEvent(self, event: QEvent) -> None:
        """Take the height that the new width asks for."""
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint background, icon, words and the quiet line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_background(painter)
        if self._icon_name:
            icon = self._theme.icon(self._icon_name, role=self._icon_role)
            top = round((QFontMetricsF(self.font()).lineSpacing() - _ICON) / 2 + PAD / 2)
            icon.paint(painter, PAD, top, _ICON, _ICON)
        self._paint_words(painter)
        painter.end()

    def _paint_background(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if self.isDown() else "window"))
            painter.drawRoundedRect(frame, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawRoundedRect(frame, 6, 6)

    def _paint_words(self, painter: QPainter) -> None:
        width = self.width() - self._left() - PAD
        painter.translate(self._left(), PAD / 2)
        if self._aside:
            width -= self._paint_aside(painter, width)
        self._paint_lines(painter, self._lines(width), self.font(), "text")
        if self._quiet:
            font = self._quiet_font()
            line = QFontMetricsF(font).elidedText(self._quiet, Qt.TextElideMode.ElideMiddle, width)
            self._paint_lines(painter, [line], font, "quiet")

    def _paint_aside(self, painter: QPainter, width: float) -> float:
        """Paint the aside right-aligned on the baseline of the words; returns the width it takes."""
        font = self._quiet_font()
        taken = QFontMetricsF(font).horizontalAdvance(self._aside)
        painter.setFont(font)
        painter.setPen(self._theme.colour("quiet"))
        painter.drawText(QPointF(width - taken, QFontMetricsF(self.font()).ascent()), self._aside)
        return taken + _GAP

    def _paint_lines(self, painter: QPainter, lines: list[str], font: QFont, role: str) -> None:
        """Paint the lines and move the painter below them."""
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        for line in lines:
            painter.drawText(QPointF(0, metrics.ascent()), line)
            painter.translate(0, metrics.lineSpacing())
