"""The open notes as tabs above the note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text, tooltip

WIDEST = 200
NARROWEST = 120
HEIGHT = 30


class Mark(Enum):
    """What there is to say about a note's text."""

    NONE = "close"
    UNSAVED = "dot"
    STUCK = "warning"
    """It cannot be saved without the person."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One open note as it is shown."""

    path: str
    title: str
    mark: Mark = Mark.NONE
    is_passing: bool = False


class NoteTabs(QTabBar):
    """Shows tabs; what becomes of them is up to the receiver of the signals.

    Signals:
        chosen: The person wants to see a note; carries its path.
        close_requested: The person wants a note closed; carries its path.
        others_requested: The person wants all others closed; carries the path of the one to stay.
        kept: The person wants a note to stay open; carries its path.
        arranged: The person dragged a tab; carries its place before and after.
    """

    chosen = Signal(str)
    close_requested = Signal(str)
    others_requested = Signal(str)
    kept = Signal(str)
    arranged = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteTabs")
        self.setAccessibleName(self.tr("Open notes"))
        self._theme = theme
        self._tabs: tuple[Tab, ...] = ()
        self._current = ""
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+PageDown and Ctrl+Tab are its keys
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.currentChanged.connect(lambda place: self.chosen.emit(self._path(place)))
        self.tabMoved.connect(self.arranged)
        self.tabBarDoubleClicked.connect(lambda place: self.kept.emit(self._path(place)))
        theme.changed.connect(self._dress)

    def show_tabs(self, tabs: Sequence[Tab], current: str) -> None:
        """Show these, the one of that path in sight; an empty path: none of them."""
        before = self.blockSignals(True)
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        while self.count() < len(tabs):
            self._add()
        self._tabs, self._current = tuple(tabs), current
        self._dress()
        paths = [tab.path for tab in tabs]
        self.setCurrentIndex(paths.index(current) if current in paths else -1)
        self.blockSignals(before)

    def _add(self) -> None:
        button = _TabButton(self._theme, self)
        button.clicked.connect(self._button_clicked)
        self.setTabButton(self.addTab(""), QTabBar.ButtonPosition.RightSide, button)

    def _dress(self) -> None:
        for place, tab in enumerate(self._tabs):
            if self.tabData(place) != tab.path or self.tabText(place) != button_text(tab.title):
                self.setTabData(place, tab.path)
                self.setTabText(place, button_text(tab.title))
            self.setTabTextColor(place, self._theme.colour("quiet" if tab.is_passing else "text"))
            self._name(place, tab)

    def _name(self, place: int, tab: Tab) -> None:
        said = self._said(tab)
        self.setTabToolTip(place, tooltip("\n".join(filter(None, (tab.path, said)))))
        self.setAccessibleTabName(place, ", ".join(filter(None, (tab.title, said))))
        button = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
        assert isinstance(button, _TabButton)
        button.show_mark(tab.mark)
        close = self.tr("Close {name}").format(name=tab.title)
        button.setAccessibleName(close)
        button.setToolTip(tooltip(close))

    def _said(self, tab: Tab) -> str:
        if tab.mark is Mark.STUCK:
            return self.tr("This note could not be saved")
        if tab.mark is Mark.UNSAVED:
            return self.tr("Not saved yet")
        return self.tr("The next note takes its place; double-click keeps it") if tab.is_passing else ""

    def _path(self, place: int) -> str:
        path = self.tabData(place)  # which moves with the tab that is dragged
        return path if isinstance(path, str) else ""

    def _button_clicked(self) -> None:
        sender = self.sender()
        for place, tab in enumerate(self._tabs):
            if self.tabButton(place, QTabBar.ButtonPosition.RightSide) is sender:
                self.close_requested.emit(tab.path)
                return

    def _show_menu(self, at: QPoint) -> None:
        if path := self._path(self.tabAt(at)):
            menu = self.menu_of(path)
            menu.popup(self.mapToGlobal(at))

    def menu_of(self, path: str) -> QMenu:
        """Return what can be done with a tab; it goes away when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Close")).triggered.connect(lambda: self.close_requested.emit(path))
        others = menu.addAction(self.tr("Close the others"))
        others.triggered.connect(lambda: self.others_requested.emit(path))
        others.setEnabled(len(self._tabs) > 1)
        if any(tab.is_passing and tab.path == path for tab in self._tabs):
            menu.addAction(self.tr("Keep open")).triggered.connect(lambda: self.kept.emit(path))
        return menu

    # Qt overrides

    def tabSizeHint(self, index: int) -> QSize:
        """Return room for the name, within limits."""
        return QSize(min(super().tabSizeHint(index).width(), WIDEST), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return how narrow a tab may become before the row scrolls."""
        return QSize(min(self.tabSizeHint(index).width(), NARROWEST), HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the tab that Qt takes for the current one even where none is in sight."""
        place = self.tabAt(event.position().toPoint())
        is_stale = place == self.currentIndex() and self._path(place) != self._current
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and is_stale:
            self.chosen.emit(self._path(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close with the middle button."""
        super().mouseReleaseEvent(event)
        path = self._path(self.tabAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and path:
            self.close_requested.emit(path)


class _TabButton(QToolButton):
    """Closes a tab, and tells by its icon what there is to say about it while the mouse is elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = Mark.NONE
        self.setObjectName("closeTabButton")
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(20, 20)
        self.setIconSize(QSize(12, 12))

    def show_mark(self, mark: Mark) -> None:
        """Show a mark."""
        self._mark = mark
        self._tint(Mark.NONE if self.underMouse() else mark)

    def _tint(self, mark: Mark) -> None:
        self.setIcon(self._theme.icon(mark.value, role="warn" if mark is Mark.STUCK else "quiet"))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what a click does."""
        super().enterEvent(event)
        self._tint(Mark.NONE)

    def leaveEvent(self, event: QEvent) -> None:
        """Show the mark again."""
        super().leaveEvent(event)
        self._tint(self._mark)
