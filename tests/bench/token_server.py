"""A model that tells the time: an OpenAI-compatible server whose words say when they were sent.

The first word is `w<ns>`, the moment the request arrived, its digits from the last to the first, so that no
two words begin alike and nothing can be learnt of them; the others `t<ns>`, the moment they left
(time.monotonic_ns, which all processes of a machine share). Run in a process of its own, so that it
costs the measured program nothing. Usage: token_server TOKENS TOKENS_PER_SECOND [MS_TO_FIRST_WORD]; prints
its base URL.
"""

import asyncio
import contextlib
import json
import sys
import time


def event(text: str, finish: str | None = None) -> bytes:
    """Return one server-sent event."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    chunk = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "clock",
        "choices": [choice],
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def arrival_word(moment_ns: int) -> str:
    """Return the word that says when a request arrived."""
    return f"w{str(moment_ns)[::-1]}"


def arrival(answer: str) -> int:
    """Return when the request of an answer arrived, in the nanoseconds of `time.monotonic_ns`."""
    return int(answer.split(maxsplit=1)[0][:0:-1])


async def serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tokens: int, rate: float, first_ms: float
) -> None:
    """Answer one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    arrived = time.monotonic_ns()
    if not head.startswith(b"POST"):
        models = b'{"object": "list", "data": [{"id": "clock", "object": "model"}]}'
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + models
        )
        writer.close()
        return
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
    await asyncio.sleep(first_ms / 1000)
    writer.write(event(f"{arrival_word(arrived)} "))
    begin = time.monotonic()
    for number in range(tokens):
        await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
        gap = "\n\n" if number % 60 == 59 else " "
        writer.write(event(f"t{time.monotonic_ns()}{gap}"))
        await writer.drain()
    writer.write(event("", "stop") + b"data: [DONE]\n\n")
    await writer.drain()
    writer.close()


async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request as the command line says; a client may hang up at any time."""
    tokens, rate, first_ms = int(sys.argv[1]), float(sys.argv[2]), float([*sys.argv, "0"][3])
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        await serve(reader, writer, tokens, rate, first_ms)


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
