"""What makes the program one keystroke away: quick-ask, the global hotkey, the tray icon.

Nothing of it is needed for the first paint, and the window works without any of it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from core.index.model import IndexProgress
from core.settings import AtHandSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.hotkey.hotkey import Hotkey, MakeBackend
from desktop.palette.x11 import connect
from desktop.quick_desk import QuickDesk
from desktop.theme.theme import Theme
from desktop.tray.tray import Tray
from desktop.windows.main_window import MainWindow

READY_MS = 1500
"""After the start: the engine has begun by then, and a first quick-ask finds its window made."""


class AtHand(QObject):
    """Holds the three together.

    Signals:
        open_requested: A citation was pressed, and the window is in front; carries path and line.
        settings_requested: The person wants to set up a model, and the window is in front.
        companion_requested: The person wants the panel beside another program.
    """

    companion_requested = Signal()
    open_requested = Signal(str, int)
    settings_requested = Signal()

    def __init__(
        self,
        quick: QuickDesk,
        window: MainWindow,
        theme: Theme,
        bridge: EngineBridge,
        *,
        make_hotkey: MakeBackend,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.quick = quick
        self._bridge = bridge
        self._tasks = TaskRunner(self, name="at-hand")
        self._window = window
        self._theme = theme
        self.hotkey = Hotkey(make_hotkey, self)
        self.hotkey.pressed.connect(quick.toggle)
        quick.open_requested.connect(self._open)
        quick.settings_requested.connect(self._show_settings)
        bridge.model_changed.connect(quick.set_model)
        bridge.progressed.connect(self._show_progress)
        self.tray: Tray | None = None
        self._settings = AtHandSettings()
        self._progress: IndexProgress | None = None
        self._steps = [self._make_window, self._make_tray, self._follow_settings]
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._connect)
        self._soon.start(READY_MS)
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._get_ready)

    def use(self, settings: AtHandSettings) -> None:
        """Follow the settings; the first time a moment after the start."""
        before, self._settings = self._settings, settings
        if not self._steps:
            if before.quick_ask != settings.quick_ask:
                self.hotkey.use(settings.quick_ask)
            self._follow_tray()

    def quick_ask(self) -> None:
        """Show quick-ask."""
        self.quick.come_up()

    def close(self) -> None:
        """Let go of everything; nothing of it is on the screen any more."""
        self._soon.stop()
        self._turns.stop()
        self._tasks.shutdown()
        self.hotkey.release()
        if self.tray is not None:
            self.tray.close()
        self.quick.close()

    def _connect(self) -> None:
        self._tasks.submit(
            lambda _token: connect(), done=lambda _: self._turns.start(), failed=lambda _: self._turns.start()
        )

    def _get_ready(self) -> None:
        """Take one step in a turn of the event loop: the person may be typing."""
        self._steps.pop(0)()
        if not self._steps:
            self._turns.stop()

    def _make_window(self) -> None:
        self.quick.window.ensurePolished()

    def _follow_settings(self) -> None:
        self.hotkey.use(self._settings.quick_ask)
        self._follow_tray()

    def _make_tray(self) -> None:
        tray = self.tray = Tray(self._theme, self)
        tray.quick_ask_requested.connect(self.quick_ask)
        tray.companion_requested.connect(self.companion_requested)
        tray.window_requested.connect(self._window.come_to_front)
        tray.pause_requested.connect(self._pause)
        tray.quit_requested.connect(self._quit)
        if self._progress is not None:
            tray.show_progress(self._progress)

    def _follow_tray(self) -> None:
        """Let closing hide the window only where the tray leads back to it."""
        shown = self.tray is not None and self.tray.show()
        self._window.hides_on_close = shown and self._settings.keep_running

    def _show_progress(self, progress: IndexProgress) -> None:
        self._progress = progress
        if self.tray is not None:
            self.tray.show_progress(progress)

    def _pause(self, paused: bool) -> None:
        if self._bridge.attached:
            self._bridge.set_paused(paused)

    def _open(self, path: str, line: int) -> None:
        self._window.come_to_front()
        self.open_requested.emit(path, line)

    def _show_settings(self) -> None:
        self._window.come_to_front()
        self.settings_requested.emit()

    def _quit(self) -> None:
        self._window.quit()
