"""Pages behind a list of their names, with a field that finds the page on which a word stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.other_words import other_words
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.found_words import mark, readable
from desktop.widgets.reader_clicks import ReaderClicks
from desktop.widgets.tab_order import first_as_read, tab_as_read

LIST_WIDTH = 168
_ABOVE = 40
"""Pixels that stay in sight above and below what was found."""
_NAME = Qt.ItemDataRole.UserRole


class IndexedPages(QWidget):
    """A list on the left, the page it names on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QWidget] = []
        self.search = QLineEdit(self)
        self.search.setObjectName("settingsSearch")
        self.search.setPlaceholderText(self.tr("Search settings"))
        self.search.setAccessibleName(self.tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.names = QListWidget(self)
        self.names.setObjectName("settingsPages")
        self.names.setAccessibleName(self.tr("Pages"))
        self.names.setFixedWidth(LIST_WIDTH)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ReaderClicks(self.names)
        self._nothing = quiet_words(self.tr("Nothing found"), self)
        self._nothing.hide()
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.names.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.names.currentRowChanged.connect(lambda _row: self._mark())
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._go_to_page)

    def add(self, page: QWidget, name: str, title: str) -> None:
        """Add a page; `name` finds it again, `title` is shown. The first page is shown."""
        item = QListWidgetItem(title, self.names)
        item.setData(_NAME, name)
        item.setSizeHint(QSize(LIST_WIDTH - 8, 30))
        self._pages.append(page)
        self._stack.addWidget(_Scrolled(page, title))
        if self.names.count() == 1:
            self.names.setCurrentRow(0)

    def show_page(self, name: str) -> None:
        """Show the page of this name; an unknown name changes nothing."""
        for row in range(self.names.count()):
            if self.names.item(row).data(_NAME) == name:
                self.names.setCurrentRow(row)

    @property
    def current_name(self) -> str:
        """The name of the page that is shown; empty where none matches the search."""
        item = self.names.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def matching(self, text: str) -> list[str]:
        """Return the names of the pages on which every word of `text` stands."""
        wanted = text.casefold().split()
        rows = range(self.names.count())
        return [
            str(self.names.item(row).data(_NAME))
            for row in rows
            if all(word in self._words_of(row) for word in wanted)
        ]

    def _filter(self, text: str) -> None:
        found = self.matching(text)
        for row in range(self.names.count()):
            self.names.item(row).setHidden(self.names.item(row).data(_NAME) not in found)
        if found and self.current_name not in found:
            self.show_page(found[0])
        self._nothing.setVisible(not found)
        self._mark()

    def _mark(self) -> None:
        """Mark on the page in sight what is looked for, and bring the first of it into sight."""
        area = self._stack.currentWidget()
        if not isinstance(area, QScrollArea) or (page := area.widget()) is None:
            return
        if (first := mark(page, self.search.text())) is not None:
            area.ensureWidgetVisible(first, 0, _ABOVE)

    def _go_to_page(self) -> None:
        page = self._pages[self._stack.currentIndex()] if self._pages else None
        first = first_as_read(page) if page is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _words_of(self, row: int) -> str:
        """Return what can be read on a page, in small letters."""
        page = self._pages[row]
        title = self.names.item(row).text()
        return "\n".join(
            (f"{title}\n{other_words(title)}".casefold(), *(words for _, words in readable(page)))
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self._nothing)
        left.addWidget(self.names, 1)
        self.search.setFixedWidth(LIST_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addLayout(left)
        row.addWidget(self._stack, 1)


def form(page: QWidget) -> QFormLayout:
    """Give a page the form layout that all pages share."""
    layout = QFormLayout(page)
    layout.setContentsMargins(0, 0, 8, 0)
    layout.setHorizontalSpacing(16)
    layout.setVerticalSpacing(12)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return layout


def quiet_words(text: str, parent: QWidget) -> QLabel:
    """Return a wrapped label for secondary words."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("quiet", True)
    return label


def heading(text: str, parent: QWidget) -> QLabel:
    """Return a label for the title of a group."""
    label = QLabel(text, parent)
    label.setProperty("title", True)
    return label


def name_row(name: str, aside: str, buttons: Sequence[QPushButton], parent: QWidget) -> QWidget:
    """Return a row for something with a name and what can be done with it; long words make no page wider."""
    row = QWidget(parent)
    title, quiet = ElidedLabel(row), ElidedLabel(row)
    title.setText(name)
    title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    quiet.setText(aside)
    quiet.setProperty("quiet", True)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(title)
    layout.addWidget(quiet, 1)
    for button in buttons:
        layout.addWidget(button)
    return row


class _Scrolled(QScrollArea):
    """A page in a small window or a large font; it takes the focus to be scrolled, and only up and down."""

    def __init__(self, page: QWidget, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page = page
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """As wide as its page at least: what is cut off on the right could not be had in any way."""
        page, bar = self._page.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(page.width() + bar.width(), super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Lead Tab through what has come while the page was out of sight."""
        super().showEvent(event)
        tab_as_read(self._page, after=self)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow a page that changes: with the room it asks for, and with Tab through what has come."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            tab_as_read(self._page, after=self)
        return super().viewportEvent(event)
