"""The real window with its real engine, driven from inside for measurements of time."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from core import settings as settings_file
from core.index.model import IndexProgress
from core.paths import places
from core.settings import ProviderSettings, Settings, TierSettings
from desktop.app import App
from desktop.look import Look
from desktop.panel.markdown_view import MarkdownView
from desktop.single_instance import SingleInstance
from desktop.start import Program
from desktop.start_options import StartOptions

PATIENCE_S = 900


class GapMeter(QObject):
    """Measures how long the event loop keeps its timers waiting, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Stop measuring."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class PaintClock(QObject):
    """Notes for each token of a `token_server` how long it took from being sent to being painted."""

    TOKEN = re.compile(r"t(\d{6,})[ \n]")

    def __init__(self, view: MarkdownView) -> None:
        super().__init__()
        self._view = view
        self._read = 0
        self.delays_ms: list[float] = []
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)  # runs when the paint is over
        return False

    def _painted(self) -> None:
        now, text = time.monotonic_ns(), self._view.markdown
        for match in self.TOKEN.finditer(text, self._read):
            self.delays_ms.append((now - int(match.group(1))) / 1e6)
            self._read = match.end()


class DrivenWindow:
    """A Pilotfish window on a vault; `base_url`, if given, is the model it asks."""

    def __init__(self, vault: Path, base: Path, base_url: str = "") -> None:
        where = places(base)
        if base_url:
            tier = TierSettings("clock", "clock")
            wanted = Settings(providers=(ProviderSettings("clock", base_url),), fast=tier, precise=tier)
            settings_file.save(wanted, where.settings_file)
        self._qt = QApplication.instance() or QApplication([])
        self._instance = SingleInstance(base)
        assert self._instance.claim()
        assert isinstance(self._qt, QApplication)
        self.program = Program(self._instance, Look(self._qt, where), StartOptions(str(vault), base))
        self._progress: list[IndexProgress] = []
        self.program.start()
        self.wait(lambda: self.app is not None)
        assert self.app is not None
        self.app.bridge.progressed.connect(self._progress.append)

    @property
    def app(self) -> App | None:
        """What is behind the frame, once the first paint is over."""
        return self.program._app

    def close(self) -> None:
        """Close the window and everything behind it."""
        self.program.frame.window.close()
        self.program.close()
        self._instance.release()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the event loop run until the condition holds."""
        loop, deadline = QEventLoop(), time.monotonic() + PATIENCE_S
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > deadline else None)
        timer.start()
        loop.exec()
        timer.stop()
        if not condition():
            raise SystemExit("the window did not get there in time")

    def child(self, kind: type[QWidget], name: str) -> QWidget | None:
        """The last widget of that kind and name."""
        found = self.program.frame.window.findChildren(kind, name)
        return found[-1] if found else None

    def indexed(self) -> bool:
        """Whether the index is up to date, vectors and all."""
        return bool(self._progress) and self._progress[-1].idle

    def open(self, note: str) -> None:
        """Open a note of the vault."""
        assert self.app is not None
        self.app.desk.open(note, 0)
        editor = self.app.page.editor
        self.wait(lambda: editor.path == note)

    def start_over(self) -> None:
        """Begin a new conversation; a long one is summarised by the model before the next question."""
        assert self.app is not None
        self.app.panel.new_conversation()

    def send(self, question: str, *, after_ms: int = 0) -> int:
        """Put a question in, press the button so much later, and return when that was (monotonic ns)."""
        composer = self.child(QPlainTextEdit, "composer")
        button = self.child(QWidget, "sendButton")
        assert isinstance(composer, QPlainTextEdit)
        assert button is not None
        composer.setPlainText(question)
        until = time.monotonic() + after_ms / 1000
        self.wait(lambda: time.monotonic() >= until)
        pressed = time.monotonic_ns()
        button.click()  # type: ignore[attr-defined]
        return pressed

    def answer_view(self) -> MarkdownView | None:
        """The view of the latest answer."""
        found = self.program.frame.window.findChildren(MarkdownView)
        return found[-1] if found else None

    def answered(self) -> bool:
        """Whether the latest answer is complete."""
        button = self.child(QPushButton, "insertButton")
        return button is not None and button.isEnabled()
