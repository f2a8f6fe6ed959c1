"""Starts child processes for work that is heavy or not trusted, and makes them behave.

A child is spawned (never forked: OpenMP and torch do not survive a fork), runs at low priority, leaves Ctrl-C
to its parent, and ends when its parent's end of the pipe closes, however the parent ended.
"""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.util import Finalize
from typing import Any

NICENESS = 10
_END_SECONDS = 5.0  # a killed process is gone at once; this only bounds the wait


@dataclass(frozen=True, slots=True)
class Child:
    """A running child process and our end of the pipe to it."""

    process: SpawnProcess
    connection: Connection

    def kill(self) -> None:
        """End the process at once; safe while another thread waits for its answer, and to repeat."""
        with contextlib.suppress(ValueError):  # already closed
            self.process.kill()

    def close(self) -> None:
        """End the process and give up the pipe; not while another thread uses the pipe."""
        self.kill()
        with contextlib.suppress(ValueError):
            self.process.join(_END_SECONDS)
            self.process.close()
        self.connection.close()


class _Gate:
    """Lets children start until this program ends; none may be half started when its threads stop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        # Before multiprocessing ends its children, in the main program as in a spawned one.
        Finalize(None, self._close, exitpriority=100)

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Keep the program from ending meanwhile; `OSError` once the end has begun."""
        with self._lock:
            if self._closed:
                raise OSError(errno.ESHUTDOWN, "the program is ending")
            yield

    def _close(self) -> None:
        with self._lock:
            self._closed = True


_gate = _Gate()


def start(target: Callable[..., None], *arguments: Any, name: str, duplex: bool = True) -> Child:
    """Run `target(connection, *arguments)` in a new process; `OSError` if there can be none.

    Without `duplex` the child can only send.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex)
    process = context.Process(target=target, args=(theirs, *arguments), name=name, daemon=True)
    try:
        with _gate.passing(), _interrupts_held():
            process.start()
    except BaseException:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join(_END_SECONDS)
        raise
    finally:
        theirs.close()
    return Child(process, ours)


def leave_interrupts_to_parent() -> None:
    """Called first in a child: Ctrl-C reaches the whole group of processes, only the parent answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def let_go_of_output() -> None:
    """Called in a child that reads other people's files: whatever its libraries print is dropped."""
    with contextlib.suppress(OSError), open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)


def lower_priority() -> None:
    """Let everything else on this machine go first; on Linux, threads begun before keep their priority."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000  # BELOW_NORMAL_PRIORITY_CLASS of SetPriorityClass
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        with contextlib.suppress(OSError):
            os.nice(NICENESS)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start children with Ctrl-C held back: neither we nor they are stopped half-way with a traceback."""
    with _mask_inherited(), _handler_postponed():
        yield


@contextlib.contextmanager
def _mask_inherited() -> Iterator[None]:
    """Block Ctrl-C in this thread, hence in the children it starts, until they ask for it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # when first started, it would take the signal mask back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _handler_postponed() -> Iterator[None]:
    """Let Python act on Ctrl-C afterwards; the mask does not keep other threads from receiving it."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or usual is None:
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if pressed:
            signal.raise_signal(signal.SIGINT)
