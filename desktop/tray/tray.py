"""The icon in the desktop's tray: how the index is, and the shortest ways in and out.

A convenience, never the only way to anything: many desktops have no tray.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from core.index.model import Hold, IndexProgress
from desktop.theme.icons import load_app_icon
from desktop.theme.theme import Theme

_SIZE = 32
_DOT = 12


class Tray(QObject):
    """Shows an icon with a menu while there is a tray.

    Signals:
        quick_ask_requested: The person wants to ask.
        companion_requested: The person wants the panel beside another program.
        window_requested: The person wants the window.
        pause_requested: Indexing is to pause (True) or go on (False).
        quit_requested: The person wants everything to end.
    """

    quick_ask_requested = Signal()
    companion_requested = Signal()
    window_requested = Signal()
    pause_requested = Signal(bool)
    quit_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QObject | None = None,
        *,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_available = is_available
        self._plain = load_app_icon()
        self._icon = QSystemTrayIcon(self._plain, self)
        self.menu = QMenu()
        self.state_action = self.menu.addAction(self.tr("Starting"))
        self.state_action.setEnabled(False)
        self.menu.addSeparator()
        self.ask_action = self._action(self.tr("Ask your notes"), self.quick_ask_requested.emit)
        self.companion_action = self._action(
            self.tr("Panel beside another program"), self.companion_requested.emit
        )
        self.window_action = self._action(self.tr("Open Pilotfish"), self.window_requested.emit)
        self.pause_action = self.menu.addAction(self.tr("Pause indexing"))
        self.pause_action.setCheckable(True)
        self.pause_action.triggered.connect(self.pause_requested)
        self.menu.addSeparator()
        self.quit_action = self._action(self.tr("Quit"), self.quit_requested.emit)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activated)
        self._progress: IndexProgress | None = None
        theme.changed.connect(self._draw)
        self._refresh()

    @property
    def icon(self) -> QSystemTrayIcon:
        """The icon itself."""
        return self._icon

    def show(self) -> bool:
        """Show the icon; False, with nothing shown, where the desktop has no tray."""
        available = self._is_available()
        self._icon.setVisible(available)
        return available

    def close(self) -> None:
        """Take the icon away."""
        self._icon.hide()
        self.menu.deleteLater()

    def show_progress(self, progress: IndexProgress) -> None:
        """Show how far the index is, and whether it is paused, whoever paused it."""
        self._progress = progress
        self.pause_action.setChecked(progress.hold is Hold.PAUSED)
        self._refresh()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.window_requested.emit()

    def _refresh(self) -> None:
        words, _role = self._state()
        self.state_action.setText(words)
        self._icon.setToolTip(f"Pilotfish – {words}")
        self._draw()

    def _draw(self) -> None:
        _words, role = self._state()
        self._icon.setIcon(_with_dot(self._plain, self._theme.colour(role)) if role else self._plain)

    def _state(self) -> tuple[str, str]:
        """Return the state in words, and the role of the dot that tells it; empty for none."""
        progress = self._progress
        if progress is None:
            return self.tr("Starting"), ""
        if progress.hold is Hold.PAUSED:
            return self.tr("Indexing is paused"), "quiet"
        if progress.problem:
            return self.tr("Search works by words only"), "warn"
        if progress.notes_done < progress.notes_total or not progress.idle:
            return self.tr("Reading your notes"), "accent"
        return self.tr("Up to date: %n notes", "", progress.notes_total), ""

    def _action(self, text: str, call: Callable[[], None]) -> QAction:
        action = self.menu.addAction(text)
        action.triggered.connect(lambda _checked=False: call())
        return action


def _with_dot(icon: QIcon, colour: QColor) -> QIcon:
    """Return the icon with a dot at its lower right corner; the words of the menu say the same."""
    pixmap = QPixmap(icon.pixmap(_SIZE, _SIZE))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corner = pixmap.width() - _DOT
    painter.drawEllipse(QRect(corner, corner, _DOT, _DOT))
    painter.end()
    return QIcon(pixmap)
