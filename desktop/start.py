"""From the decision to show a window to the end of its event loop."""

from __future__ import annotations

import logging
import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.paths import Places
from desktop import restart
from desktop.crash import CrashGuard, QuitSignals
from desktop.frame import APP_ID, Frame
from desktop.look import Look
from desktop.single_instance import SingleInstance
from desktop.start_options import StartOptions

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.windows.crash_window import CrashWindow

log = logging.getLogger(__name__)


class Program(QObject):
    """One run: the frame first, what is behind it after the first paint, everything put away at the end."""

    def __init__(self, instance: SingleInstance, look: Look, options: StartOptions) -> None:
        super().__init__()
        self._instance = instance
        self._options = options
        self._app: App | None = None
        self.frame = Frame(look)
        self._guard = CrashGuard(self._keep_drafts, self)
        self._guard.install()
        self._signals = QuitSignals(self)
        self._signals.received.connect(self.frame.window.quit)
        self.frame.window.painted.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Show the window; the vault is opened after the first paint."""
        self.frame.show(expects_note=bool(self._options.vault or self.frame.settings.last_vault))

    def close(self) -> None:
        """Put everything away; nothing of ours runs any more afterwards."""
        if self._app is not None:
            self._app.close()
        self._signals.close()
        self._guard.remove()

    def _go_on(self) -> None:
        """Bring what the first paint did not need to wait for."""
        from desktop.app import App
        from desktop.windows.vault_opener import real_engine

        app = self._app = App(self.frame, real_engine, base_dir=self._options.base_dir)
        self._guard.happened.connect(app.announcer.unexpected)
        self._instance.raise_requested.connect(app.raise_window)
        self._instance.quick_ask_requested.connect(app.at_hand.quick_ask)
        self._instance.listen()
        app.start(self._options.vault)
        if self._options.quick_ask:
            app.at_hand.quick_ask()
        if not self._options.vault and not self.frame.places.settings_file.exists():
            self._show_first_steps(app)

    def _show_first_steps(self, app: App) -> None:
        """Guide somebody who has never been here; a vault on the command line is guidance enough."""
        from desktop.first_steps import FirstSteps

        FirstSteps(app)

    def _keep_drafts(self) -> None:
        if self._app is not None:
            self._app.desk.keep_drafts()


def run(instance: SingleInstance, places: Places, options: StartOptions, *, crash_report: str = "") -> int:
    """Show the window, run until it is closed, and return the exit status.

    Args:
        crash_report: of the last run; shown before the window, which does not wait for anybody to read it.
    """
    QGuiApplication.setDesktopFileName(APP_ID)
    # To set the style later costs 7 ms: PySide then makes all the names of QStyle, which nobody wants yet.
    qt = QApplication([*sys.argv[:1], "-style", "Fusion"])
    qt.setApplicationName("pilotfish")
    qt.setApplicationDisplayName("Pilotfish")
    look = Look(qt, places)
    crash = _show_crash(crash_report, look) if crash_report else None
    program = Program(instance, look, options)
    if crash is not None:
        crash.stay_above(program.frame.window)
    program.frame.window.painted.connect(lambda: _report(options.began))
    program.start()
    status = qt.exec()
    program.close()
    return restart.RESTART if restart.is_wanted(qt) else status


def _show_crash(report: str, look: Look) -> CrashWindow:
    """Bring what the last run ended with to the screen, before there is anything else of ours on it."""
    from desktop.windows.crash_window import CrashWindow

    log.error("the last run ended in a crash; see crash.last.log")
    window = CrashWindow(report, look.theme)
    window.show_at_once()
    return window


def _report(began: float) -> None:
    """Log the time to the first window; print it for the benchmark that asks for it."""
    took = round((time.perf_counter() - began) * 1000)
    log.info("first window after %d ms", took)
    if os.environ.get("PILOTFISH_TIME_TO_WINDOW") == "1":
        print(f"window_ms={took}", file=sys.stderr, flush=True)  # noqa: T201
