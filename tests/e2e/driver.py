"""Runs the real program and tells where its widgets are; real keys and clicks come from outside (xdotool).

A thread reads one JSON request a line from standard input and answers on standard output. It looks; it never
calls the program. Run as `python -m tests.e2e.driver [ARGUMENTS OF pilotfish]`.
"""

import json
import sys
import threading
import time

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget


def text_of(widget: QWidget) -> str:
    """Return what the widget shows, for the kinds of widget that show text."""
    for name in ("toPlainText", "text", "title"):
        if callable(method := getattr(widget, name, None)):
            return str(method())
    return ""


def ghost_of(widget: QWidget) -> str:
    """Return the ghost text that an editor shows at its caret."""
    if not isinstance(widget, QPlainTextEdit):
        return ""
    return widget.textCursor().block().layout().preeditAreaText()


def described(widget: QWidget) -> dict[str, object]:
    """Return place and state of a widget."""
    corner = widget.mapToGlobal(QPoint(0, 0))
    return {
        "x": corner.x(),
        "y": corner.y(),
        "width": widget.width(),
        "height": widget.height(),
        "enabled": widget.isEnabled(),
        "focus": widget.hasFocus(),
        "checked": bool(getattr(widget, "isChecked", bool)()),
        "text": text_of(widget),
        "accessible_name": widget.accessibleName(),
        "ghost": ghost_of(widget),
    }


class Probe(QObject):
    """Answers requests on the GUI thread."""

    asked = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.moveToThread(app.thread())
        self.asked.connect(self.answer, Qt.ConnectionType.QueuedConnection)

    def answer(self, name: str) -> None:
        """Print all visible widgets of that object name, top to bottom."""
        found = [w for w in QApplication.allWidgets() if w.objectName() == name and w.isVisible()]
        shown = sorted((described(w) for w in found), key=lambda d: (d["y"], d["x"]))
        print(json.dumps(shown), flush=True)


def serve() -> None:
    """Wait for the program's application object, then answer until standard input ends."""
    while QApplication.instance() is None:
        time.sleep(0.02)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    probe = Probe(app)
    for line in sys.stdin:
        probe.asked.emit(json.loads(line))


if __name__ == "__main__":
    threading.Thread(target=serve, daemon=True).start()
    from desktop.__main__ import main

    sys.exit(main(sys.argv[1:]))
