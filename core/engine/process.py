"""The engine process: reads calls from its parent's pipe, runs them on one asyncio loop, sends replies.

The main thread runs the loop. A reader thread waits on the pipe; when the parent goes away, however it
goes, the pipe ends and so does this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any

from core import logs, memory
from core.engine.messages import Call, Cancel, Done, Event, Failed, Goodbye, Item, Reply
from core.engine.model import EngineConfig, EngineEvent
from core.errors import PilotfishError
from core.paths import places

log = logging.getLogger(__name__)

Methods = dict[str, Callable[..., Awaitable[Any] | AsyncGenerator[Any, None]]]


def main(connection: Connection, config: EngineConfig) -> None:
    """Serve one vault until the parent closes the pipe."""
    memory.bound_heaps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle; it then closes the pipe
    logs.configure(places(config.base_dir).state / "engine.log")
    asyncio.run(_serve(connection, config))


async def _serve(connection: Connection, config: EngineConfig) -> None:
    from core.engine.engine import Engine

    sender = _Sender(connection)
    engine = Engine(config, emit=lambda event: sender.send(Event(event)))
    dispatcher = Dispatcher(engine.methods(), sender.send)
    closed = asyncio.Event()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with contextlib.suppress(EOFError, OSError):
            while not isinstance(request := connection.recv(), Goodbye):
                loop.call_soon_threadsafe(dispatcher.handle, request)
        with contextlib.suppress(RuntimeError):  # the loop may have ended on its own
            loop.call_soon_threadsafe(closed.set)

    threading.Thread(target=read, name="engine-reader", daemon=True).start()
    engine.start()
    await closed.wait()
    await dispatcher.cancel_all()
    await engine.close()


class _Sender:
    """Sends replies from any thread; a parent that has gone is no error."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, reply: Reply | EngineEvent) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._connection.send(reply)


class Dispatcher:
    """Turns calls into tasks and their outcomes into replies; knows nothing of pipes or engines."""

    def __init__(self, methods: Methods, send: Callable[[Reply], None]) -> None:
        self._methods = methods
        self._send = send
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def handle(self, request: Call | Cancel) -> None:
        """Start or cancel a call; must run on the loop."""
        if isinstance(request, Cancel):
            if task := self._tasks.get(request.id):
                task.cancel()
            return
        task = asyncio.ensure_future(self._run(request))
        self._tasks[request.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(request.id, None))

    async def cancel_all(self) -> None:
        """Cancel what is under way and wait for it."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, call: Call) -> None:
        try:
            self._send(Done(call.id, await self._result(call)))
        except PilotfishError as error:
            self._send(Failed(call.id, error))
        except Exception as error:
            log.exception("engine call %s failed", call.name)
            self._send(Failed(call.id, PilotfishError(f"Something went wrong: {type(error).__name__}.")))

    async def _result(self, call: Call) -> Any:
        outcome = self._methods[call.name](*call.args)
        if not isinstance(outcome, AsyncGenerator):
            return await outcome
        async with contextlib.aclosing(outcome) as items:  # a cancelled task closes the model's connection
            async for item in items:
                self._send(Item(call.id, item))
        return None
