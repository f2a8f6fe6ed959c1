"""Shows Markdown that a model wrote, while it streams; loads nothing and opens nothing by itself."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QSizeF, QTimer, QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from core.assist.model import Citation
from core.search.model import Passage
from core.text.html import StreamRenderer
from desktop.panel.citation_marks import show_marks
from desktop.panel.document_copy import Appender
from desktop.panel.unsupported_marks import show_unsupported
from desktop.theme.theme import Theme
from desktop.widgets.document_style import code_style, document_css
from desktop.widgets.settle import settle_layout

_SHARE = 4
"""After a piece that took t ms nothing is rendered for _SHARE * t ms: at most a fifth of the GUI thread's
time goes into a stream, even where one huge open block makes each piece costly."""

_INDENT = 20


class MarkdownView(QTextBrowser):
    """A text as high as its content, fed piece by piece.

    Blocks that can no longer change are appended once; only the last block is replaced as it grows.

    Signals:
        mark_clicked: A citation mark was clicked; carries its number.
        link_clicked: A web or mail address was clicked; carries it whole. Opening is up to the receiver.
    """

    mark_clicked = Signal(int)
    link_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._citations = 0
        self._cited: tuple[tuple[Citation, ...], tuple[Passage, ...]] = ((), ())
        self._unsupported: tuple[str, ...] = ()
        self._finished = True
        self._pending: list[str] = []
        self._appender = Appender(self.document())
        self._pace = QTimer(self, singleShot=True)
        self._pace.timeout.connect(self._render_pending)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self._shape()
        self.anchorClicked.connect(self._anchor_clicked)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._restyle)
        self.begin()

    @property
    def markdown(self) -> str:
        """Everything that was fed, as it came."""
        return self._text

    def begin(self, *, citations: int = 0) -> None:
        """Start empty; marks from 1 to `citations` will be links."""
        self._citations = citations
        self._cited = ((), ())
        self._unsupported = ()
        self._text = ""
        self._finished = False
        self._reset()

    def feed(self, delta: str) -> None:
        """Append the next piece of the stream."""
        self._text += delta
        self._pending.append(delta)
        if not self._pace.isActive():
            self._render_pending()

    def finish(self) -> None:
        """Show what is still held back; the text is whole."""
        self._pace.stop()
        self._render_pending()
        self._finished = True
        self._replace_open(self._renderer.close().closed, "")
        self._show_marks()

    def explain_marks(
        self, citations: Sequence[Citation], passages: Sequence[Passage], unsupported: Sequence[str] = ()
    ) -> None:
        """Say of each mark of the finished text what it rests on, and mark those that were not found, as
        well as the sentences that rest on nothing."""
        self._cited = (tuple(citations), tuple(passages))
        self._unsupported = tuple(unsupported)
        if self._finished:
            self._show_marks()

    def _show_marks(self) -> None:
        whole = QTextCursor(self.document())
        whole.beginEditBlock()  # laid out once, not once a mark
        if self._unsupported:
            show_unsupported(self.document(), self._unsupported, self._theme, citations=self._citations)
        if any(self._cited):
            show_marks(self.document(), *self._cited, self._theme)
        whole.endEditBlock()

    def show_markdown(self, text: str, *, citations: int = 0) -> None:
        """Show a whole text at once."""
        self.begin(citations=citations)
        self.feed(text)
        self.finish()

    def _shape(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(self.verticalScrollBarPolicy().ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(self.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(_INDENT)

    def _reset(self) -> None:
        """An empty document in the theme's style, and a renderer at its beginning."""
        self._pace.stop()
        self._pending.clear()
        self._renderer = StreamRenderer(citations=self._citations, code_style=code_style(self._theme))
        self.document().clear()
        self._appender.set_style(document_css(self._theme, self.fontMetrics()))
        self._open_at = 0
        self._last_format = QTextBlockFormat()
        self._fit(self.document().size())

    def _render_pending(self) -> None:
        if not self._pending:
            return
        delta = "".join(self._pending)
        self._pending.clear()
        started = time.perf_counter()
        step = self._renderer.feed(delta)
        self._replace_open(step.closed, step.open)
        self._pace.start(math.ceil((time.perf_counter() - started) * 1000 * _SHARE))

    def _replace_open(self, closed: str, still_open: str) -> None:
        """Put `closed` where the open block stood, for good, and the new open block behind it."""
        document = self.document()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._remove_open(cursor)
        if closed:
            self._appender.append(closed)
            self._open_at = document.characterCount() - 1
            self._last_format = document.lastBlock().blockFormat()
        if still_open:
            self._appender.append(still_open)
        cursor.endEditBlock()
        self._fit(document.size())

    def _remove_open(self, cursor: QTextCursor) -> None:
        """Leave nothing behind the closed blocks, and the last of them as it was: Qt leaves an empty block
        where a table went, and gives an empty block (a rule is one) the format of what went after it."""
        cursor.setPosition(self._open_at)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        while self.document().characterCount() - 1 > self._open_at:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.deletePreviousChar()
        cursor.setBlockFormat(self._last_format)

    def _restyle(self) -> None:
        text, finished, cited, bare = self._text, self._finished, self._cited, self._unsupported
        self.begin(citations=self._citations)
        self._cited, self._unsupported = cited, bare
        self.feed(text)
        if finished:
            self.finish()

    def _fit(self, size: QSizeF) -> None:
        height = math.ceil(size.height())
        if height != self.height():
            self.setFixedHeight(height)
            settle_layout(self)

    def _anchor_clicked(self, address: QUrl) -> None:
        if address.scheme() == "note":
            if address.path().isdecimal():
                self.mark_clicked.emit(int(address.path()))
        else:
            self.link_clicked.emit(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load nothing: Qt's own would read files and network shares that a text names."""
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the conversation."""
        event.ignore()
