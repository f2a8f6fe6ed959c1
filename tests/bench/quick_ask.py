"""Time from the start of `pilotfish quick-ask` until the small window has its pixels on the screen.

Measured from outside, on the real X server: the command is started as a process, and the clock stops when the
window is mapped and the pixel in the middle of its first line has the colour of its ground. Client process,
socket, event loop, show and paint are all in it. Between two rounds the window is sent away with Escape.

Beside it, in the same run: how long the client alone takes, and the least it could, an interpreter that
starts and ends.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.error import XError

from tests.bench.report import percentile, publish

ROUNDS = 40
PATIENCE_S = 60
GROUND = (255, 255, 255)
"""The role `raised` of the light theme."""
VAULT = Path(__file__).parents[2] / "resources" / "vault"
TITLE = b"Quick-ask"
PILOTFISH = [str(Path(sys.executable).with_name("pilotfish"))]
EMPTY = [sys.executable, "-c", "pass"]


class Screen:
    """The X server as somebody sees it who looks at the window."""

    def __init__(self) -> None:
        self._display = Display()
        self._root = self._display.screen().root

    def find(self) -> object | None:
        """Return the quick-ask window while it is mapped."""
        waiting = [self._root]
        while waiting:
            window = waiting.pop()
            try:
                if TITLE in (self._title(window) or b""):
                    mapped = window.get_attributes().map_state == X.IsViewable
                    return window if mapped else None
                waiting += window.query_tree().children
            except XError:
                continue  # gone meanwhile
        return None

    def is_painted(self, window: object) -> bool:
        """Whether the ground of the window is on the screen, a little above its first line of text."""
        try:
            size = window.get_geometry()  # type: ignore[attr-defined]
            pixel = window.get_image(size.width // 2, 30, 1, 1, X.ZPixmap, 0xFFFFFFFF).data  # type: ignore[attr-defined]
        except XError:
            return False
        return tuple(pixel[:3]) == GROUND

    def _title(self, window: object) -> bytes | None:
        name = window.get_full_property(self._display.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)  # type: ignore[attr-defined]
        found = name or window.get_full_property(Xatom.WM_NAME, X.AnyPropertyType)  # type: ignore[attr-defined]
        value = found.value if found else None
        return value.encode() if isinstance(value, str) else value


def wait(condition, pause_s: float = 0.002):
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(pause_s)
    raise SystemExit("quick-ask did not show up")


def ms_to_raise(command: list[str], screen: Screen) -> float:
    """Run the command and return the time until the window is painted."""
    begin = time.perf_counter()
    client = subprocess.Popen(command)
    window = wait(screen.find)
    wait(lambda: screen.is_painted(window))
    took = time.perf_counter() - begin
    if client.wait(10) != 0:
        raise SystemExit("the command failed")
    return took * 1000


def ms_to_end(command: list[str]) -> float:
    """Run a command and return how long it takes; the window is up already, so nothing is painted."""
    begin = time.perf_counter()
    subprocess.run(command, check=True)
    return (time.perf_counter() - begin) * 1000


def send_away(screen: Screen) -> None:
    """Press Escape until the window is gone."""
    subprocess.run(["xdotool", "key", "Escape"], check=True)
    wait(lambda: screen.find() is None, 0.02)
    time.sleep(0.2)  # the focus settles


def main() -> None:
    screen = Screen()
    with tempfile.TemporaryDirectory() as base:
        settings = Path(base) / "config" / "config.toml"
        settings.parent.mkdir()
        settings.write_text('[appearance]\ntheme = "light"\nlanguage = "en"\n')
        command = [*PILOTFISH, "quick-ask", "--base-dir", base]
        program = subprocess.Popen([*PILOTFISH, "--base-dir", base, str(VAULT)], env=dict(os.environ))
        try:
            time.sleep(15)  # the first index is made, the embedding model loaded
            ms_to_raise(command, screen)
            send_away(screen)
            took, client, empty = [], [], []
            for _ in range(ROUNDS):
                took.append(ms_to_raise(command, screen))
                time.sleep(0.1)
                client.append(ms_to_end(command))
                empty.append(ms_to_end(EMPTY))
                send_away(screen)
        finally:
            program.terminate()
            program.wait(20)
    publish(
        {
            "raise_ms_p50": round(statistics.median(took)),
            "raise_ms_p95": round(percentile(took, 0.95)),
            "raise_ms_max": round(max(took)),
            "client_ms_p50": round(statistics.median(client)),
            "empty_python_ms_p50": round(statistics.median(empty)),
            "rounds": ROUNDS,
        }
    )


if __name__ == "__main__":
    main()
