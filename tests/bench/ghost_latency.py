"""How long a writer waits for ghost text: from the key, or the end of the pause, to the paint.

The real window with its real engine over a vault of 300 notes, real key events through the X server, an
endpoint that says when its first word left. In each round a line is typed and then:

- `vault`: the pause ends, and what the notes say next is painted;
- `typed_through`: a key is pressed that the ghost foresaw, and the rest is painted behind it;
- `returned`: a wrong key is pressed and taken back, and the ghost stands there again;
- `model`: the pause ends, the endpoint is asked and takes its time, and its first words are painted; told is
  what was added to the endpoint's own time to its first word;
- `cached`: the same place once more, when the model's words are remembered;
- `bare`: a byte goes to another process and comes back, which is how busy the machine was with other things.

The pause ends when its length has gone by since the key arrived, whether or not the window was ready then.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from core import paths
from core.index.embedding import preparation
from desktop.editor.editor import Editor
from desktop.editor.ghost_asker import GhostAsker
from desktop.editor.ghost_text import GhostText
from tests.bench.driven_window import DrivenWindow
from tests.bench.report import percentile, publish
from tests.bench.stream import token_server
from tests.bench.vaults import make_vault

NOTES = 300
ROUNDS = 30
FIRST_WORD_MS = 80
KNOWN = "the harbour master keeps the tide tables in the upper drawer of the old desk.\n"
BEGUN, GOES_ON = "the harbour master keeps", " the tide"
"""What is typed of the known sentence, and what is then typed of its ghost."""


NAMES = {" ": "space", "\n": "Return", "\b": "BackSpace", "\t": "Tab", "<": "Left", ">": "Right"}


class Keyboard:
    """Presses keys on the X server."""

    def __init__(self) -> None:
        self._display = Display()

    def press(self, key: str) -> float:
        """Press and let go; returns when (`time.perf_counter`)."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(NAMES.get(key, key)))
        pressed = time.perf_counter()
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self._display, kind, code)
        self._display.sync()
        return pressed

    def click(self, x: int, y: int) -> None:
        """Click there."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, 1)
        self._display.sync()


class GhostClock(QObject):
    """Notes when a ghost was painted, and when the pause was over that it waited for."""

    def __init__(self, editor: Editor, ghost: GhostText, asker: GhostAsker) -> None:
        super().__init__()
        self._ghost = ghost
        self._asker = asker
        self.pause_over = 0.0
        self.painted: list[tuple[float, str]] = []
        """When (`time.perf_counter`), and what of a ghost was then on the screen."""
        editor.viewport().installEventFilter(self)
        asker._watch.typed.connect(self._typed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)  # runs when the paint is over
        return False

    def _painted(self) -> None:
        self.painted.append((time.perf_counter(), self._ghost.text))

    def _typed(self) -> None:
        self.pause_over = time.perf_counter() + max(self._asker._pause.remainingTime(), 0) / 1000

    def first(self, ghost: str) -> float | None:
        """Return when a text of this pattern was first painted since `painted` was emptied."""
        return next((when for when, text in self.painted if re.match(ghost, text)), None)


class Echo:
    """A process that sends back what it is sent."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._back = QSocketNotifier(self._process.stdout.fileno(), QSocketNotifier.Type.Read)
        self._back.activated.connect(self._came)
        self.came = 0.0

    def send(self) -> float:
        """Send a byte; returns when."""
        assert self._process.stdin is not None
        self.came, sent = 0.0, time.perf_counter()
        os.write(self._process.stdin.fileno(), b"x")
        return sent

    def close(self) -> None:
        """End it."""
        self._back.setEnabled(False)
        self._process.communicate()

    def _came(self) -> None:
        assert self._process.stdout is not None
        os.read(self._process.stdout.fileno(), 1)
        self.came = time.perf_counter()


