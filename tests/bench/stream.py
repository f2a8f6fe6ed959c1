"""What the window costs a stream: from *send* to the wire, from token to paint, and the event loop's gaps.

Gaps are measured while a fresh copy of the welcome vault is indexed and an answer streams at 200 tokens/s;
the others on a vault of 1 000 notes whose index is up to date. A question that is put in and sent in the same
instant has everything before it; while one is typed, its passages are looked up at the first pause.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import paths
from core.index.embedding import preparation
from tests.bench.driven_window import DrivenWindow, GapMeter, PaintClock
from tests.bench.report import percentile, publish
from tests.bench.token_server import arrival
from tests.bench.vaults import WELCOME, make_vault

NOTES = 1000
ASKS = 16
AFTER_TYPING_MS = 400
"""From the last letter to the button, for every other question."""
QUESTION = "When does the beta open?"


@contextmanager
def token_server(tokens: int, rate: float, first_ms: float = 0) -> Iterator[str]:
    """Run the server in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.token_server", *map(str, (tokens, rate, first_ms))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()  # else whoever fails waits for it for ever


def gaps_while_indexing(folder: Path) -> list[float]:
    """Ask at once, while the vault is being indexed for the first time; returns gaps in ms."""
    vault = Path(shutil.copytree(WELCOME, folder / "welcome"))
    with token_server(1600, 200) as url:
        window = DrivenWindow(vault, folder / "base-welcome", url)
        meter = GapMeter()
        meter.start()
        window.send(QUESTION)
        window.wait(lambda: window.answered() and window.indexed())
        meter.stop()
        window.close()
    return meter.gaps


def delays(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Ask over a large vault; returns send-to-wire at once, that after typing, and token-to-paint in ms."""
    vault = make_vault(folder / "vault", NOTES)
    command = [sys.executable, "-m", "desktop", "--base-dir", str(folder / "base"), "index", str(vault)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    at_once, after_typing, to_paint = [], [], []
    with token_server(120, 60) as url:
        window = DrivenWindow(vault, folder / "base", url)
        window.wait(window.indexed)
        for turn in range(ASKS + 1):
            window.start_over()
            before = window.answer_view()
            typed = turn % 2 == 0
            pressed = window.send(f"{QUESTION} {turn}", after_ms=AFTER_TYPING_MS if typed else 0)
            window.wait(lambda before=before: window.answer_view() not in (None, before))
            view = window.answer_view()
            assert view is not None
            clock = PaintClock(view)
            window.wait(window.answered)
            if turn:  # the first one warms up models and imports
                to_wire = (arrival(view.markdown) - pressed) / 1e6
                (after_typing if typed else at_once).append(to_wire)
                to_paint += clock.delays_ms
        window.close()
    return at_once, after_typing, to_paint


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        preparation.prepare("", paths.models_dir(paths.places(folder / "base")))
        gaps = gaps_while_indexing(folder)
        at_once, after_typing, to_paint = delays(folder)
        publish(
            {
                "send_to_wire_ms": round(statistics.median(at_once), 1),
                "send_to_wire_max_ms": round(max(at_once), 1),
                "send_after_typing_to_wire_ms": round(statistics.median(after_typing), 1),
                "send_after_typing_to_wire_max_ms": round(max(after_typing), 1),
                "token_to_paint_ms": round(statistics.median(to_paint), 1),
                "token_to_paint_p95_ms": round(percentile(to_paint, 0.95), 1),
                "max_gap_ms": round(max(gaps), 1),
                "p99_gap_ms": round(percentile(gaps, 0.99), 1),
                "notes": NOTES,
            }
        )


if __name__ == "__main__":
    main()
