"""What a scripted server can do to a request: good answers, and every fault an endpoint is known for.

Each function returns a `Behaviour`: a coroutine function that is given the open connection.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FOREVER_S = 3600.0


@dataclass
class Exchange:
    """One request and the connection its reply goes to."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Write and flush."""
        self.writer.write(data)
        await self.writer.drain()

    async def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Send the head of a reply whose end is the end of the connection."""
        lines = [f"HTTP/1.1 {status} Scripted", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.send("\r\n".join([*lines, "", ""]).encode())

    async def event(self, value: object) -> None:
        """Send one server-sent event."""
        await self.send(b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n")

    async def piece(self, text: str | None, finish: str | None = None) -> None:
        """Send one chunk of an answer."""
        await self.event(chunk({"content": text}, finish))


Behaviour = Callable[[Exchange], Awaitable[None]]


def chunk(delta: object, finish: str | None = None, usage: object = None) -> dict[str, Any]:
    """Return one chat completion chunk as OpenAI sends it."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        "usage": usage,
    }


def pieces_of(text: str, size: int = 3) -> list[str]:
    """Cut a text into short pieces, as tokens would."""
    return [text[i : i + size] for i in range(0, len(text), size)]


def say(
    text: str | Iterable[str],
    *,
    pace: float = 0.0,
    finish: str | None = "stop",
    usage: tuple[int, int] | None = (11, 7),
) -> Behaviour:
    """Stream an answer and end it properly; without `finish` it is cut instead."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.event(chunk({"role": "assistant", "content": ""}))
        for piece in pieces_of(text) if isinstance(text, str) else text:
            await exchange.piece(piece)
            await asyncio.sleep(pace)
        if finish is None:
            return
        await exchange.piece(None, finish)
        if usage is not None and "stream_options" in (exchange.body or {}):
            counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            await exchange.event({**chunk({}), "choices": [], "usage": counts})
        await exchange.send(b"data: [DONE]\n\n")

    return reply


def events(*values: object, done: bool = True) -> Behaviour:
    """Stream these JSON values as they are."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        for value in values:
            await exchange.event(value)
        if done:
            await exchange.send(b"data: [DONE]\n\n")

    return reply


def raw(data: bytes, *, kind: str = "text/event-stream", status: int = 200, **headers: str) -> Behaviour:
    """Send these bytes as the body."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head(status, kind, **headers)
        await exchange.send(data)

    return reply


def byte_by_byte(text: str) -> Behaviour:
    """Stream an answer one byte a packet, so that characters are torn."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        whole = [chunk({"content": text}), chunk({}, "stop")]
        data = b"".join(b"data: " + json.dumps(v, ensure_ascii=False).encode() + b"\n\n" for v in whole)
        for i in range(len(data)):
            await exchange.send(data[i : i + 1])
            await asyncio.sleep(0)

    return reply


def status(code: int, message: str = "", **headers: str) -> Behaviour:
    """Refuse with an error object as OpenAI words it."""
    return error(code, {"message": message, "type": "error", "code": None, "param": None}, **headers)


def error(code: int, value: object, **headers: str) -> Behaviour:
    """Refuse with this value under `error`."""
    body = json.dumps({"error": value}, ensure_ascii=False).encode()
    return raw(body, kind="application/json", status=code, **headers)


def html(code: int = 200) -> Behaviour:
    """Answer with a login page."""
    page = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>sk-page</body></html>"
    return raw(page, kind="text/html", status=code)


def redirect(location: str, code: int = 307) -> Behaviour:
    """Send the request elsewhere."""
    return raw(b"", kind="text/plain", status=code, Location=location)


def whole(text: str) -> Behaviour:
    """Answer in one JSON object although a stream was asked for."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    value = {"id": "x", "object": "chat.completion", "created": 1, "choices": [choice], "usage": usage}
    return raw(json.dumps(value).encode(), kind="application/json")


def reset(text: str = "") -> Behaviour:
    """Tear the connection down with a TCP reset after a few words."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.piece(text)
        exchange.writer.transport.abort()

    return reply


def torn(text: str = "") -> Behaviour:
    """End in the middle of a chunked body."""

    async def reply(exchange: Exchange) -> None:
        await exchange.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        data = b"data: " + json.dumps(chunk({"content": text})).encode() + b"\n\n"
        await exchange.send(b"%x\r\n%s\r\n" % (len(data), data) + b"ff\r\ndata: {")

    return reply


def stall(text: str = "", *, finish: str | None = None) -> Behaviour:
    """Say a few words, then nothing more, and keep the connection."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        for piece in pieces_of(text):
            await exchange.piece(piece)
        if finish:
            await exchange.piece(None, finish)
        await asyncio.sleep(FOREVER_S)

    return reply


def silent() -> Behaviour:
    """Take the request and never answer."""

    async def reply(_exchange: Exchange) -> None:
        await asyncio.sleep(FOREVER_S)

    return reply


def dripping_head(pace: float) -> Behaviour:
    """Send the head a byte at a time, each in time for a read time-out."""

    async def reply(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while True:
            await exchange.send(b"a")
            await asyncio.sleep(pace)

    return reply


def endless_line() -> Behaviour:
    """Send one line that never ends."""

    async def reply(exchange: Exchange) -> None:
        await exchange.head()
        await exchange.send(b"data: ")
        while True:
            await exchange.send(b"x" * 2**16)

    return reply


def gzip_bomb(megabytes: int = 64) -> Behaviour:
    """Send a small packet that unpacks to a large one."""
    packed = gzip.compress(b"data: " + b" " * (megabytes * 2**20))
    return raw(packed, Content_Encoding="gzip")


def refuse_field(field: str, then: Behaviour, *, named: bool = True) -> Behaviour:
    """Refuse a request that has this field, whether or not the refusal names it; else do `then`."""

    async def reply(exchange: Exchange) -> None:
        if field in (exchange.body or {}):
            message = f"Unsupported parameter: {field}" if named else "bad request"
            param = field if named else None
            await error(400, {"message": message, "param": param, "code": "unsupported"})(exchange)
        else:
            await then(exchange)

    return reply


def heard(*pieces: tuple[float, str], seconds: float = 60.0, timed: bool = True) -> Behaviour:
    """Answer as a model that hears does: what was said at which second; with `timed` off, the words alone."""
    words: dict[str, Any] = {"text": " ".join(text for _, text in pieces)}
    if timed:
        segments = [
            {"id": n, "start": start, "end": start + 1, "text": t} for n, (start, t) in enumerate(pieces)
        ]
        words |= {"language": "english", "duration": seconds, "segments": segments}
        words["usage"] = {"type": "duration", "seconds": seconds}
    return raw(json.dumps(words, ensure_ascii=False).encode(), kind="application/json")
