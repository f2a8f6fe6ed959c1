"""A lock file that programs hold one after the other; whoever waits for it can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core.concurrency import CancelToken

_POLL_SECONDS = 0.2


@contextmanager
def held(file: Path, token: CancelToken, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock; the system frees it when its holder dies.

    `on_wait` is called once, on this thread, if another program has the lock.

    Raises:
        Cancelled: `token` was cancelled before the lock was free.
        OSError: the lock file cannot be made.
    """
    lock = FileLock(file)
    is_waiting = False
    while not lock.is_locked:
        token.raise_if_cancelled()
        try:
            lock.acquire(timeout=_POLL_SECONDS)
        except Timeout:
            if not is_waiting:
                on_wait()
            is_waiting = True
    try:
        yield
    finally:
        lock.release()
