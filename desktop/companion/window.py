"""The companion's window: narrow, above the others, docked to an edge of the screen.

It holds the panel while it is open and gives it back; what the panel is about is not its business.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QMoveEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.companion.docking import NARROWEST, WIDEST, Dock, DockMemory, docked, side_near
from desktop.companion.head import CompanionHead
from desktop.theme.theme import Theme

REST_MS = 400
"""A window that has not moved for so long has been let go of."""
FRAME_MS = 120
FRAME_LOOKS = 6
"""The frame that the window manager draws is there some time after the window, and nobody says when."""


class Companion(QWidget):
    """A window for a panel.

    Signals:
        closed: The person closes it; the window is still there, with the panel in it.
    """

    closed = Signal()

    def __init__(self, theme: Theme, memory: DockMemory) -> None:
        super().__init__(None, _flags(memory.is_pinned))
        self.setObjectName("companion")
        self.setWindowTitle(self.tr("Companion – Pilotfish"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the program ends with its main window
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self._memory = memory
        self._panel: QWidget | None = None
        self._watched: set[str] = set()
        """Screens by name: PySide lets a screen's wrapper die with any widget that asked for its screen."""
        self._docked: tuple[QRect, QRect] | None = None
        self._looks = 0
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._come_to_rest)
        self._frame = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._frame.timeout.connect(self._look_for_frame)
        self.head = CompanionHead(theme, self)
        self._lay_out()
        self._connect()

    def hold(self, panel: QWidget) -> None:
        """Take a panel in."""
        self._panel = panel
        self._column.addWidget(panel, 1)
        panel.show()

    def release(self) -> QWidget | None:
        """Give the panel back and go out of sight."""
        panel, self._panel = self._panel, None
        self.hide()
        if panel is not None:
            self._column.removeWidget(panel)
            panel.setParent(None)
        return panel

    def come_up(self, usual: QScreen) -> None:
        """Show the window at its edge of the screen it was on last, else of the usual one."""
        if not self.isVisible():
            names = {screen.name(): screen for screen in QGuiApplication.screens()}
            self._dock(names.get(self._memory.screen, usual))
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _lay_out(self) -> None:
        line = QFrame(self)
        line.setProperty("hairline", True)
        line.setFixedHeight(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self._column.addWidget(line)

    def _connect(self) -> None:
        self.head.show_pinned(self._memory.is_pinned)
        self.head.pin_toggled.connect(self._pin)
        self.head.side_requested.connect(self._change_side)

    def _pin(self, pinned: bool) -> None:
        """Stay on top or not, without the window going away and coming back, as `setWindowFlag` would."""
        self._memory.is_pinned = pinned
        self.head.show_pinned(pinned)
        self.overrideWindowFlags(_flags(pinned))
        if (window := self.windowHandle()) is not None:
            window.setFlag(Qt.WindowType.WindowStaysOnTopHint, pinned)

    def _change_side(self) -> None:
        screen = self.screen()
        dock = self._memory.dock(screen.name())
        self._memory.set_dock(screen.name(), Dock(dock.side.other, self.width()))
        self._dock(screen)

    def _dock(self, screen: QScreen) -> None:
        dock = self._memory.dock(screen.name())
        self.head.show_side(dock.side)
        wanted = docked(screen.availableGeometry(), dock, self._frame_margins())
        if (wanted, self.frameGeometry()) != self._docked:  # once: a tiling desktop places windows itself
            self.setGeometry(wanted)
            self._docked = (wanted, self.frameGeometry())

    def _frame_margins(self) -> QMargins:
        window = self.windowHandle()
        return window.frameMargins() if window is not None else QMargins()

    def _look_for_frame(self) -> None:
        """Dock again once the frame is there: title bar and borders take their room from the window."""
        self._looks += 1
        if not self._frame_margins().isNull():
            self._dock(self.screen())
        elif self._looks < FRAME_LOOKS:
            self._frame.start()

    def _come_to_rest(self) -> None:
        """The person moved the window or made it wider: dock it to the edge where it was left, if any."""
        screen = self.screen()
        side = side_near(self.frameGeometry(), screen.availableGeometry())
        if side is not None and self.isVisible():
            self._memory.set_dock(screen.name(), Dock(side, self.width()))
            self._dock(screen)

    def _watch(self, screen: QScreen) -> None:
        """Notice when the room of this screen changes: another resolution, a taskbar that comes or goes."""
        if screen.name() not in self._watched:
            self._watched.add(screen.name())
            screen.availableGeometryChanged.connect(self._room_changed)

    def _room_changed(self, _room: QRect) -> None:
        self._rest.start()

    def _screen_changed(self, screen: QScreen) -> None:
        self._watch(screen)
        self._rest.start()

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Wait for the frame."""
        super().showEvent(event)
        self._looks = 0
        self._frame.start()
        window = self.windowHandle()
        if not self._watched and window is not None:
            window.screenChanged.connect(self._screen_changed)
        self._watch(self.screen())

    def moveEvent(self, event: QMoveEvent) -> None:
        """Notice that the window is being moved."""
        super().moveEvent(event)
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notice that the window is being resized."""
        super().resizeEvent(event)
        self._rest.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the panel go back where it came from."""
        event.ignore()
        self.closed.emit()


def _flags(pinned: bool) -> Qt.WindowType:
    plain = Qt.WindowType.Window
    return plain | Qt.WindowType.WindowStaysOnTopHint if pinned else plain
