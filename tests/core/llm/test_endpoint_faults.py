"""Every fault an endpoint is known for ends in a worded error or an incomplete answer, never in a hang."""

import asyncio
import gc
import pickle

import httpx2
import pytest

from core.errors import (
    AccessRefused,
    AnswerMalformed,
    AnswerWithheld,
    CreditUsedUp,
    KeyRefused,
    ModelError,
    ModelTimedOut,
    ModelUnknown,
    ModelUnreachable,
    PilotfishError,
    ProviderFailed,
    RateLimited,
    RequestRefused,
    RequestTooLong,
)
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.wire import worded
from tests.core.llm.helpers import IMPATIENCE, PATIENCE, ask, chat, read
from tests.scripted_replies import (
    Behaviour,
    chunk,
    dripping_head,
    endless_line,
    error,
    events,
    gzip_bomb,
    html,
    raw,
    redirect,
    reset,
    say,
    silent,
    stall,
    status,
    torn,
)
from tests.scripted_server import ScriptedServer

SSE = "text/event-stream"

# fault: (behaviour, error that must be raised, text that must have come first)
FAULTS: dict[str, tuple[Behaviour, type[ModelError], str]] = {
    "wrong key": (status(401, "bad key"), KeyRefused, ""),
    "forbidden": (status(403, "not in your country"), AccessRefused, ""),
    "no balance": (status(402, "Insufficient Balance"), CreditUsedUp, ""),
    "no balance by a code": (error(429, {"message": "pay", "code": "insufficient_quota"}), CreditUsedUp, ""),
    "no balance by a type": (
        error(429, {"message": "pay", "type": "exceeded_current_quota_error"}),
        CreditUsedUp,
        "",
    ),
    "too long": (error(400, {"message": "long", "code": "context_length_exceeded"}), RequestTooLong, ""),
    "too long by a type": (
        error(400, {"message": "long", "type": "exceed_context_size_error", "code": 400}),
        RequestTooLong,
        "",
    ),
    "too large": (status(413, "too large"), RequestTooLong, ""),
    "filtered": (error(400, {"message": "no", "code": "content_filter"}), AnswerWithheld, ""),
    "no balance in the middle": (
        events(chunk({"content": "Hel"}), {"error": {"message": "pay", "code": "insufficient_quota"}}),
        CreditUsedUp,
        "Hel",
    ),
    "rate limit": (status(429, "slow down"), RateLimited, ""),
    "unknown model": (status(404, "no such model"), ModelUnknown, ""),
    "wrong path": (html(404), AnswerMalformed, ""),
    "bad request": (status(400, "context too long"), RequestRefused, ""),
    "server error": (status(500, "oops"), ProviderFailed, ""),
    "gateway error page": (html(502), ProviderFailed, ""),
    "error as a plain string": (error(400, "just words"), RequestRefused, ""),
    "login page": (html(200), AnswerMalformed, ""),
    "redirect": (redirect("http://127.0.0.1:9/steal"), AnswerMalformed, ""),
    "nothing at all": (raw(b""), AnswerMalformed, ""),
    "only [DONE]": (raw(b"data: [DONE]\n\n"), AnswerMalformed, ""),
    "null delta": (events(chunk(None)), AnswerMalformed, ""),
    "broken JSON": (raw(b"data: {bad\n\n"), AnswerMalformed, ""),
    "broken UTF-8": (raw(b'data: "\xff\xfe"\n\n'), AnswerMalformed, ""),
    "JSON of another kind": (events(5, [1], "x", None, {"choices": "no"}), AnswerMalformed, ""),
    "choices of another kind": (events({"choices": [3]}, {"choices": [{"delta": 7}]}), AnswerMalformed, ""),
    "whole answer of another kind": (raw(b"[]", kind="application/json"), AnswerMalformed, ""),
    "error in a good reply": (
        raw(b'{"error":{"message":"no"}}', kind="application/json"),
        ProviderFailed,
        "",
    ),
    "deeply nested JSON": (raw(b"data: " + b"[" * 100_000 + b"\n\n"), AnswerMalformed, ""),
    "line without end": (endless_line(), AnswerMalformed, ""),
    "gzip bomb": (gzip_bomb(), AnswerMalformed, ""),
    "silence": (silent(), ModelTimedOut, ""),
    "dripping head": (dripping_head(0.05), ModelTimedOut, ""),
    "stall after words": (stall("abc"), ModelTimedOut, "abc"),
    "error event after words": (
        events(chunk({"content": "abc"}), {"error": {"message": "overloaded"}}),
        ProviderFailed,
        "abc",
    ),
    "torn chunk after words": (torn("abc"), ModelUnreachable, "abc"),
    "broken JSON after words": (
        raw(b'data: {"choices":[{"delta":{"content":"abc"}}]}\n\ndata: {bad\n\n'),
        AnswerMalformed,
        "abc",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_ends_in_a_worded_error(name):
    behaviour, kind, text = FAULTS[name]
    with ScriptedServer(behaviour) as server:
        outcome = ask(server, patience=IMPATIENCE if kind is ModelTimedOut else PATIENCE)
    assert type(outcome.error) is kind
    assert outcome.text == text
    assert outcome.finish_reason is None
    assert "127.0.0.1" in str(outcome.error) or "server" in str(outcome.error)
    assert outcome.error.hint


@pytest.mark.parametrize(
    "behaviour", [say("abc", finish=None), reset("abc"), events(chunk({"content": "abc"}))]
)
def test_a_stream_that_merely_stops_has_no_finish_reason(behaviour):
    with ScriptedServer(behaviour) as server:
        outcome = ask(server)
    assert outcome.finish_reason is None


def test_chunks_without_choices_and_without_text_do_no_harm():
    odd = [{"choices": []}, {"choices": None}, chunk({}), chunk({"content": None}), chunk({"content": ["x"]})]
    with ScriptedServer(events(*odd, chunk({"content": "fine"}), chunk({}, "stop"))) as server:
        outcome = ask(server)
    assert (outcome.text, outcome.finish_reason, outcome.error) == ("fine", "stop", None)


def test_equal_ids_and_repeated_finish_reasons_do_no_harm():
    twice = [chunk({"content": "a"}), chunk({"content": "a"}), chunk({}, "stop"), chunk({}, "stop")]
    with ScriptedServer(events(*twice)) as server:
        assert ask(server).text == "aa"


def test_nothing_listening_is_told_with_its_host():
    with ScriptedServer() as server:
        pass
    outcome = ask(server)
    assert isinstance(outcome.error, ModelUnreachable)
    assert outcome.error.details["host"] == "127.0.0.1"
    assert "127.0.0.1" in str(outcome.error)


def _error_at(url: str) -> PilotfishError | None:
    async def run() -> PilotfishError | None:
        model = OpenAIChat(Endpoint("x", url), "m", patience=IMPATIENCE)
        outcome = await read(model)
        await model.close()
        return outcome.error

    return asyncio.run(run())


def test_a_name_that_does_not_exist_is_told():
    assert isinstance(_error_at("https://no-such-host.invalid/v1"), (ModelUnreachable, ModelTimedOut))


@pytest.mark.parametrize(
    ("base_url", "remote"), [("http://127.0.0.1:9/v1", ""), ("https://api.test/v1", "api.test")]
)
def test_an_unreachable_server_says_whether_it_is_another_machine(base_url, remote):
    error = worded(httpx2.ConnectError("refused"), Endpoint("test", base_url, ""))
    assert isinstance(error, ModelUnreachable)
    assert error.details["remote"] == remote


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_without_tls_behind_an_https_address_is_told():
    with ScriptedServer() as server:
        url = server.base_url.replace("http://", "https://")
        assert isinstance(_error_at(url), (ModelUnreachable, ModelTimedOut))
    gc.collect()  # asyncio itself forgets to close a transport whose TLS handshake failed


def test_a_fault_does_not_spoil_the_next_request():
    async def run(server: ScriptedServer) -> list[str]:
        model = chat(server, patience=IMPATIENCE)
        texts = [(await read(model)).text for _ in range(4)]
        await model.close()
        return texts

    with ScriptedServer(torn("a"), raw(b"data: {bad\n\n"), stall("b"), say("well")) as server:
        assert asyncio.run(run(server)) == ["a", "", "b", "well"]


def test_errors_survive_the_way_to_another_process():
    with ScriptedServer(status(404, "no such model")) as server:
        error = ask(server).error
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is ModelUnknown
    assert str(copy) == str(error)
    assert copy.details == error.details
