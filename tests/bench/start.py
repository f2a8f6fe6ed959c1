"""Time from starting a program to its first window on the screen: Pilotfish beside other programs.

All are started by turns on one display and measured in the same way: the clock runs from the start of the
process until the X server reports that a window of some size was mapped. ReText and mousepad are those of
Debian's packages (`apt install retext mousepad`) and are left out where they are not installed; the packaged
Pilotfish is the one in `dist/` (`dev.py package`). On a busy machine the processor time until then tells more
than the clock; whoever looks is given the processor before all others, where that is allowed.
"""

import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from Xlib import X
from Xlib.display import Display

from tests.bench.idle import use_of
from tests.bench.report import publish
from tests.bench.startup import EMPTY_WINDOW

ROUNDS = 11
PATIENCE_S = 60
LEAST = 200
"""Pixels each way: smaller windows are helpers that nobody sees."""
ROOT = Path(__file__).parents[2]
VAULT = ROOT / "resources" / "vault"
NOTE = VAULT / "Welcome 欢迎.md"
PACKAGED = ROOT / "dist" / "pilotfish" / "pilotfish"
NAMES = {"pilotfish": "window", "packaged": "packaged_window", "empty": "empty_qt_window",
         "retext": "retext", "mousepad": "mousepad"}  # fmt: skip


class Screen:
    """Tells when windows appear, as the X server reports it."""

    def __init__(self) -> None:
        self._display = Display()
        self._display.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()

    def forget(self) -> None:
        """Drop what was reported so far."""
        self._display.sync()
        while self._display.pending_events():
            self._display.next_event()

    def wait(self) -> None:
        """Return as soon as a window is mapped that a person can see."""
        deadline = time.monotonic() + PATIENCE_S
        sizes: dict[int, bool] = {}
        while time.monotonic() < deadline:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type in (X.CreateNotify, X.ConfigureNotify):
                    sizes[event.window.id] = min(event.width, event.height) >= LEAST
                elif event.type == X.MapNotify and sizes.get(event.window.id):
                    return
            select.select([self._display.fileno()], [], [], 1)
        raise SystemExit("no window appeared")


def programs(home: Path) -> dict[str, list[str]]:
    """Return the programs that are there, each with a folder of its own for its files."""
    pilotfish = str(Path(sys.executable).with_name("pilotfish"))
    found = {"empty": [sys.executable, "-c", EMPTY_WINDOW]}
    for name in ("mousepad", "retext"):
        if shutil.which(name):
            found[name] = [name, str(NOTE)]
    found["pilotfish"] = [pilotfish, "--base-dir", str(home / "installed"), str(VAULT)]
    if PACKAGED.exists():
        found["packaged"] = [str(PACKAGED), "--base-dir", str(home / "packaged"), str(VAULT)]
    return found


class Start(NamedTuple):
    """What it took until the window was there, in milliseconds."""

    clock: float
    processor: float
    """Of all threads of the program itself."""


def start(command: list[str], screen: Screen, environment: Mapping[str, str]) -> Start:
    """Start the program, wait for its window, end it with all its children."""
    screen.forget()
    begin = time.perf_counter()
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        screen.wait()
        took = Start((time.perf_counter() - begin) * 1000, use_of(process.pid).seconds * 1000)
        time.sleep(1)  # what ends while it starts is not what anybody measures
        process.terminate()
        process.wait(PATIENCE_S)
    return took


def _look_first() -> None:
    """Ask to be scheduled before all others; the programs that are started are not."""
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))


def ratios(medians: Mapping[str, float]) -> dict[str, float]:
    """Return how long Pilotfish takes, compared with the others that are there."""
    pairs = {
        "ratio": ("pilotfish", "empty"),
        "packaged_ratio": ("packaged", "empty"),
        "ratio_to_retext": ("pilotfish", "retext"),
        "packaged_ratio_to_retext": ("packaged", "retext"),
    }
    return {
        name: round(medians[one] / medians[other], 2)
        for name, (one, other) in pairs.items()
        if one in medians and other in medians
    }


def main() -> None:
    screen = Screen()
    _look_first()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        commands = programs(home)
        took: dict[str, list[Start]] = {name: [] for name in commands}
        for command in commands.values():  # fills the caches of all
            start(command, screen, environment)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                took[name].append(start(command, screen, environment))
    clock = {name: statistics.median(one.clock for one in starts) for name, starts in took.items()}
    processor = {name: statistics.median(one.processor for one in starts) for name, starts in took.items()}
    publish(
        {
            **{f"{NAMES[name]}_ms": round(median) for name, median in clock.items()},
            **ratios(clock),
            **{f"{NAMES[name]}_processor_ms": round(median) for name, median in processor.items()},
            **{f"processor_{name}": ratio for name, ratio in ratios(processor).items()},
            "rounds": ROUNDS,
        }
    )


if __name__ == "__main__":
    main()
