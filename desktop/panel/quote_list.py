"""Quotes of the vault, word for word, above anything a model says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.assist.model import Quote, QuotesFound
from desktop.panel.places import place_name
from desktop.panel.text_row import PAD, TextRow
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import as_read, tooltip


class QuoteList(QWidget):
    """Quiet cited lines; the other passages that went along are one press away.

    Signals:
        open_requested: A quote was pressed; carries path and line.
    """

    open_requested = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quotes: list[Quote] = []
        self._rows: list[TextRow] = []
        self._lines = 2
        self._shown = self._least = 0
        self._head = QLabel(self)
        self._head.setProperty("quiet", True)
        self._more = QPushButton(self)
        self._more.setObjectName("moreQuotes")
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._head)
        self._head.setContentsMargins(PAD, 0, PAD, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD // 2, 0, 0, 0)
        foot.addWidget(self._more)
        foot.addStretch()
        self._column.addLayout(foot)
        self.hide()

    def show_found(self, found: QuotesFound) -> None:
        """Show the quotes; the passages that none was taken from come with the button below."""
        for row in self._rows:
            row.deleteLater()
        quoted = {quote.n for quote in found.quotes}
        others = [p for p in enumerate(found.passages, start=1) if p[0] not in quoted]
        self._quotes = [*found.quotes, *(Quote(n, p.text, p, p.start_line) for n, p in others)]
        self._rows = [self._row(quote) for quote in self._quotes]
        for place, row in enumerate(self._rows, start=1):
            self._column.insertWidget(place, row)
        self._shown = self._least = len(found.quotes)
        self.setVisible(bool(self._rows))
        self._arrange()

    def be_brief(self) -> None:
        """One line a quote: a model speaks below."""
        self._lines = 1
        self._arrange()

    def be_whole(self) -> None:
        """Quotes readable to their end: they are the answer."""
        self._lines = 8
        self._arrange()

    def _row(self, quote: Quote) -> TextRow:
        row = TextRow(self._theme, self)
        row.setObjectName("quote")
        row.setToolTip(tooltip(quote.text))
        row.clicked.connect(partial(self.open_requested.emit, quote.passage.path, quote.line))
        return row

    def _toggle(self) -> None:
        self._shown = self._least if self._shown >= len(self._rows) else len(self._rows)
        self._arrange()

    def _arrange(self) -> None:
        for at, (quote, row) in enumerate(zip(self._quotes, self._rows, strict=True)):
            place = place_name(quote.passage.path, quote.passage.heading_path, quote.passage.label)
            row.show_text(f"[{quote.n}] {as_read(quote.text)}", quiet=place, max_lines=self._lines)
            row.setVisible(at < self._shown)
        self._head.setText(self.tr("From your notes"))
        self._head.setVisible(self._shown > 0)
        self._more.setText(self._more_text())
        self._more.setVisible(len(self._rows) > self._least)

    def _more_text(self) -> str:
        if self._shown >= len(self._rows):
            return self.tr("Show fewer")
        if self._shown == 0:
            return self.tr("Passages of your notes used: {count}").format(count=len(self._rows))
        return self.tr("Show all {count} passages").format(count=len(self._rows))
