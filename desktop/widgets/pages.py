"""Pages of which one is shown, chosen by a row of pills."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)


class Pages(QWidget):
    """A stack of scrollable pages under their names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(6)
        self._pills.addStretch()
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._pills)
        column.addWidget(self._stack, 1)

    def add(self, page: QWidget, name: str, title: str) -> QPushButton:
        """Add a page; `name` is the object name of its pill, which is returned. The first page is shown."""
        pill = QPushButton(title, self)
        pill.setObjectName(name)
        pill.setCheckable(True)
        pill.setAutoDefault(False)
        pill.setProperty("pill", True)
        area = _scrolled(page)
        self._stack.addWidget(area)
        self._group.addButton(pill)
        self._pills.insertWidget(self._stack.count() - 1, pill)
        pill.toggled.connect(lambda on: self._stack.setCurrentWidget(area) if on else None)
        pill.setChecked(self._stack.count() == 1)
        return pill


def _scrolled(page: QWidget) -> QScrollArea:
    """Put a page into a scroll area, for small windows and large fonts."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
