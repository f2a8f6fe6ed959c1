"""From the decision to show a window to the end of its event loop."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.paths import Places
from desktop.app import App
from desktop.crash import CrashGuard, QuitSignals
from desktop.single_instance import SingleInstance

log = logging.getLogger(__name__)

APP_ID = "org.example.Pilotfish"


def run(
    instance: SingleInstance,
    places: Places,
    vault: str,
    base_dir: Path | None,
    *,
    last_crash: str,
    started: float,
) -> int:
    """Show the window, run until it is closed, and return the exit status."""
    QGuiApplication.setDesktopFileName(APP_ID)
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("pilotfish")
    qt.setApplicationDisplayName("Pilotfish")
    if last_crash:
        log.error("the last run ended in a crash; see crash.last.log")
    app = App(qt, places, base_dir=base_dir)
    guard = CrashGuard(app.desk.keep_drafts, app)
    guard.happened.connect(app.say_unexpected)
    guard.install()
    signals = QuitSignals(app)
    signals.received.connect(app.window.close)
    instance.listen()
    instance.raise_requested.connect(app.raise_window)
    app.window.painted.connect(lambda: _report(started))
    app.start(vault)
    status = qt.exec()
    app.close()
    signals.close()
    guard.remove()
    return status


def _report(started: float) -> None:
    """Log the time to the first window; print it for the benchmark that asks for it."""
    took = round((time.perf_counter() - started) * 1000)
    log.info("first window after %d ms", took)
    if os.environ.get("PILOTFISH_TIME_TO_WINDOW") == "1":
        print(f"window_ms={took}", file=sys.stderr, flush=True)  # noqa: T201
