"""The engine as the window sees it: a child process behind `EngineLink`.

Every method returns at once. One thread starts the process and reads its replies; callbacks and futures
complete on that thread. A process that dies fails what was under way with `EngineStopped` and is started
again, unless it keeps dying.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import logging
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from core.assist.model import AskEvent, AskRequest
from core.complete.model import CompletionRequest, Offer, Outcome
from core.engine import process
from core.engine.assist_client import AssistClient
from core.engine.index_client import IndexClient
from core.engine.messages import Call, Cancel, Done, Event, Failed, Goodbye, Item, Reply, Request
from core.engine.model import EngineConfig, EngineEvent, LocalEndpoint, OnEngineEvent, OnFailed
from core.errors import EngineStopped
from core.llm.offered import Offered
from core.search.model import Passage, SearchQuery

if TYPE_CHECKING:
    from core.text.diff import Part

log = logging.getLogger(__name__)

RESTARTS_ALLOWED = 3
RESTART_WINDOW_S = 60.0
GOODBYE_S = 5.0
"""How long a closing engine may take to finish a write before it is ended by force; writes are atomic."""


class EngineClient:
    """Starts the engine process, sends it calls, hands its replies on."""

    def __init__(self, config: EngineConfig, on_event: OnEngineEvent) -> None:
        self._config = config
        self._on_event = on_event
        self._ids = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._waiting: list[Request] = []  # calls made before the process is up
        self._lock = threading.Lock()
        self.assist = AssistClient(self)
        self.index = IndexClient(self)
        self._connection: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._closing = False
        self._is_over = False  # no engine will be started any more
        self._starts: deque[float] = deque(maxlen=RESTARTS_ALLOWED + 1)
        self._thread = threading.Thread(target=self._run, name="engine-client", daemon=True)
        self._thread.start()
        # Before multiprocessing's own exit handler, which would wait for a child that waits for us.
        atexit.register(self.close)

    @property
    def pid(self) -> int | None:
        """Process id of the running engine, for measurements and tests."""
        return self._process.pid if self._process is not None else None

    def search(self, query: SearchQuery) -> Future[list[Passage]]:
        """Look up passages."""
        return self.call("search", query)

    def diff(self, old: str, new: str) -> Future[tuple[Part, ...]]:
        """Compare two texts, changes ending where words do; see `core.text.diff`."""
        return self.call("diff", old, new)

    def ask(
        self,
        request: AskRequest,
        *,
        on_event: Callable[[AskEvent], None],
        on_failed: OnFailed,
    ) -> _Asking:
        """Start a request; exactly one of an `Answered` event and `on_failed` ends it unless cancelled."""
        return self.stream("ask", request, on_item=on_event, on_failed=on_failed)

    def complete(
        self, request: CompletionRequest, *, on_offer: Callable[[Offer], None], on_ended: Callable[[], None]
    ) -> _Asking:
        """Look for ghost text; offers come as sources have them, and `on_ended` last unless cancelled."""
        pending = _Pending(on_item=on_offer, on_failed=lambda _: on_ended(), on_done=on_ended)
        return _Asking(self, self._send_call("complete", (request,), pending))

    def composing(self, is_composing: bool) -> None:
        """Tell whether an input method composes; looks from before that wait for the engine learn it too."""
        self.call("composing", is_composing)

    def completion_outcome(self, outcome: Outcome) -> None:
        """Tell what became of a suggestion."""
        self.call("completion_outcome", outcome)

    def note_opened(self, path: str) -> None:
        """Index this note before the others."""
        self.call("note_opened", path)

    def note_saved(self, path: str) -> None:
        """Index this note now; the watcher need not be waited for."""
        self.call("note_saved", path)

    def set_paused(self, paused: bool) -> None:
        """Pause or resume indexing."""
        self.call("set_paused", paused)

    def reload_settings(self) -> None:
        """Settings on disk changed: models and exclusions are read anew."""
        self.call("reload_settings")

    def find_local_endpoints(self) -> Future[list[LocalEndpoint]]:
        """Look for model servers on their usual ports of this machine."""
        return self.call("find_local_endpoints")

    def list_models(self, base_url: str, key: str) -> Future[list[str]]:
        """Ask an endpoint for its models; fails with the ModelError that a request would meet."""
        return self.call("list_models", base_url, key)

    def offered_models(self) -> Future[tuple[Offered, ...]]:
        """Ask every provider of the settings for its models; one that fails holds nobody up."""
        return self.call("offered_models")

    def keep_key(self, base_url: str, key: str) -> None:
        """Use this key for the endpoint's origin until the engine ends; it is written nowhere."""
        self.call("keep_key", base_url, key)

    def close(self) -> None:
        """End the engine and wait for it, at most a few seconds."""
        atexit.unregister(self.close)
        with self._lock:
            self._closing = True
            connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.send(Goodbye())
        self._thread.join(GOODBYE_S + 2)

    def cancel(self, call_id: int) -> None:
        """Forget a call and tell the engine; nothing is called back for it any more."""
        with self._lock:
            if self._pending.pop(call_id, None) is None:
                return
        self._send(Cancel(call_id))

    def call(self, name: str, *args: Any) -> Future[Any]:
        """Call a method of the engine that returns one value."""
        future: Future[Any] = Future()
        self._send_call(name, args, _Pending(future=future))
        return future

    def stream(self, name: str, *args: Any, on_item: Callable[[Any], None], on_failed: OnFailed) -> _Asking:
        """Call a method of the engine that yields values."""
        return _Asking(self, self._send_call(name, args, _Pending(on_item=on_item, on_failed=on_failed)))

    def _send_call(self, name: str, args: tuple[Any, ...], pending: _Pending) -> int:
        call = Call(next(self._ids), name, args)
        with self._lock:
            self._pending[call.id] = pending
            is_over = self._is_over
        if is_over:  # callbacks come on a thread of ours, here too
            threading.Thread(target=self._fail_pending, name="engine-over", daemon=True).start()
        else:
            self._send(call)
        return call.id

    def _send(self, request: Request) -> None:
        with self._lock:
            if self._connection is None:
                self._waiting.append(request)
                return
            with contextlib.suppress(OSError):  # it has just died; the reader notices and fails the call
                self._connection.send(request)

    def _run(self) -> None:
        while not self._closing:
            try:
                self._read(self._start())
            except OSError:
                log.exception("the engine process could not be started")
            self._ended()
            if self._dies_too_often():
                self._tell(
                    EngineStopped("The engine keeps stopping. Your notes are safe; start Pilotfish again.")
                )
                break
        with self._lock:
            self._is_over = True
        self._fail_pending()

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=process.main, args=(theirs, self._config), name="pilotfish-engine"
        )
        self._process.start()
        theirs.close()
        self._starts.append(time.monotonic())
        with self._lock:
            self._connection = ours
            waiting, self._waiting = self._waiting, []
            for request in waiting:
                ours.send(request)
            if self._closing:
                ours.send(Goodbye())
        return ours

    def _read(self, connection: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._deliver(connection.recv())

    def _deliver(self, reply: Reply) -> None:
        if isinstance(reply, Event):
            self._tell(reply.value)
            return
        with self._lock:
            pending = (
                self._pending.get(reply.id) if isinstance(reply, Item) else self._pending.pop(reply.id, None)
            )
        if pending is not None:
            pending.deliver(reply)

    def _tell(self, event: EngineEvent) -> None:
        """Hand an event on; what goes wrong on the other side is not to end the thread that reads."""
        try:
            self._on_event(event)
        except Exception:
            log.exception("an event of the engine could not be handed on")

    def _fail_pending(self) -> None:
        with self._lock:
            lost, self._pending = self._pending, {}
        _fail(lost)

    def _ended(self) -> None:
        """Clean up after the process: fail what was under way, say so unless it was meant."""
        with self._lock:
            connection, self._connection = self._connection, None
            lost, self._pending = self._pending, {}  # what is called from here on waits for the next process
        if connection is not None:
            connection.close()
        if self._process is not None:
            self._process.join(GOODBYE_S)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        _fail(lost)
        if not self._closing:
            log.warning("engine process ended with %s", self._process and self._process.exitcode)
            self._tell(EngineStopped())

    def _dies_too_often(self) -> bool:
        recent = [start for start in self._starts if time.monotonic() - start < RESTART_WINDOW_S]
        return not self._closing and len(recent) > RESTARTS_ALLOWED


class _Pending:
    """Where the replies of one call go."""

    def __init__(
        self,
        *,
        future: Future[Any] | None = None,
        on_item: Callable[[Any], None] | None = None,
        on_failed: OnFailed | None = None,
        on_done: Callable[[], None] | None = None,
    ) -> None:
        self._future = future
        self._on_item = on_item
        self._on_failed = on_failed
        self._on_done = on_done

    def deliver(self, reply: Item | Done | Failed) -> None:
        """Hand one reply on; what goes wrong on the other side is not to end the thread that reads."""
        try:
            self._deliver(reply)
        except Exception:
            log.exception("a reply of the engine could not be handed on")

    def _deliver(self, reply: Item | Done | Failed) -> None:
        if isinstance(reply, Item):
            if self._on_item:
                self._on_item(reply.value)
        elif self._future and not self._future.set_running_or_notify_cancel():
            return  # nobody wants it any more
        elif isinstance(reply, Failed):
            if self._future:
                self._future.set_exception(reply.error)
            if self._on_failed:
                self._on_failed(reply.error)
        elif self._future:
            self._future.set_result(reply.value)
        elif self._on_done:
            self._on_done()


def _fail(calls: Mapping[int, _Pending]) -> None:
    for call_id, pending in calls.items():
        pending.deliver(Failed(call_id, EngineStopped()))


class _Asking:
    """A request under way."""

    def __init__(self, client: EngineClient, call_id: int) -> None:
        self._client = client
        self._call_id = call_id

    def cancel(self) -> None:
        """Stop it; the server's connection is closed and no further event comes."""
        self._client.cancel(self._call_id)
