#!/usr/bin/env python3
"""Try a packaged program as somebody would who has nothing else: an empty environment, a display, a vault.

Index, search, ask on the command line; then the window, and quick-ask raised by a second start. Exit status 0
if all of it works; otherwise the first thing that does not is said.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import system  # noqa: E402
from environment import ROOT, say  # noqa: E402

PATIENCE_S = 180
QUESTION = "When does the beta open, and why then?"


class Smoke(Exception):
    """Something does not work; the message says what."""


def main(program: str) -> int:
    """Try everything and say what was seen."""
    with tempfile.TemporaryDirectory() as folder, system.virtual_display() as display:
        home = Path(folder)
        shutil.copytree(ROOT / "resources" / "vault", home / "vault")
        # An empty environment but for what no session is without.
        environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "DISPLAY": display.get("DISPLAY", "")}
        try:
            _command_line(program, home, environment)
            _window(program, home, environment)
        except Smoke as error:
            say(f"The packaged program does not work: {error}")
            return 1
    say("The packaged program works")
    return 0


def _command_line(program: str, home: Path, environment: dict[str, str]) -> None:
    vault, base = str(home / "vault"), ["--base-dir", str(home / "base"), "--json"]
    index = _json([program, "index", vault, *base], environment)
    if not index["notes"] or index["embedded"] != index["chunks"]:
        raise Smoke(f"the index is not complete: {index}")
    hits = _json([program, "search", vault, "公测什么时候开始", *base], environment)["hits"]
    if not hits or "计划" not in hits[0]["path"]:
        raise Smoke(f"search does not find the note: {[hit['path'] for hit in hits]}")
    answer = _json([program, "ask", vault, QUESTION, *base], environment)
    if not answer["answer"]:
        raise Smoke("there is no answer")
    say(f"index, search and ask work: {index['chunks']} passages, answer by {answer['model']}")


def _json(command: list[str], environment: dict[str, str]) -> Any:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    if done.returncode:
        raise Smoke(f"{command[1]} ended with {done.returncode}: {done.stderr[-1500:]}")
    return json.loads(done.stdout)


def _window(program: str, home: Path, environment: dict[str, str]) -> None:
    base = ["--base-dir", str(home / "base")]
    command = [program, *base, str(home / "vault")]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        _wait_for("Pilotfish", environment, running)
        subprocess.run([program, "quick-ask", *base], env=environment, check=True, timeout=PATIENCE_S)
        _wait_for("Quick-ask", environment, running)
    finally:
        system.stop(running)  # type: ignore[arg-type]
    say("the window opens, and quick-ask over it")


def _wait_for(title: str, environment: dict[str, str], running: subprocess.Popen[str]) -> None:
    """Wait until a window of this title is on the screen."""
    deadline = time.monotonic() + PATIENCE_S
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    while time.monotonic() < deadline:
        if subprocess.run(search, env=environment, capture_output=True, check=False).stdout.strip():
            return
        if running.poll() is not None:
            raise Smoke(f"it ended: {running.stderr.read()[-1500:] if running.stderr else ''}")
        time.sleep(0.2)
    raise Smoke(f"no window called {title}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
