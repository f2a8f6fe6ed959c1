"""The real program as a person meets it: a process, a screen, a mouse and a keyboard."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
PATIENCE_S = 60.0


class Program:
    """One running Pilotfish; a context manager that ends it."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.driver", *arguments],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "xcb", **(environment or {})},
        )

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None
                stream.close()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._process.wait()

    def all(self, name: str) -> list[dict[str, Any]]:
        """Return every visible widget of that object name, top to bottom."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(name) + "\n")
        self._process.stdin.flush()
        answer: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return answer

    def wait_for(
        self, name: str, condition: Callable[[dict[str, Any]], bool] = lambda _: True
    ) -> dict[str, Any]:
        """Return the last widget of that name once it is there and fulfils the condition."""
        seen: list[dict[str, Any]] = []

        def found() -> bool:
            seen[:] = self.all(name)
            return bool(seen) and condition(seen[-1])

        wait_until(found, name, seen)
        return seen[-1]

    def click(self, name: str) -> None:
        """Click the last widget of that name in its middle, once it is enabled and has come to rest."""
        before: dict[str, Any] = {}

        def at_rest(widget: dict[str, Any]) -> bool:
            places = [{key: w.get(key) for key in ("x", "y", "width", "height")} for w in (before, widget)]
            before.update(widget)
            return bool(widget["enabled"]) and places[0] == places[1]

        widget = self.wait_for(name, at_rest)
        x, y = widget["x"] + widget["width"] // 2, widget["y"] + widget["height"] // 2
        xdotool("mousemove", str(x), str(y), "click", "1")

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        xdotool("type", "--delay", "12", text)

    def key(self, *keys: str) -> None:
        """Press key combinations, for example `ctrl+z`."""
        xdotool("key", "--delay", "30", *keys)


def xdotool(*arguments: str) -> None:
    """Send real input events to the display."""
    subprocess.run([shutil.which("xdotool") or "xdotool", *arguments], check=True, timeout=60)


def wait_until(condition: Callable[[], bool], what: str, seen: object = "") -> None:
    """Return when `condition()` holds; fail the test, naming `what` and showing `seen`, after a minute."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE_S:.0f} s for {what} {seen}")
        time.sleep(0.1)
