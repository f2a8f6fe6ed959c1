"""What the packaged program does before all else: become the child process that it was started as."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import resource_tracker, spawn

import pytest

from tests.packaging.conftest import PACKAGING

HOOK = PACKAGING / "children_hook.py"


@pytest.fixture
def started(monkeypatch):
    """The calls by which multiprocessing's children begin."""
    calls = []
    monkeypatch.setattr(spawn, "_fixup_main_from_path", spawn._fixup_main_from_path)
    monkeypatch.setattr(spawn, "spawn_main", lambda **handles: calls.append(handles))
    monkeypatch.setattr(resource_tracker, "main", calls.append)
    return calls


def test_a_child_gets_the_handles_that_multiprocessing_gave_it(tools, started, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = spawn.get_command_line(tracker_fd=7, pipe_handle=9)
    tools.children_hook.become_child(command[1:])
    assert started == [{"tracker_fd": 7, "pipe_handle": 9}]


def test_a_child_looks_for_no_file_of_the_main_program(tools, started):
    tools.children_hook.become_child(["--multiprocessing-fork", "pipe_handle=9"])
    before = sys.modules["__main__"]
    spawn._fixup_main_from_path("/nowhere/__main__.py")
    assert sys.modules["__main__"] is before


def test_the_tracker_of_resources_runs_and_the_program_ends(tools, started):
    with pytest.raises(SystemExit):
        tools.children_hook.become_child(
            ["-B", "-c", "from multiprocessing.resource_tracker import main;main(5)"]
        )
    assert started == [5]


@pytest.mark.parametrize(
    "arguments", [[], ["-c"], ["notes"], ["search", "-c", "print(1)"], ["quick-ask", "--base-dir", "x"]]
)
def test_whatever_a_person_starts_goes_on(tools, started, arguments):
    tools.children_hook.become_child(arguments)
    assert started == []


def test_nothing_is_imported_where_nothing_is_asked_for():
    code = (
        "import sys; before = set(sys.modules); sys.argv = ['pilotfish', 'quick-ask']\n"
        f"exec(open({str(HOOK)!r}).read()); print(*(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == []
