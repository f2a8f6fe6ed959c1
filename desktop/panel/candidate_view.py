"""One of several suggestions: its number, its words, and where it came from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.assist.model import Candidate, Finish
from core.errors import PilotfishError
from desktop.error_text import word
from desktop.panel.links import ask_and_open
from desktop.panel.markdown_view import MarkdownView
from desktop.theme.theme import Theme
from desktop.widgets.dressing import show_as

GLIMPSE_LINES = 4
"""Lines shown of a candidate that is not chosen; their room is kept while it streams."""


class CandidateView(QFrame):
    """Shows a candidate; a glimpse of it unless it is the chosen one.

    Signals:
        pressed: The person wants this one.
    """

    pressed = Signal(int)

    def __init__(
        self, theme: Theme, n: int, parent: QWidget | None = None, *, origin: int = 0, wish: str = ""
    ) -> None:
        """`origin` is the number of the candidate it was polished from, `wish` what was to be different."""
        super().__init__(parent)
        self.n = n
        self.origin = origin
        self.wish = wish
        self.finish: Finish | None = None
        self._is_chosen = False
        self.setProperty("candidate", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._head = QLabel(self)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setProperty("quiet", True)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setProperty("quiet", True)
        self._note.hide()
        self.view = MarkdownView(theme, self)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.viewport().installEventFilter(self)
        self.view.link_clicked.connect(lambda address: ask_and_open(address, self))
        self._window = _Window(self.view, self)
        self._lay_out()
        self._name()

    @property
    def text(self) -> str:
        """The words so far."""
        return self.view.markdown

    @property
    def is_whole(self) -> bool:
        """Whether it is there from beginning to end."""
        return self.finish is Finish.COMPLETE

    @property
    def is_under_way(self) -> bool:
        """Whether more words may come."""
        return self.finish is None

    def add_text(self, text: str) -> None:
        """Append the next words of the stream."""
        self.view.feed(text)

    def finish_with(self, candidate: Candidate) -> None:
        """Take the finished candidate; its text counts, should it differ from the stream."""
        if candidate.text == self.view.markdown:
            self.view.finish()
        else:
            self.view.show_markdown(candidate.text)
        self.finish = candidate.finish
        if candidate.finish is Finish.INCOMPLETE:
            self._say(self.tr("Incomplete: it broke off before its end."))
        elif candidate.problem:
            self._say(candidate.problem)
        self._name()

    def fail(self, error: PilotfishError) -> None:
        """Say why this one did not come; what came stays."""
        self.view.finish()
        self.finish = Finish.INCOMPLETE
        self._say(word(error).in_full)

    def stop(self) -> None:
        """Nothing more comes."""
        if self.finish is None:
            self.view.finish()
            self.finish = Finish.INCOMPLETE
            self._say(self.tr("Stopped."))

    def set_chosen(self, chosen: bool) -> None:
        """Show the whole of it, framed; or a glimpse."""
        self._is_chosen = chosen
        self._show_as_much_as_fits()
        show_as(self, "chosen", chosen)
        self._name()

    def settle(self) -> None:
        """Give back the room that was kept for words that did not come."""
        self._show_as_much_as_fits()

    def _show_as_much_as_fits(self) -> None:
        glimpse = GLIMPSE_LINES * self.view.fontMetrics().lineSpacing()
        if self.finish is not None:
            glimpse = min(glimpse, self.view.height())
        self._window.show_glimpse(0 if self._is_chosen else glimpse)

    def _name(self) -> None:
        words = str(self.n)
        if self.origin and self.wish:
            words = self.tr("{n} – from {origin}: {wish}").format(
                n=self.n, origin=self.origin, wish=self.wish
            )
        self._head.setText(words)
        name = self.tr("Candidate {n}").format(n=self.n)
        if self._is_chosen:
            name = self.tr("Candidate {n}, chosen").format(n=self.n)
        self.setAccessibleName(f"{name}: {self.text[:200]}")

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._window)
        column.addWidget(self._note)

    # Qt overrides

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.n)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on the words chooses as well, and still lets them be selected."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.pressed.emit(self.n)
        return super().eventFilter(watched, event)


class _Window(QWidget):
    """Shows a view as high as it is, or only its first lines."""

    def __init__(self, view: MarkdownView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._glimpse = 0
        view.setParent(self)
        view.installEventFilter(self)

    def show_glimpse(self, height: int) -> None:
        """Show exactly this many pixels, or with 0 all."""
        self._glimpse = height
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._glimpse or max(self._view.height(), self._view.fontMetrics().lineSpacing()))

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the view as wide as the window on it."""
        super().resizeEvent(event)
        if self._view.width() != self.width():
            self._view.resize(self.width(), self._view.height())
        document, width = self._view.document(), self._view.viewport().width()
        if document.textWidth() != width:
            # Qt skips laying out anew when a resize happens inside another one; words would be cut off.
            document.setTextWidth(width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the view's height."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
