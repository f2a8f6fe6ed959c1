"""Files, folders and pages that are dropped on any part of the window."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme

_MARGIN = 12
_RADIUS = 10
_VEIL = 0.86
_DRAGS = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop})


class DropVeil(QWidget):
    """What lies over the window while documents are held above it: where they go, in words."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("dropVeil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.hide()

    def cover(self, words: str) -> None:
        """Show the veil over the whole window."""
        self.setAccessibleName(words)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper that lets the window shine through, a frame, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._theme.colour("paper")
        ground.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), ground)
        pen = QPen(self._theme.colour("accent"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), _RADIUS, _RADIUS)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        middle = self.rect().center()
        size = 40
        icon = self._theme.icon("insert", role="accent")
        icon.paint(painter, QRect(middle.x() - size // 2, middle.y() - 64, size, size))
        painter.drawText(
            self.rect().adjusted(0, 24, 0, 24), Qt.AlignmentFlag.AlignCenter, self.accessibleName()
        )


class DropArea(QObject):
    """Takes local files from whatever part of the window they are dropped on.

    The fields that take dropped text or pictures go on doing so; a web page's piece, which has words but no
    file, goes into the note where it is dropped on the note, and becomes a document everywhere else.

    Signals:
        dropped: Carries the files and folders, as a list of paths.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._veil = DropVeil(theme, window)
        self._watched: set[QWidget] = set()
        window.setAcceptDrops(True)
        self.watch(window)

    def watch(self, *widgets: QWidget) -> None:
        """Look for files above these widgets too, which take drops of their own."""
        for widget in widgets:
            if widget not in self._watched:
                self._watched.add(widget)
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags that carry documents; all others go their way."""
        if event.type() not in _DRAGS:
            return False
        if isinstance(event, QDropEvent):
            return self._over(watched, event)
        self._veil.hide()
        return False

    def _over(self, watched: QObject, event: QDropEvent) -> bool:
        if not self._takes(event.mimeData(), beside_text=watched is self._window):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if isinstance(event, QDragEnterEvent):
            self._veil.cover(self._words(event.mimeData()))
        elif not isinstance(event, QDragMoveEvent):
            self._veil.hide()
            self.dropped.emit(_files(event.mimeData()) or [_kept_page(event.mimeData())])
        return True

    def _takes(self, data: QMimeData, *, beside_text: bool) -> bool:
        files = _files(data)
        if not beside_text:
            return bool(files) and not all(map(_is_picture, files))
        return bool(files) or (data.hasHtml() and not data.hasUrls())

    def _words(self, data: QMimeData) -> str:
        files = _files(data)
        if len(files) > 1:
            return self.tr("Drop {count} files to find and cite them beside your notes").format(
                count=len(files)
            )
        if files and files[0].is_dir():
            return self.tr("Drop the folder to find and cite its documents beside your notes")
        return self.tr("Drop to find and cite it beside your notes")


def _files(data: QMimeData) -> list[Path]:
    """The local files and folders that a drag carries; web addresses are left out."""
    urls = data.urls() if data.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _is_picture(file: Path) -> bool:
    from core.documents.sniff import PICTURE_SUFFIXES

    return file.suffix.lower() in PICTURE_SUFFIXES


def _kept_page(data: QMimeData) -> Path:
    """Write a dropped piece of a web page to a file that can be imported; the system clears it away."""
    words = " ".join(data.text().split())
    name = "".join(character for character in words[:40] if character.isalnum() or character in " -_")
    file = Path(mkdtemp(prefix="pilotfish-")) / f"{name.strip() or 'page'}.html"
    file.write_text(data.html(), encoding="utf-8")
    return file