class Writer:
    """Types into the window and waits for what becomes of it; all times in ms."""

    def __init__(self, window: DrivenWindow) -> None:
        assert window.app is not None
        self._window = window
        self._editor = window.app.page.editor
        aids = window.app.aids
        self._keyboard = Keyboard()
        self._clock = GhostClock(self._editor, aids.ghost, aids._asker)
        self._ghost, self._asker = aids.ghost, aids._asker

    def begin(self) -> None:
        """Click into the note and ask until the engine has read the notes."""
        middle = self._editor.mapToGlobal(self._editor.rect().center())
        self._keyboard.click(middle.x(), middle.y())
        self._until(self._editor.hasFocus)
        self.type(BEGUN)
        ask = QTimer(interval=1000)
        ask.timeout.connect(self._asker._asked)
        ask.start()
        self._until(lambda: any(c.rest.text.startswith(GOES_ON) for c in self._ghost._candidates))
        ask.stop()
        self.take()

    def type(self, words: str) -> None:
        """Type one key after the other, as fast as they arrive."""
        for letter in words:
            length = self._editor.document().characterCount()
            self._keyboard.press(letter)
            self._until(lambda length=length: self._editor.document().characterCount() != length)

    def after_the_pause(self, words: str, ghost: str) -> float:
        """Type the words and return how long after the pause such a ghost was painted."""
        self._clock.painted.clear()
        self.type(words)
        return (self._seen(ghost) - self._clock.pause_over) * 1000

    def after_the_key(self, key: str, ghost: str) -> float:
        """Press a key and return how long after it such a ghost was painted."""
        self._clock.painted.clear()
        pressed = self._keyboard.press(key)
        return (self._seen(ghost) - pressed) * 1000

    def bare(self, echo: Echo) -> float:
        """Return how long a byte takes to another process and back."""
        sent = echo.send()
        self._until(lambda: echo.came > 0)
        return (echo.came - sent) * 1000

    def mistype(self) -> None:
        """Press a key that the ghost did not foresee."""
        self.type("x")
        self._until(lambda: not self._ghost.text)

    def leave_and_come_back(self) -> None:
        """Move the caret away and back, which takes the ghost away for good."""
        for key in "<>":
            place = self._editor.textCursor().position()
            self._keyboard.press(key)
            self._until(lambda place=place: self._editor.textCursor().position() != place)

    def take(self) -> str:
        """Take the ghost with Tab and return it, with a new paragraph begun."""
        taken = self._ghost.text
        self._keyboard.press("\t")
        self._until(lambda: not self._ghost.text)
        self.type("\n\n")
        return taken

    def _seen(self, ghost: str) -> float:
        self._until(lambda: self._clock.first(ghost) is not None)
        return self._clock.first(ghost) or 0.0

    def _until(self, condition: Callable[[], bool]) -> None:
        self._window.wait(condition)


def rounds(writer: Writer, count: int) -> dict[str, list[float]]:
    """Type some rounds and return what was measured, in ms; the first one warms up and is not told."""
    measured: dict[str, list[float]] = {}
    echo = Echo()
    for number in range(count + 1):
        found = {**known_round(writer), **model_round(writer, number), "bare": [writer.bare(echo)]}
        if number:
            for name, values in found.items():
                measured.setdefault(name, []).extend(values)
    echo.close()
    return measured


def known_round(writer: Writer) -> dict[str, list[float]]:
    """Type what the notes know."""
    vault = writer.after_the_pause(BEGUN, re.escape(GOES_ON))
    through = [
        writer.after_the_key(letter, re.escape(KNOWN[len(BEGUN) + place + 1 :].strip("\n")[:8]))
        for place, letter in enumerate(GOES_ON)
    ]
    writer.mistype()
    returned = writer.after_the_key("\b", " tables")
    writer.take()
    return {"vault": [vault], "typed_through": through, "returned": [returned]}


def model_round(writer: Writer, number: int) -> dict[str, list[float]]:
    """Type what nobody wrote before, so that only the model can go on."""
    words = f"{chr(97 + number % 26)}q{chr(97 + number // 26)}zv "
    asked = writer.after_the_pause(words, r"w\d+ ")
    writer._until(lambda: writer._ghost.text.count(" t") >= 3)
    writer.leave_and_come_back()
    writer.type("\b")
    cached = writer.after_the_pause(" ", r"w\d+ ")
    first, second = writer.take().split()[:2]
    arrived, sent = int(first[:0:-1]) / 1e6, int(second[1:]) / 1e6
    return {"model": [asked - (sent - arrived)], "cached": [cached]}


def indexed_vault(folder: Path) -> Path:
    """Write the vault, bring its index up to date and return it."""
    preparation.prepare("", paths.models_dir(paths.places(folder / "base")))
    vault = make_vault(folder / "vault", NOTES)
    for name in ("Ledger", "Harbour", "Tides"):
        (vault / f"{name}.md").write_text(f"# {name}\n\n{KNOWN}", encoding="utf-8")
    (vault / "Diary.md").write_text("# Diary\n\n", encoding="utf-8")
    index = [sys.executable, "-m", "desktop", "--base-dir", str(folder / "base"), "index", str(vault)]
    subprocess.run(index, check=True, stdout=sys.stderr)
    return vault


def main() -> None:
    count = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else ROUNDS
    with tempfile.TemporaryDirectory() as work, token_server(4, 200, FIRST_WORD_MS) as url:
        folder = Path(work)
        window = DrivenWindow(indexed_vault(folder), folder / "base", url)
        window.open("Diary.md")
        window.wait(window.indexed)
        writer = Writer(window)
        writer.begin()
        measured = rounds(writer, count)
        window.close()
    publish(
        figures(measured)
        | {
            "rounds": count,
            "notes": NOTES,
            "platform": QApplication.platformName(),
            "load": round(os.getloadavg()[0], 1),
        }
    )


def figures(measured: dict[str, list[float]]) -> dict[str, float]:
    """Return median, p95 and the worst of each."""
    told = {}
    for name, times in measured.items():
        told[f"{name}_ms"] = round(statistics.median(times), 1)
        told[f"{name}_p95_ms"] = round(percentile(times, 0.95), 1)
        told[f"{name}_max_ms"] = round(max(times), 1)
    return told


if __name__ == "__main__":
    main()
