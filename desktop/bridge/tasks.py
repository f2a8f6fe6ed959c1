"""Work that must not hold up the window: core's synchronous functions on a pool of threads.

Everything comes back to the GUI thread through one queued signal of an object that lives there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from core.concurrency import Cancelled, CancelToken
from desktop.bridge.gone import is_for_the_gone

T = TypeVar("T")


class _Task(NamedTuple):
    future: Future[None]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class TaskRunner(QObject):
    """Hands callables to a thread pool; every callback runs on the GUI thread.

    A cancelled task calls nothing back, however late its result arrives. With one thread, the default, work
    is done in the order in which it was submitted. The threads know nothing of who waits: whoever lets go of
    a widget last destroys it.
    """

    _ended = Signal(object, object, object)  # a task's token, its result, and its error or None

    def __init__(self, parent: QObject | None = None, *, threads: int = 1, name: str = "tasks") -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._running: dict[CancelToken, _Task] = {}
        self._ended.connect(self._call_back, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> CancelToken:
        """Start `work`; exactly one of `done` and `failed` follows unless cancelled."""
        token = CancelToken()
        self._running[token] = _Task(self._pool.submit(self._run, work, token), done, failed)
        return token

    def _run(self, work: Callable[[CancelToken], object], token: CancelToken) -> None:
        result, error = None, None
        try:
            token.raise_if_cancelled()
            result = work(token)
        except Exception as raised:  # noqa: BLE001 -- reported, never swallowed
            error = raised
        self._ended.emit(token, result, error)

    def settle(self, *, timeout_s: float = 3.0) -> bool:
        """Wait for all work and call back for it; False if some of it is still under way."""
        unfinished = self._unfinished_after(timeout_s)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        return not unfinished

    def shutdown(self, *, timeout_s: float = 3.0) -> bool:
        """Drop what waits, end the threads, and say whether they ended in time; nothing is called back."""
        for token in tuple(self._running):
            token.cancel()
        unfinished = self._unfinished_after(timeout_s)
        self._pool.shutdown(wait=not unfinished, cancel_futures=True)
        return not unfinished

    def _unfinished_after(self, timeout_s: float) -> set[Future[None]]:
        return wait([task.future for task in self._running.values()], timeout=timeout_s).not_done

    @Slot(object, object, object)
    def _call_back(self, token: CancelToken, result: object, error: Exception | None) -> None:
        task = self._running.pop(token)
        call: Callable[[Any], None] = task.done if error is None else task.failed
        if not token.cancelled and not isinstance(error, Cancelled) and not is_for_the_gone(call):
            call(result if error is None else error)
