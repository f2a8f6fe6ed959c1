"""Which model served which work: the person's votes, and what of each model went into notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from core.session.model import ModelScore

_MOST_ROWS = 7
"""Rows in sight; the others are reached by scrolling."""


class ScoreTable(QTableWidget):
    """A row a model and kind of work, the best one of each kind first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelScores")
        self.setAccessibleName(self.tr("Which model served which work"))
        self.setColumnCount(7)
        self.setHorizontalHeaderLabels(
            [
                self.tr("Work"),
                self.tr("Model"),
                self.tr("Liked"),
                self.tr("Disliked"),
                self.tr("Inserted"),
                self.tr("Edited"),
                self.tr("Refused"),
            ]
        )
        for column in (0, 1):
            if (item := self.horizontalHeaderItem(column)) is not None:
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_scores(self, scores: Sequence[ModelScore], titles: dict[str, str]) -> None:
        """Show these; `titles` say what a kind of work is called, else its id stands there."""
        self.setRowCount(len(scores))
        work = ""
        for row, score in enumerate(scores):
            # Said once for all models that did it, as in a printed table.
            name = titles.get(score.work, score.work) if score.work != work else ""
            work = score.work
            counts = (score.good, score.bad, score.inserted, score.edited, score.refused)
            for column, text in enumerate((name, score.model, *(str(count or "–") for count in counts))):
                item = QTableWidgetItem(text)
                item.setToolTip(f"{titles.get(score.work, score.work)}: {score.model}")
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, item)
        height = sum(self.rowHeight(row) for row in range(min(len(scores), _MOST_ROWS)))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """As wide as its columns."""
        return super().minimumSizeHint().expandedTo(QSize(self.horizontalHeader().length() + 4, 0))
