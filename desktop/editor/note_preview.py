"""The rendered note: shows HTML that was made safe, loads nothing but the pictures it is handed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from PySide6.QtCore import QMimeData, QRectF, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.editor.links import LinkTarget
from desktop.editor.preview_formulas import Formulas, Look
from desktop.editor.preview_grounds import Ground, grounds_of, paint
from desktop.editor.preview_lists import Box, paint_boxes, set_lists
from desktop.editor.preview_setting import set_formulas, with_sources
from desktop.editor.preview_style import note_css
from desktop.theme.theme import Theme
from desktop.widgets.document_style import document_css

COLUMN_EM = 42
SIDE_GAP = 24
_LINE = "line"


class NotePreview(QTextBrowser):
    """Shows the pieces of a note one below the other.

    Signals:
        link_activated: A link was clicked; carries a `LinkTarget`.
        scrolled: The person scrolled; carries the line of the note at the top, from 0.
    """

    link_activated = Signal(object)
    scrolled = Signal(int)

    def __init__(self, theme: Theme, formulas: Formulas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notePreview")
        self.setAccessibleName(self.tr("Preview of the note"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._theme = theme
        self._formulas = formulas
        self._pictures: Mapping[str, QImage] = {}
        self._looks: Mapping[str, Look] = {}
        self._grounds: list[Ground] = []
        self._boxes: list[Box] = []
        self._lines: list[int] = []
        self._blocks: list[QTextBlock] = []
        self._take_font()
        theme.changed.connect(self._take_font)
        self.document().setDocumentMargin(4)  # as the editor's, so that both columns begin alike
        self.document().setIndentWidth(24)
        self.setTabStopDistance(8 * self.fontMetrics().horizontalAdvance(" "))  # four of the fixed-width face
        self.anchorClicked.connect(self._clicked)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled)  # not by `follow`

    @property
    def column(self) -> int:
        """How wide a picture may be, in pixels."""
        return max(64, self.viewport().width())

    def show_pieces(self, parts: Sequence[tuple[int, str]], pictures: Mapping[str, QImage]) -> None:
        """Show HTML, each part with the line of the note at which it begins; lines count from 0."""
        self._pictures = pictures
        self.document().setDefaultStyleSheet(self._css())
        self.setHtml("".join(f'<a name="line{line}"></a>{html}' for line, html in parts))
        document, palette = self.document(), self.palette()
        self._boxes = set_lists(document, palette)
        self._looks = set_formulas(
            document, self._formulas, palette=palette, column=self.column, ratio=self.devicePixelRatioF()
        )
        self._find_places()

    def follow(self, line: int, height: int) -> None:
        """Scroll until a line of the note stands `height` pixels below the top, as far as that can be."""
        if not self._lines:
            return
        place = max(0, bisect_right(self._lines, line) - 1)
        top = self._top(place)
        first, after = self._lines[place], self._lines[place + 1 : place + 2]
        if after:
            top += (self._top(place + 1) - top) * min(1.0, (line - first) / (after[0] - first))
        self.verticalScrollBar().setValue(round(top) - height)

    def _scrolled(self, _action: int) -> None:
        """Tell where the person is going; the value of the bar follows in a moment."""
        if self._lines:
            self.scrolled.emit(self._line_at(self.verticalScrollBar().sliderPosition()))

    def _line_at(self, y: int) -> int:
        tops = [self._top(place) for place in range(len(self._lines))]
        place = max(0, bisect_right(tops, y) - 1)
        first, after = self._lines[place], self._lines[place + 1 : place + 2]
        if not after:
            return first
        share = (y - tops[place]) / max(1.0, tops[place + 1] - tops[place])
        return first + int((after[0] - first) * min(1.0, max(0.0, share)))

    def _top(self, place: int) -> float:
        return self.document().documentLayout().blockBoundingRect(self._blocks[place]).top()

    def _find_places(self) -> None:
        self._lines, self._blocks = [], []
        names_at: dict[int, list[str]] = {}
        block = self.document().begin()
        while block.isValid():
            names = names_at[block.blockNumber()] = _names_at(block)
            for name in names:
                if name.startswith(_LINE):
                    self._lines.append(int(name.removeprefix(_LINE)))
                    self._blocks.append(block)
            block = block.next()
        self._grounds = grounds_of(self.document(), names_at)

    def _css(self) -> str:
        mono = ", ".join(f"'{family}'" for family in self._theme.mono_font.families())
        return document_css(self._theme, self.fontMetrics()) + note_css(
            self._theme, mono, self._theme.text_pixels
        )

    def _clicked(self, url: QUrl) -> None:
        scheme, _, rest = url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(":")
        if scheme in ("foot", "mark"):
            self._go_to_place(scheme + rest)
            return
        note, _, anchor = unquote(rest).partition("#")
        if scheme == "wiki":
            self.link_activated.emit(LinkTarget(note=note.strip(), anchor=anchor.strip()))
        elif scheme == "path":
            self.link_activated.emit(LinkTarget(note=note, anchor=anchor, is_path=True))
        else:
            self.link_activated.emit(LinkTarget(address=f"{scheme}:{rest}"))

    def _go_to_place(self, name: str) -> None:
        """Go to a footnote or back to its mark, and take the editor along."""
        self.scrollToAnchor(name)
        if self._lines:
            self.scrolled.emit(self._line_at(self.verticalScrollBar().value()))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies behind the words first."""
        painter = QPainter(self.viewport())
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter.translate(-across, -down)
        seen = QRectF(event.rect()).translated(across, down)
        paint(painter, self.document(), self._grounds, self._theme, seen)
        paint_boxes(painter, self.document(), self._boxes, self._theme, seen)
        painter.end()
        super().paintEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy formulas as they are written."""
        data = QMimeData()
        data.setText(with_sources(self.textCursor()))
        data.setHtml(self.textCursor().selection().toHtml())
        return data

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture that was handed over; Qt's own would read files and network shares."""
        url = QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "image":
            return self._pictures.get(unquote(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "math":
            look = self._looks.get(url.toString())
            return look and self._formulas.image(look)  # painted when it comes into sight
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle and no wider than it reads well."""
        self._fit_column()
        super().resizeEvent(event)

    def _take_font(self) -> None:
        font = self._theme.ui_font
        font.setPixelSize(self._theme.text_pixels)
        self.setFont(font)
        self._fit_column()

    def _fit_column(self) -> None:
        column = COLUMN_EM * self._theme.text_pixels
        side = max(SIDE_GAP, (self.width() - self.verticalScrollBar().sizeHint().width() - column) // 2)
        self.setViewportMargins(side, SIDE_GAP, side, 0)


def _names_at(block: QTextBlock) -> list[str]:
    """Return the names of the places that begin with a block: Qt keeps them with it or with its words."""
    names = list(block.charFormat().anchorNames())
    if not (part := block.begin()).atEnd():
        names += part.fragment().charFormat().anchorNames()
    return list(dict.fromkeys(names))
