"""The numbered references of an answer, each saying whether the program found its words in the note."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.assist.model import Citation
from core.documents.naming import is_document
from desktop.panel.places import place_name
from desktop.panel.text_row import TextRow
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip


class CitationList(QWidget):
    """One row a citation; pressing it opens the note at the line.

    Signals:
        open_requested: Carries path and line.
    """

    open_requested = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._citations: list[Citation] = []
        self._rows: list[TextRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_citations(self, citations: Sequence[Citation]) -> None:
        """Show these and no others; marks that rest on the same words of a note share a row."""
        for row in self._rows:
            row.deleteLater()
        distinct: dict[tuple[int, str, int, bool], Citation] = {}
        for citation in citations:
            key = (citation.n, citation.path, citation.start_line, citation.verified)
            distinct.setdefault(key, citation)
        self._citations = list(distinct.values())
        self._rows = [self._row(citation) for citation in self._citations]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(citations))

    def open(self, number: int) -> bool:
        """Open the first citation with this number; returns whether there is one."""
        for citation in self._citations:
            if citation.n == number and citation.path:
                self.open_requested.emit(citation.path, citation.start_line)
                return True
        return False

    def _row(self, citation: Citation) -> TextRow:
        row = TextRow(self._theme, self)
        row.setObjectName("citation")
        if citation.verified:
            row.show_icon("check", role="ok")
            state = self.tr("checked")
        else:
            row.show_icon("warning", role="warn")
            state = self.tr("not found there")
        row.show_text(f"[{citation.n}] {self._place(citation)}", aside=state)
        row.setToolTip(tooltip(citation.quote))
        row.setEnabled(bool(citation.path))
        row.clicked.connect(partial(self.open_requested.emit, citation.path, citation.start_line))
        return row

    def _place(self, citation: Citation) -> str:
        if not citation.path:
            return self.tr("No passage has this number")
        place = place_name(citation.path, citation.heading_path, citation.label)
        if is_document(citation.path):
            return place
        return self.tr("{place}, l.{line}").format(place=place, line=citation.start_line)
