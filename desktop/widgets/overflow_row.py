"""A row of buttons on one line; those for which there is no room wait in a menu at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.widgets.menu_button import MenuButton


class OverflowRow(QWidget):
    """Shows as many buttons as fit; a checked one is always among them."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._buttons: list[QPushButton] = []
        self.more_button = MenuButton(self)
        self.more_button.setProperty("flat", True)
        self.more_button.setIconSize(QSize(16, 16))
        self.more_button.setAccessibleName(self.tr("More of them"))
        self.more_button.setToolTip(self.tr("More of them"))
        self._menu = QMenu(self.more_button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more_button.setMenu(self._menu)
        self._extra: list[QAction] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        self._row.addStretch()
        self._row.addWidget(self.more_button)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """The buttons in their order, in sight or not."""
        return self._buttons

    @property
    def menu(self) -> QMenu:
        """The menu with the buttons that are not in sight, filled when it opens."""
        return self._menu

    def show_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """Show these in place of those before, which are deleted."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = list(buttons)
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(place, button)
        self.fit()

    def add_extra(self, text: str, call: Callable[[], object]) -> QAction:
        """Put something of another kind at the end of the menu, which is then always there."""
        action = QAction(text, self)
        action.triggered.connect(call)
        self._extra.append(action)
        self.fit()
        return action

    def set_icon(self, icon: QIcon) -> None:
        """Draw the menu's button."""
        self.more_button.setIcon(icon)

    def fit(self) -> None:
        """Hide what has no room."""
        widths = [button.sizeHint().width() for button in self._buttons]
        whole = sum(widths) + self._gap * max(len(widths) - 1, 0)
        shown = set(range(len(widths)))
        menu = bool(self._extra) or whole > self.width()
        if menu:
            shown = self._that_fit(widths, self.width() - self.more_button.sizeHint().width() - self._gap)
        for place, button in enumerate(self._buttons):
            button.setVisible(place in shown)
        self.more_button.setVisible(bool(self._extra) or len(shown) < len(widths))

    def _that_fit(self, widths: Sequence[int], room: int) -> set[int]:
        """Return the first buttons that fit together with the checked one."""
        kept = {place for place, button in enumerate(self._buttons) if button.isChecked()}
        room -= sum(widths[place] + self._gap for place in kept)
        for place, width in enumerate(widths):
            if place in kept:
                continue
            if width > room:
                break
            kept.add(place)
            room -= width + self._gap
        return kept

    def _fill_menu(self) -> None:
        self._menu.clear()
        for button in self._buttons:
            if not button.isVisible():
                action = self._menu.addAction(button.icon(), button.text())
                action.setCheckable(button.isCheckable())
                action.setChecked(button.isChecked())
                action.triggered.connect(button.click)
        if self._extra and not self._menu.isEmpty():
            self._menu.addSeparator()
        self._menu.addActions(self._extra)

    # Qt overrides

    def sizeHint(self) -> QSize:
        """As high as a button; the width comes from outside."""
        heights = [button.sizeHint().height() for button in self._buttons]
        return QSize(200, max([*heights, self.more_button.sizeHint().height()]))

    def minimumSizeHint(self) -> QSize:
        """Never make the panel wider."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what fits."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """See what fits: the fonts are known for certain."""
        super().showEvent(event)
        self.fit()
