"""`pilotfish watch` as a process of its own: it tells what changes until it is interrupted."""

import io
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.cli.context import Context
from core.cli.output import Output
from core.cli.watch import _Reporter
from core.engine.model import NotesChanged
from core.errors import IndexUnavailable
from core.index.model import IndexProgress
from core.paths import places
from core.settings import Settings

REPOSITORY = Path(__file__).parents[3]
PATIENCE_S = 90


class Watching:
    """A running `watch`, its lines as they come."""

    def __init__(self, vault, base, *options):
        command = [sys.executable, "-m", "desktop", "--base-dir", str(base), "watch", str(vault), *options]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line)

    def wait_for(self, condition):
        seen = []
        while True:
            try:
                seen.append(self._lines.get(timeout=PATIENCE_S))
            except queue.Empty:
                raise AssertionError(f"not among {seen}") from None
            if condition(seen[-1]):
                return seen[-1]

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE_S)
        self._reader.join()
        self.process.stdout.close()
        return code


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "笔记"
    folder.mkdir()
    (folder / "Launch.md").write_text("# Launch\n\nThe beta opens in March.\n", encoding="utf-8")
    return folder


@pytest.fixture
def watch(vault, tmp_path):
    running = []

    def start(*options):
        running.append(Watching(vault, tmp_path / "base", *options))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def is_event(name, path=""):
    def condition(line):
        event = json.loads(line)
        return event["event"] == name and event["path"] == path

    return condition


def test_it_tells_what_changes_and_what_goes_and_ends_when_asked(watch, vault):
    watching = watch("--json")
    first = json.loads(watching.wait_for(is_event("up_to_date")))
    assert first["chunks"] == 1
    (vault / "公测.md").write_text("# 公测\n\n三月开始公测。\n", encoding="utf-8")
    changed = json.loads(watching.wait_for(is_event("changed", "公测.md")))
    assert changed["seconds"] >= first["seconds"]
    assert changed["chunks"] == 1
    assert json.loads(watching.wait_for(is_event("up_to_date")))["chunks"] == 2
    (vault / "Launch.md").unlink()
    watching.wait_for(is_event("removed", "Launch.md"))
    assert watching.end() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_in_words_it_names_what_happens(watch, vault):
    watching = watch()
    watching.wait_for(lambda line: "up_to_date" in line)
    (vault / "Launch.md").write_text("# Launch\n\nIn April.\n", encoding="utf-8")
    line = watching.wait_for(lambda line: "changed" in line)
    assert line.split()[1:] == ["s", "changed", "Launch.md"]
    assert watching.end(signal.SIGINT) == 0


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def told(tmp_path):
    """Hand events to the reporter; returns what it has printed on either side."""
    out, err = io.StringIO(), Terminal()
    context = Context(places(tmp_path), Settings(), Output(json_wanted=True, out=out, err=err))
    reporter = _Reporter(context, {"a.md": 3, "b.md": 0}.__getitem__)

    def tell(*events):
        for event in events:
            reporter.tell(event)
        return out.getvalue(), err.getvalue()

    return tell


def test_progress_is_drawn_on_the_terminal_and_is_no_event(told):
    out, err = told(IndexProgress(1, 2, 3, 4, current="a.md"))
    assert out == ""
    assert "3 of 4 passages" in err


def test_a_problem_is_a_sentence_and_what_to_do(told):
    out, err = told(IndexUnavailable("The disk is full."))
    assert out == ""
    assert "pilotfish: The disk is full. Your notes are untouched." in err


def test_every_changed_and_removed_note_has_its_line(told):
    out, _ = told(NotesChanged(changed=("a.md", "b.md"), removed=("c.md",)))
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["event"], line["path"], line["chunks"]) for line in lines] == [
        ("changed", "a.md", 3),
        ("changed", "b.md", 0),
        ("removed", "c.md", 0),
    ]


class Closed(io.StringIO):
    """The pipe to a reader that has left."""

    def write(self, _text):
        raise BrokenPipeError


def test_it_is_told_when_nobody_reads_any_more(tmp_path):
    context = Context(places(tmp_path), Settings(), Output(json_wanted=True, out=Closed(), err=Terminal()))
    stops = []
    reporter = _Reporter(context, lambda _path: 1, on_unread=lambda: stops.append("stop"))
    reporter.tell(NotesChanged(changed=("a.md",), removed=()))
    assert (reporter.is_unread, stops) == (True, ["stop"])
