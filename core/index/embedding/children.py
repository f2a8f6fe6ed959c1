"""Starts the child processes of this package and makes them well-behaved.

A child is spawned (never forked: OpenMP and torch do not survive a fork), runs at low priority, leaves Ctrl-C
to its parent, and ends when its parent's end of the pipe closes, however the parent ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
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


def start(target: Callable[..., None], *arguments: Any, name: str) -> Child:
    """Run `target(connection, *arguments)` in a new process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments), name=name, daemon=True)
    try:
        with _interrupts_held():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return Child(process, ours)


def leave_interrupts_to_parent() -> None:
    """Called first in a child: Ctrl-C reaches the whole group of processes, only the parent answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def lower_priority() -> None:
    """Let everything else on this machine go before this process."""
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
    """Start children with Ctrl-C held back, so that none dies with a traceback on its way up."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # when first started, it would take the signal mask back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
