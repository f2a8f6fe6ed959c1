"""Time from starting the program to the first paint of its editor, beside an empty Qt window.

Both are separate processes on the same display, started by turns, measured from outside in the same way:
from the start of the process until it says on standard error that it has painted.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import publish

ROUNDS = 9
VAULT = Path(__file__).parents[2] / "resources" / "vault"

EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

class Editor(QPlainTextEdit):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("window_ms=0", file=sys.stderr, flush=True)
        QTimer.singleShot(0, app.quit)

app = QApplication([])
window = QMainWindow()
window.resize(1200, 800)
window.setCentralWidget(Editor())
window.show()
app.exec()
"""


def seconds_to_paint(command: list[str]) -> float:
    """Start the program, wait for its word that it has painted, end it."""
    environment = {**os.environ, "PILOTFISH_TIME_TO_WINDOW": "1"}
    begin = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("window_ms="):
                break
        else:
            raise SystemExit(f"{command[:3]} ended without painting")
        took = time.perf_counter() - begin
        process.terminate()
        process.stderr.read()
    return took


def main() -> None:
    ours, empty = [], []
    with tempfile.TemporaryDirectory() as base:
        pilotfish = [sys.executable, "-m", "desktop", "--base-dir", base, str(VAULT)]
        seconds_to_paint(pilotfish)  # fills the byte-code caches of both
        for _ in range(ROUNDS):
            empty.append(seconds_to_paint([sys.executable, "-c", EMPTY_WINDOW]))
            ours.append(seconds_to_paint(pilotfish))
    window, bare = statistics.median(ours), statistics.median(empty)
    publish(
        {
            "window_ms": round(window * 1000),
            "empty_qt_window_ms": round(bare * 1000),
            "ratio": round(window / bare, 2),
            "rounds": ROUNDS,
        }
    )


if __name__ == "__main__":
    main()
