"""The scripted server itself: what other tests rely on."""

import asyncio
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat, list_models
from tests.core.llm.helpers import KEY, PATIENCE, ask, read_once
from tests.scripted_replies import pieces_of, say, silent
from tests.scripted_server import ScriptedServer, Watch

ROOT = Path(__file__).parents[3]


def test_behaviours_are_played_in_turn_and_the_last_one_stays():
    with ScriptedServer(say("one"), say("two")) as server:
        assert [ask(server).text for _ in range(3)] == ["one", "two", "two"]
        server.then(say("three"))
        assert ask(server).text == "three"


def test_requests_are_recorded_whole():
    with ScriptedServer() as server:
        ask(server)
        [request] = server.chats
        assert (request.method, request.path) == ("POST", "/v1/chat/completions")
        assert b"PRIVATE NOTE" in request.raw_body
        assert request.body["messages"][1]["content"] == "PRIVATE NOTE"


def test_a_key_can_be_demanded():
    with ScriptedServer(say("hi"), key=KEY) as server:
        assert ask(server, key=KEY).text == "hi"
        assert type(ask(server, key="sk-wrong-wrong").error).__name__ == "KeyRefused"


def test_an_unknown_path_is_not_found():
    with ScriptedServer() as server, pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/nothing").close()


def test_nobody_hanging_up_is_told():
    with pytest.raises(AssertionError, match="no client hung up"):
        Watch().wait(0.01)


def test_it_ends_although_a_client_still_waits():
    with ScriptedServer(silent()) as server:
        pass
    assert server.requests == []


def test_text_is_cut_into_short_pieces():
    assert pieces_of("abcdefg") == ["abc", "def", "g"]
    assert pieces_of("") == []


@pytest.fixture
def standalone():
    """The server in a process of its own, as other languages' tests and shell scripts use it."""
    command = [
        sys.executable,
        "-m",
        "tests.scripted_server",
        "--port",
        "0",
        "--reply",
        "From afar [1].",
        "--model",
        "far",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(60)
    process.stdout.close()


def test_it_runs_in_a_process_of_its_own(standalone):
    assert standalone.startswith("http://127.0.0.1:")
    assert asyncio.run(list_models(Endpoint("x", standalone), patience=PATIENCE)) == ["far"]
    outcome = asyncio.run(read_once(OpenAIChat(Endpoint("x", standalone), "far", patience=PATIENCE)))
    assert (outcome.text, outcome.finish_reason) == ("From afar [1].", "stop")
