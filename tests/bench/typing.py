"""What ghost text costs a writer: own time a key, and the longest the window holds still.

The cost is the difference between two editors that take the same keys in turn, both on a note of 20 000
lines: a bare one, and one with everything that helps at the caret and an engine that always has an answer.
It is counted in processor time of the window's thread, so that other programs on the machine do not count;
`wall_*` is the clock's opinion. Gaps are those of the real window in a minute of typing into such a note
while its vault of 1 000 notes is indexed for the first time and an answer streams beside it.
"""

import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core import paths
from core.complete.model import CompletionRequest, Kind, Offer, Source, Suggestion
from core.complete.rhythm import Rhythm
from core.index.embedding import preparation
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.editor.editor import Editor
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_page import NotePage
from desktop.editor.writing_aids import WritingAids
from desktop.theme.theme import Theme
from tests.bench.driven_window import DrivenWindow, GapMeter
from tests.bench.report import percentile, publish
from tests.bench.stream import token_server
from tests.bench.vaults import REAL, WELCOME, make_vault

LINES = 20_000
NOTES = 1000
ROUNDS = 30
WORDS = "the beta opens in March because the waiting list passed two thousand people and so on "
MINUTE_S = 60.0
KEY_EVERY_MS = 110
"""Some nine keys a second, a fast typist."""
PAUSE = 7
"""Keys that are not pressed where the typist looks up: long enough for ghost text to come."""


def long_text() -> str:
    """Return a note of 20 000 lines, made of real ones."""
    files = sorted((REAL if REAL.is_dir() else WELCOME).rglob("*.md"))
    lines = (line for file in itertools.cycle(files) for line in _lines_of(file))
    return "\n".join(itertools.islice(lines, LINES))


def _lines_of(file: Path) -> list[str]:
    """Return a note's lines without front matter and fences, which would swallow the notes behind it."""
    text = file.read_text(encoding="utf-8", errors="replace")
    return [
        line for line in text.splitlines() if not line.lstrip().startswith(("---", "```", "~~~", "$$", "%%"))
    ]


class ReadyEngine:
    """Answers every look at once with what will be typed, and now and then with something else."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._number = 0

    def complete(self, request: CompletionRequest, *, on_offer, on_ended) -> "ReadyEngine":
        self._number += 1
        typed = request.before[-20:]
        at = next((WORDS.find(typed[n:]) + len(typed) - n for n in range(20) if typed[n:] in WORDS), 0)
        text = (WORDS + WORDS)[at : at + 24] if self._number % 3 else "something else"
        offer = Offer(request.revision, (Suggestion(text, Kind.SENTENCE, Source.VAULT, 0.9),))
        self._thread.submit(on_offer, offer)
        self._thread.submit(on_ended)
        return self

    def completion_outcome(self, outcome: object) -> None:
        """Nothing is learned."""

    def cancel(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        self._thread.shutdown()


def fill(editor: Editor, theme: Theme, text: str) -> None:
    """Show the note, the caret on a fresh line in its middle."""
    editor.show_note("long.md", NoteDocument(text, theme, editor))
    editor.setReadOnly(False)
    editor.go_to(LINES // 2)
    editor.insert_at(None, "\n\n")


def time_keys(editor: Editor, words: str) -> Iterator[tuple[float, float]]:
    """Type the words and yield the cost of each key until it is painted, in ms: processor, clock."""
    for letter in words:
        cpu, clock = time.thread_time(), time.perf_counter()
        QTest.keyClick(editor, letter)
        QApplication.processEvents()
        yield (time.thread_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000


def own_cost() -> dict[str, float]:
    """Type into both editors in turn and compare."""
    application = QApplication.instance() or QApplication([])
    theme, window, engine = Theme("light"), QWidget(), ReadyEngine()
    theme.apply(application)
    text = long_text()
    page = NotePage(theme, window)
    page.show_editor(True)
    bare, aided = Editor(theme, window), page.editor
    for place, editor in enumerate((bare, aided)):
        fill(editor, theme, text)
        (bare, page)[place].setGeometry(900 * place, 0, 900, 700)
    bridge = EngineBridge(engine)  # type: ignore[arg-type]
    tasks = TaskRunner()
    aids = WritingAids(page, NoteDesk(aided, tasks, theme), theme=theme, bridge=bridge, tasks=tasks)
    pauses = Rhythm.pause_s
    Rhythm.pause_s = lambda _self, *, boundary=False: 0.0  # a look after every key that no ghost foresaw
    activate(window)
    costs: dict[Editor, list[tuple[float, float]]] = {bare: [], aided: []}
    shown = 0
    for turn in range(2 * ROUNDS + 2):
        editor = (bare, aided)[turn % 2]
        editor.setFocus()
        editor.raise_()
        editor.insert_at(None, "\n")
        QApplication.processEvents()
        for cost in time_keys(editor, WORDS):
            if turn > 1:  # the first round warms up
                shown += bool(aids.ghost.text) and editor is aided
                costs[editor].append(cost)
    Rhythm.pause_s = pauses
    bridge.close()
    tasks.shutdown()
    window.close()
    return {**compared(costs[bare], costs[aided]), "keys": len(costs[aided]), "keys_with_ghost": shown}


def activate(window: QWidget) -> None:
    """Show a window and give it the keyboard: without that there is no ghost text."""
    window.show()
    window.activateWindow()
    if not QTest.qWaitForWindowActive(window, 10_000):
        raise SystemExit("the window got no keyboard")


def compared(bare: list[tuple[float, float]], aided: list[tuple[float, float]]) -> dict[str, float]:
    """Return the differences of the percentiles, and what they are taken from."""
    figures = {}
    for place, prefix in ((0, ""), (1, "wall_")):
        for share, name in ((0.5, "p50"), (0.99, "p99")):
            off, on = (percentile([cost[place] for cost in costs], share) for costs in (bare, aided))
            figures[f"{prefix}own_ms_per_key_{name}"] = round(on - off, 2)
            figures[f"{prefix}ms_per_key_off_{name}"] = round(off, 2)
    return figures


class BusyMeter(GapMeter):
    """Measures as well how much processor time the window's own thread used between two ticks, in ms.

    On a crowded machine a gap can be another program's turn; this one is ours alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.busy: list[float] = []
        self._used = 0.0

    def start(self) -> None:
        """Begin to measure."""
        self._used = time.thread_time()
        super().start()

    def _tick(self) -> None:
        used = time.thread_time()
        self.busy.append((used - self._used) * 1000)
        self._used = used
        super()._tick()


