"""One connection serves many requests: what a handshake costs is paid once."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from core.llm import wire
from core.llm.chat import ChatRequest, Message, Role
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from tests.core.llm.helpers import PATIENCE
from tests.scripted_replies import chunk

WORDS = chunk({"content": "Word for word."}, "stop")
COUNTS = {
    **chunk({}),
    "choices": [],
    "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
}
REQUEST = ChatRequest((Message(Role.USER, "你好"),))


class KeepingHandler(BaseHTTPRequestHandler):
    """Answers in chunks, as providers do, and leaves the connection open."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.server.clients.append(self.client_address)
        for value in (WORDS, COUNTS):
            self.event(json.dumps(value))
        if self.server.ends:
            self.event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")
            if self.server.hangs_up:
                self.close_connection = bool(self.rfile.read(1))  # at the next request, as late as can be
        else:
            self.server.clients.append(self.rfile.read(1))  # until the client has had enough

    def event(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def serving(*, ends: bool = True, hangs_up: bool = False) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), KeepingHandler)
    server.clients, server.ends, server.hangs_up = [], ends, hangs_up
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answers(server: ThreadingHTTPServer, count: int) -> list[str]:
    async def run() -> list[str]:
        chat = OpenAIChat(Endpoint("s", f"http://127.0.0.1:{server.server_port}/v1"), "m", patience=PATIENCE)
        said = []
        for _ in range(count):
            async with aclosing(chat.stream(REQUEST)) as deltas:
                said.append("".join([delta.text async for delta in deltas]))
        await chat.close()
        return said

    return asyncio.run(run())


@pytest.fixture
def kept(monkeypatch):
    """Treat a connection of these tests, which have no certificate, as one behind TLS."""
    monkeypatch.setattr(wire, "IS_WORTH_KEEPING", "http://")


def test_the_next_request_goes_over_the_same_connection(monkeypatch, kept):
    monkeypatch.setattr(wire, "END_MARK_S", 60)
    with serving() as server:
        assert answers(server, 3) == ["Word for word."] * 3
        assert len(server.clients) == 3
        assert len(set(server.clients)) == 1


def test_a_server_that_hangs_up_without_a_word_costs_no_request():
    """As those of llama.cpp do after each stream."""
    with serving(hangs_up=True) as server:
        assert answers(server, 3) == ["Word for word."] * 3
        assert len(set(server.clients)) == 3


def test_a_whole_answer_does_not_wait_for_an_end_mark_that_never_comes():
    with serving(ends=False) as server:
        assert answers(server, 2) == ["Word for word."] * 2
        assert len({client for client in server.clients if client}) == 2
