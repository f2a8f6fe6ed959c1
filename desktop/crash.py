"""What happens when something goes wrong that nobody expected: it is written down, and the window stays.

Nothing in here shows anything; `app` does. Logs hold types and places, never the words of a note.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from desktop.crash_traces import lines_of

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = ("This plugin does not support",)


class CrashGuard(QObject):
    """Catches what nobody else caught, on any thread.

    Signals:
        happened: An unexpected error, on the GUI thread; carries its kind, each kind once.
    """

    happened = Signal(str)

    def __init__(self, save_drafts: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save_drafts = save_drafts
        self._seen: set[str] = set()

    def install(self) -> None:
        """Take over Python's hooks and Qt's messages."""
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = lambda found: self._note(found.exc_value, found.exc_traceback)
        qInstallMessageHandler(_log_qt_message)

    def remove(self) -> None:
        """Give everything back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self._note(error, trace)
        try:
            self._save_drafts()
        except Exception:
            log.exception("drafts could not be saved after an error")

    def _on_thread_error(self, found: threading.ExceptHookArgs) -> None:
        self._note(found.exc_value, found.exc_traceback)

    def _note(self, error: BaseException | None, trace: TracebackType | None) -> None:
        """Write down where it happened and report each kind once."""
        frames = traceback.extract_tb(trace)
        log.error("unexpected %s\n%s", type(error).__name__, lines_of(frames))
        last = frames[-1] if frames else None
        kind = f"{type(error).__name__} in {Path(last.filename).stem}.{last.name}" if last else "error"
        if kind not in self._seen:
            self._seen.add(kind)
            self.happened.emit(kind)


class QuitSignals(QObject):
    """Turns SIGTERM, SIGINT and SIGHUP into a Qt signal: Python alone would wait for the next event.

    Signals:
        received: The system asks to quit.
    """

    received = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        self._read.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._old = {
            number: signal.signal(number, lambda *_: None)
            for name in ("SIGTERM", "SIGINT", "SIGHUP")
            if (number := getattr(signal, name, None)) is not None
        }

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _wake(self) -> None:
        if self._read.recv(64):
            self.received.emit()


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if not text.startswith(_HARMLESS):
        logging.getLogger(f"qt.{context.category}").log(_LEVELS[kind], "%s", text)
    if kind is QtMsgType.QtFatalMsg:
        os.write(2, text.encode("utf-8", "replace") + b"\n")
