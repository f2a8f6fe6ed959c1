"""Every call is counted: what it took, how it ended, what it may still cost."""

import asyncio
import json
from contextlib import aclosing

import pytest

from core.errors import CapReached, KeyRefused, ModelTimedOut
from core.llm.chat import ChatRequest, Message, Purpose, Role
from core.llm.endpoint import Endpoint
from core.llm.openai_chat import OpenAIChat
from core.llm.prices import OwnPrice, Prices
from core.session.archive import FILE_NAME, Archive
from core.session.metering import CANCELLED, REMEMBERED, Meter
from core.session.traces import Traces
from tests.core.llm.helpers import IMPATIENCE, KEY, PATIENCE
from tests.scripted_replies import raw, say, silent, stall, status
from tests.scripted_server import ScriptedServer

PRICES = Prices([OwnPrice("scripted", 1.0, 2.0)])


def request(request_id="r1"):
    messages = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "私人笔记"))
    return ChatRequest(messages, purpose=Purpose(request_id, "write", "shorten", 3))


@pytest.fixture
def meter(traces):
    return Meter(traces, PRICES)


def call(meter, server, *, stop_after=None, asked=None, place="", patience=PATIENCE):
    """Read one answer, to its end or only a few pieces of it."""

    async def run():
        chat = OpenAIChat(Endpoint("s", server.base_url, KEY), "scripted", patience=patience)
        if place:
            chat = Elsewhere(chat, place)
        try:
            async with aclosing(meter.watch(chat).stream(asked or request())) as deltas:
                n = 0
                async for _ in deltas:
                    n += 1
                    if n == stop_after:
                        break
        finally:
            await chat.close()

    asyncio.run(run())


class Elsewhere:
    """A model that says it runs on another machine."""

    model, provider, demonstration = "scripted", "s", False

    def __init__(self, inner, place):
        self.place = place
        self._inner = inner
        self.stream = inner.stream
        self.close = inner.close


def test_a_call_leaves_a_trace_with_tokens_cost_time_and_prompt(meter, traces):
    with ScriptedServer(say("Short.", usage=(1000, 500))) as server:
        call(meter, server, place="api.example.com")
    (trace,) = traces.of_request("r1")
    assert (trace.prompt_id, trace.prompt_version, trace.operation) == ("shorten", 3, "write")
    assert (trace.input_tokens, trace.output_tokens, trace.estimated) == (1000, 500, False)
    assert trace.cost_usd == pytest.approx(0.002)
    assert trace.first_token_s <= trace.duration_s
    assert (trace.finish_reason, trace.error_type) == ("stop", "")


def test_no_text_of_a_note_and_no_key_is_in_the_file(meter, traces, tmp_path):
    with ScriptedServer(say("ANSWER")) as server:
        call(meter, server)
    traces.ledger()
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in ("私人笔记", "ANSWER", "Be brief", KEY):
        assert secret.encode() not in stored


def test_what_was_sent_are_the_bytes_the_server_got_without_the_key(meter):
    with ScriptedServer(say("x")) as server:
        call(meter, server)
        (sent,) = meter.sent("r1")
        assert sent.body.encode() == server.chats[0].raw_body
        assert sent.url == f"{server.base_url}/chat/completions"
    assert KEY not in sent.body
    assert json.loads(sent.body)["messages"][1]["content"] == "私人笔记"


def test_a_retry_is_one_more_thing_that_was_sent(meter):
    with ScriptedServer(status(429, "wait"), say("x")) as server:
        call(meter, server)
        assert len(meter.sent("r1")) == len(server.chats) == 2


def test_only_the_latest_requests_are_remembered(meter):
    with ScriptedServer(say("x")) as server:

        async def many():
            chat = OpenAIChat(Endpoint("s", server.base_url), "scripted", patience=PATIENCE)
            for n in range(REMEMBERED + 3):
                async with aclosing(meter.watch(chat).stream(request(f"r{n}"))) as deltas:
                    async for _ in deltas:
                        pass
            await chat.close()

        asyncio.run(many())
    assert meter.sent("r2") == ()
    assert meter.sent("r3") != ()
    assert meter.asked(f"r{REMEMBERED}")[1].content == "私人笔记"


def test_a_cancelled_answer_is_paid_for_as_far_as_it_came(meter, traces):
    with ScriptedServer(stall("some words that were read")) as server:
        call(meter, server, stop_after=3)
        server.disconnects.wait()
    (trace,) = traces.of_request("r1")
    assert trace.error_type == CANCELLED
    assert trace.estimated
    assert trace.input_tokens > 0 < trace.output_tokens


@pytest.mark.parametrize(
    ("reply", "error", "billed"),
    [(status(401, "no"), KeyRefused, False), (silent(), ModelTimedOut, True)],
)
def test_a_refusal_costs_nothing_and_a_time_out_may(meter, traces, reply, error, billed):
    with ScriptedServer(reply) as server, pytest.raises(error):
        call(meter, server, patience=IMPATIENCE if error is ModelTimedOut else PATIENCE)
    (trace,) = traces.of_request("r1")
    assert trace.error_type == error.__name__
    assert (trace.input_tokens > 0) is billed


def test_at_the_cap_nothing_more_is_sent_and_it_says_so(meter, traces):
    meter.cap_usd = 0.003
    with ScriptedServer(say("x", usage=(1000, 500))) as server:
        call(meter, server, place="api.example.com")
        call(meter, server, place="api.example.com")
        with pytest.raises(CapReached) as caught:
            call(meter, server, place="api.example.com")
        assert len(server.chats) == 2
    assert caught.value.details["cap"] == "0.003"
    assert traces.ledger().month_usd == pytest.approx(0.004)


def test_a_model_on_this_machine_is_free_whatever_the_cap(meter):
    meter.cap_usd = 0.000001
    with ScriptedServer(say("x")) as server:
        call(meter, server)
        call(meter, server)
        assert len(server.chats) == 2


def test_a_record_that_cannot_be_written_does_not_cost_the_answer(tmp_path):
    (tmp_path / "blocked").write_text("a file")
    told = []
    meter = Meter(Traces(Archive(tmp_path / "blocked" / FILE_NAME)), PRICES, on_spent=lambda: told.append(1))
    with ScriptedServer(say("x")) as server:
        call(meter, server)
    assert told == [1]


def test_an_answer_that_cannot_be_read_is_recorded_as_an_error(meter, traces):
    from core.errors import AnswerMalformed

    with ScriptedServer(raw(b"nonsense")) as server, pytest.raises(AnswerMalformed):
        call(meter, server)
    assert traces.of_request("r1")[0].error_type == "AnswerMalformed"