def _with_pauses(words: str) -> Iterator[str]:
    """Yield the letters, and nothing for a while after every third word, where a person would look up."""
    for number, word in enumerate(words.split(" ")):
        yield from word + " "
        yield from [""] * (PAUSE if number % 3 == 2 else 0)


class Typist:
    """Types into the window from its event loop, as a person would."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._letters = itertools.cycle(_with_pauses(WORDS + "\n- "))
        self._timer = QTimer(interval=KEY_EVERY_MS)
        self._timer.timeout.connect(self._type)
        self.keys = 0

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _type(self) -> None:
        letter = next(self._letters)
        if not letter:
            return
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_A
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._editor, event)
        self.keys += 1


def gaps_while_typing(folder: Path, seconds: float) -> dict[str, float]:
    """Type into the real window while its vault is indexed and an answer streams."""
    vault = make_vault(folder / "vault", NOTES)
    (vault / "Long.md").write_text(long_text(), encoding="utf-8")
    with token_server(20_000, 100) as url:
        window = DrivenWindow(vault, folder / "base", url)
        window.open("Long.md")
        assert window.app is not None
        editor = window.app.page.editor
        window.send("When does the beta open?")
        window.wait(lambda: window.answer_view() is not None)
        editor.go_to(LINES // 2)
        activate(window.program.frame.window)
        editor.setFocus()
        ghosts: list[object] = []
        window.app.aids.ghost.reported.connect(ghosts.append)
        typist, meter, end = Typist(editor), BusyMeter(), time.monotonic() + seconds
        meter.start()
        typist.start()
        window.wait(lambda: time.monotonic() > end)
        typist.stop()
        meter.stop()
        busy = not window.indexed()
        window.close()
    return {
        "max_gap_ms": round(max(meter.gaps), 1),
        "p99_gap_ms": round(percentile(meter.gaps, 0.99), 1),
        "max_busy_ms": round(max(meter.busy), 1),
        "gaps_over_50_ms": sum(gap > 50 for gap in meter.gaps),
        "typed_keys": typist.keys,
        "ghosts_shown": len(ghosts),
        "indexing_all_the_while": busy,
    }


def main() -> None:
    seconds = float(sys.argv[sys.argv.index("--seconds") + 1]) if "--seconds" in sys.argv else MINUTE_S
    figures = own_cost()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        preparation.prepare("", paths.models_dir(paths.places(folder / "base")))
        figures |= gaps_while_typing(folder, seconds)
    publish(figures | {"load": round(os.getloadavg()[0], 1)})


if __name__ == "__main__":
    main()
