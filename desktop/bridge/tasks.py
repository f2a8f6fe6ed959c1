"""Work that must not hold up the window: core's synchronous functions on a pool of threads.

Everything comes back to the GUI thread through one queued signal of an object that lives there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from core.concurrency import Cancelled, CancelToken
from desktop.bridge.gone import is_for_the_gone

T = TypeVar("T")


class TaskRunner(QObject):
    """Hands callables to a thread pool; every callback runs on the GUI thread.

    A cancelled task calls nothing back, however late its result arrives. With one thread, the default, work
    is done in the order in which it was submitted.
    """

    _posted = Signal(object)  # a callable to run on the GUI thread

    def __init__(self, parent: QObject | None = None, *, threads: int = 1, name: str = "tasks") -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._running: dict[Future[None], CancelToken] = {}
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> CancelToken:
        """Start `work`; exactly one of `done` and `failed` follows unless cancelled."""
        token = CancelToken()

        def run() -> None:
            if token.cancelled:
                return
            try:
                result = work(token)
            except Cancelled:
                pass
            except Exception as error:  # noqa: BLE001 -- reported, never swallowed
                self._post(token, partial(failed, error))
            else:
                self._post(token, partial(done, result))

        self._running = {future: kept for future, kept in self._running.items() if not future.done()}
        self._running[self._pool.submit(run)] = token
        return token

    def settle(self, *, timeout_s: float = 3.0) -> bool:
        """Wait for all work and call back for it; False if some of it is still under way."""
        unfinished = wait(self._running, timeout=timeout_s).not_done
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        return not unfinished

    def shutdown(self, *, timeout_s: float = 3.0) -> bool:
        """Drop what waits, end the threads, and say whether they ended in time; nothing is called back."""
        for token in self._running.values():
            token.cancel()
        unfinished = wait(self._running, timeout=timeout_s).not_done
        self._pool.shutdown(wait=not unfinished, cancel_futures=True)
        return not unfinished

    def _post(self, token: CancelToken, call: Callable[[], object]) -> None:
        self._posted.emit((token, call))

    @Slot(object)
    def _call(self, posted: tuple[CancelToken, Callable[[], object]]) -> None:
        token, call = posted
        if not token.cancelled and not is_for_the_gone(call):
            call()
