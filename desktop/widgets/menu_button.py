"""A tool button that is nothing but the handle of its menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget


class MenuButton(QToolButton):
    """Shows its menu at a press of the mouse, by keyboard, and for a screen reader.

    WORKAROUND: with Qt's own `InstantPopup` the button offers assistive technology one action, *ShowMenu*,
    which does nothing (`QAccessibleButton::doAction` of Qt 6.11 knows the menus of push buttons alone). With
    a delayed menu it offers *Press* as well, and a press is a click.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        self.clicked.connect(self._show)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open at once, so that an entry can be chosen in one sweep."""
        if event.button() == Qt.MouseButton.LeftButton and self.menu() is not None:
            self.showMenu()
        else:
            super().mousePressEvent(event)

    def _show(self) -> None:
        """Show the menu, its first entry chosen: the arrows go on from there, a screen reader reads it."""
        menu = self.menu()
        if menu is not None:
            QTimer.singleShot(0, menu, partial(_choose_first, menu))
            self.showMenu()


def _choose_first(menu: QMenu) -> None:
    for entry in menu.actions():
        if entry.isEnabled() and not entry.isSeparator():
            menu.setActiveAction(entry)
            entry.hover()  # which tells assistive technology where the focus is
            return
