"""An OpenAI-compatible server on loopback that does what a script says: real HTTP, no model.

In a test:      with ScriptedServer(say("Hello")) as server: ... server.base_url ... server.requests
In a subprocess: python -m tests.scripted_server --port 0 --reply "Hello [1]."   (prints its base URL)
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, Self

from tests.scripted_replies import Behaviour, Exchange, raw, say, status


@dataclass(frozen=True)
class Request:
    """What the server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    raw_body: bytes


@dataclass
class Watch:
    """When clients hung up before their reply was over (`time.monotonic`)."""

    times: list[float] = field(default_factory=list)
    _condition: threading.Condition = field(default_factory=threading.Condition)

    def note(self) -> None:
        """Record that a client has just gone."""
        with self._condition:
            self.times.append(time.monotonic())
            self._condition.notify_all()

    def wait(self, timeout: float = 60.0) -> float:
        """Return the time of the first one, which may still have to come."""
        with self._condition:
            if not self._condition.wait_for(lambda: self.times, timeout):
                raise AssertionError("no client hung up")
            return self.times[0]


class ScriptedServer:
    """Plays its behaviours in turn for each chat request, the last one for ever; lists `models` itself."""

    def __init__(
        self,
        *script: Behaviour,
        models: tuple[str, ...] = ("scripted",),
        listing: Behaviour | None = None,
        key: str = "",
        port: int = 0,
    ) -> None:
        self._script = deque(script or (say("Scripted answer."),))
        self._listing = listing or _list_of(models)
        self._key = key
        self._port = port
        self.requests: list[Request] = []
        self.disconnects = Watch()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scripted-server", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def base_url(self) -> str:
        """What a client is configured with."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def chats(self) -> list[Request]:
        """The chat requests alone."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def list_models(self, *names: str) -> None:
        """Offer these models from now on."""
        self._listing = _list_of(names)

    def then(self, *script: Behaviour) -> None:
        """Replace what is still to be played."""
        self._script = deque(script)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(60)
        return self

    def __exit__(self, *_exc: object) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    def _run(self) -> None:
        self._loop = loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self._port))
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        loop.run_forever()
        server.close()
        loop.run_until_complete(self._end())
        loop.close()

    async def _end(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            exchange = await self._read(reader, writer)
            await self._play(exchange, reader)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Exchange:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        data = await reader.readexactly(int(headers.get("content-length", "0")))
        body = _body(headers.get("content-type", ""), data)
        self.requests.append(Request(method, path, headers, body, data))
        return Exchange(method, path, headers, body, writer)

    async def _play(self, exchange: Exchange, reader: asyncio.StreamReader) -> None:
        """Run the behaviour until it ends or the client hangs up."""
        reply = asyncio.ensure_future(self._behaviour(exchange)(exchange))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            done, _ = await asyncio.wait({reply, gone}, return_when=asyncio.FIRST_COMPLETED)
            if reply not in done or isinstance(reply.exception(), OSError):
                self.disconnects.note()
            elif reply.exception() is not None:
                raise AssertionError("a scripted behaviour failed") from reply.exception()
        finally:
            for task in (reply, gone):
                task.cancel()
            await asyncio.gather(reply, gone, return_exceptions=True)

    def _behaviour(self, exchange: Exchange) -> Behaviour:
        if self._key and exchange.headers.get("authorization") != f"Bearer {self._key}":
            return status(401, "Incorrect API key provided.")
        if exchange.method == "GET" and exchange.path.endswith("/models"):
            return self._listing
        if not exchange.path.endswith(("/completions", "/embeddings", "/audio/transcriptions")):
            return status(404, "no such path")
        return self._script.popleft() if len(self._script) > 1 else self._script[0]


def _body(kind: str, data: bytes) -> Any:
    """Return what was sent: JSON, or of a form its fields, a file as (name, bytes)."""
    if not data or not kind.startswith("multipart/"):
        return json.loads(data) if data else None
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + data, policy=HTTP)
    fields = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        fields[name] = (part.get_filename(), value) if part.get_filename() else value.decode()
    return fields


def _list_of(models: tuple[str, ...]) -> Behaviour:
    listed = [{"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in models]
    return raw(json.dumps({"object": "list", "data": listed}).encode(), kind="application/json")


def main() -> None:
    """Serve until interrupted; prints the base URL as the first line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--reply", default="Scripted answer.")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between two pieces")
    parser.add_argument("--model", action="append", help="name to list; may be repeated")
    parser.add_argument("--key", default="", help="refuse requests without this key")
    parser.add_argument("--cut", action="store_true", help="end without a finish reason")
    arguments = parser.parse_args()
    reply = say(arguments.reply, pace=arguments.pace, finish=None if arguments.cut else "stop")
    models = tuple(arguments.model or ["scripted"])
    with ScriptedServer(reply, models=models, key=arguments.key, port=arguments.port) as server:
        print(server.base_url, flush=True)  # noqa: T201  # whoever started us reads it
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
