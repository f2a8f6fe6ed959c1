from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from core import children
from core.children import Child


def _serve(connection: Connection, greeting: str) -> None:
    """A child that tells about itself and then answers until its parent is gone."""
    children.leave_interrupts_to_parent()
    children.lower_priority()
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    connection.send((greeting, blocked, os.getpriority(os.PRIO_PROCESS, 0)))
    while True:
        connection.send(connection.recv())


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = children.start(_serve, "hello", name="pilotfish-test")
    yield child
    child.close()


@pytest.fixture(scope="module")
def introduction(child: Child) -> tuple[str, bool, int]:
    assert child.connection.poll(60)
    told: tuple[str, bool, int] = child.connection.recv()
    return told


def test_a_child_gets_its_arguments_and_answers(child: Child, introduction: tuple[str, bool, int]):
    assert introduction[0] == "hello"
    child.connection.send("领航鱼")
    assert child.connection.recv() == "领航鱼"


def test_a_child_runs_below_its_parent(introduction: tuple[str, bool, int]):
    assert introduction[2] == min(os.getpriority(os.PRIO_PROCESS, 0) + children.NICENESS, 19)


def test_ctrl_c_does_not_reach_a_child(child: Child, introduction: tuple[str, bool, int]):
    assert introduction[1] is False  # not merely held back: it would stay so in the child's own children
    assert child.process.pid is not None
    os.kill(child.process.pid, signal.SIGINT)
    child.connection.send("still there")
    assert child.connection.recv() == "still there"


def test_starting_a_child_leaves_our_own_signals_as_they_were(introduction: tuple[str, bool, int]):
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_ctrl_c_while_a_child_starts_comes_when_it_has_started(monkeypatch: pytest.MonkeyPatch):
    started: list[int | None] = []
    context = multiprocessing.get_context("spawn")
    start = context.Process.start

    def interrupted_start(process: multiprocessing.context.SpawnProcess) -> None:
        signal.raise_signal(signal.SIGINT)
        start(process)
        started.append(process.pid)

    monkeypatch.setattr(context.Process, "start", interrupted_start)
    with pytest.raises(KeyboardInterrupt):
        children.start(_serve, "never", name="pilotfish-interrupted")
    assert len(started) == 1
    assert "pilotfish-interrupted" not in {child.name for child in multiprocessing.active_children()}


def test_closing_ends_the_process_and_may_be_repeated():
    child = children.start(_serve, "short", name="pilotfish-short")
    child.close()
    child.kill()
    child.close()
    assert "pilotfish-short" not in {process.name for process in multiprocessing.active_children()}


def test_nothing_starts_once_the_program_is_ending(monkeypatch: pytest.MonkeyPatch):
    gate = children._Gate()
    monkeypatch.setattr(children, "_gate", gate)
    gate._close()
    with pytest.raises(OSError, match="the program is ending"):
        children.start(_serve, "late", name="pilotfish-late")


def test_the_end_of_the_program_waits_for_a_child_that_is_just_starting():
    gate, ended = children._Gate(), threading.Event()

    def end() -> None:
        gate._close()
        ended.set()

    with gate.passing():
        ending = threading.Thread(target=end)
        ending.start()
        assert not ended.wait(0.05)
    ending.join(60)
    assert ended.is_set()
