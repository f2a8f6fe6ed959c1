"""Money: whatever calls were made and however they ended, the sums agree and the cap holds."""

import asyncio
import itertools
import tempfile
import time
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import CapReached, KeyRefused, ModelTimedOut, SessionsUnavailable
from core.llm.chat import ChatRequest, Delta, Message, Purpose, Role, Usage
from core.llm.prices import OwnPrice, Prices
from core.session.archive import FILE_NAME, Archive
from core.session.metering import CANCELLED, Meter
from core.session.model import Trace
from core.session.traces import Traces
from core.text import tokens

MILLION = 1_000_000
ASKED = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "什么时候公测？"))


class Model:
    """A model elsewhere that says what it is told to, and then ends or fails."""

    model, provider, place, demonstration = "m", "p", "api.example.com", False

    def __init__(self, *deltas, fails=None, sends=True, place="api.example.com"):
        self.deltas, self.fails, self.sends, self.place = deltas, fails, sends, place
        self.calls = 0
        self.is_closed = False

    async def stream(self, request):
        self.calls += 1
        if self.sends:
            request.on_sent("https://api.example.com/v1/chat", b'{"x": "\xff"}')
        for delta in self.deltas:
            yield delta
        if self.fails is not None:
            raise self.fails

    async def close(self):
        self.is_closed = True


def words(*texts, usage=None):
    return [Delta(text) for text in texts] + [Delta(finish_reason="stop", usage=usage)]


async def read(meter, model, *, most=None, request_id="r", operation="write", prompt_id="shorten"):
    purpose = Purpose(request_id, operation, prompt_id, 1)
    read = []
    async with aclosing(meter.watch(model).stream(ChatRequest(ASKED, purpose=purpose))) as deltas:
        async for delta in deltas:
            read.append(delta.text)
            if len(read) == most:
                break
    return "".join(read)


@pytest.fixture
def meter(traces):
    return Meter(traces, Prices([OwnPrice("m", 10.0, 20.0)]))


def test_what_the_provider_says_it_took_counts_before_what_we_counted(meter, traces):
    asyncio.run(read(meter, Model(*words("a" * 500, usage=Usage(7, 9)))))
    (trace,) = traces.of_request("r")
    assert (trace.input_tokens, trace.output_tokens, trace.estimated) == (7, 9, False)
    assert trace.cost_usd == pytest.approx((7 * 10 + 9 * 20) / MILLION)


def test_a_provider_that_says_nothing_is_counted_by_us(meter, traces):
    asyncio.run(read(meter, Model(*words("In ", "March."))))
    (trace,) = traces.of_request("r")
    assert trace.estimated
    assert trace.input_tokens == sum(tokens.count(message.content) for message in ASKED)
    assert trace.output_tokens == tokens.count("In March.")


def test_the_last_thing_a_provider_says_of_usage_counts(meter, traces):
    deltas = [Delta("a", usage=Usage(5, 1)), Delta("b", usage=Usage(5, 2)), Delta(finish_reason="length")]
    asyncio.run(read(meter, Model(*deltas)))
    (trace,) = traces.of_request("r")
    assert (trace.output_tokens, trace.finish_reason) == (2, "length")


def test_a_reader_who_leaves_pays_for_what_was_read_alone(meter, traces):
    asyncio.run(read(meter, Model(*words(*["word "] * 100)), most=3))
    (trace,) = traces.of_request("r")
    assert (trace.error_type, trace.finish_reason) == (CANCELLED, "")
    assert trace.output_tokens == tokens.count("word word word ")


def test_a_task_that_is_cancelled_in_the_middle_is_recorded_all_the_same(meter, traces):
    class Endless(Model):
        async def stream(self, request):
            request.on_sent("https://x", b"{}")
            yield Delta("some words")
            await asyncio.Event().wait()

    async def go():
        task = asyncio.ensure_future(read(meter, Endless()))
        while not meter.sent("r"):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    (trace,) = traces.of_request("r")
    assert trace.error_type == CANCELLED
    assert trace.cost_usd > 0


@pytest.mark.parametrize(
    ("model", "is_billed"),
    [
        (Model(fails=KeyRefused()), False),
        (Model(fails=ModelTimedOut()), True),
        (Model(fails=ModelTimedOut(), sends=False), False),
        (Model(*words("half")[:1], fails=KeyRefused()), True),
        (Model(*words("half")[:1], fails=KeyRefused(), sends=False), False),
    ],
    ids=["refused", "timed out", "never sent", "failed half way", "words from nowhere"],
)
def test_a_call_that_fails_costs_only_what_may_have_been_charged(meter, traces, model, is_billed):
    with pytest.raises(type(model.fails)):
        asyncio.run(read(meter, model))
    (trace,) = traces.of_request("r")
    assert trace.error_type == type(model.fails).__name__
    assert (trace.input_tokens > 0) is is_billed
    assert (trace.cost_usd > 0) is is_billed


def test_a_price_nobody_knows_is_said_to_be_unknown_and_not_nothing(traces):
    asyncio.run(read(Meter(traces, Prices()), Model(*words("x"))))
    (row,) = traces.ledger().by_model
    assert (row.unpriced, row.cost_usd, row.calls) == (1, 0.0, 1)


def test_bytes_that_are_no_text_can_be_shown_as_what_was_sent(meter):
    asyncio.run(read(meter, Model(*words("x"))))
    (sent,) = meter.sent("r")
    assert sent.body.startswith('{"x": ')


def test_ghost_text_is_counted_and_not_remembered(meter, traces):
    asyncio.run(read(meter, Model(*words("x")), request_id="", operation="complete", prompt_id=""))
    assert meter.sent("") == ()
    assert meter.asked("") == ()
    assert traces.ledger().by_prompt[0].key == "complete"


def test_closing_what_is_watched_closes_the_model(meter):
    model = Model()
    asyncio.run(meter.watch(model).close())
    assert model.is_closed


def test_what_is_watched_is_the_same_model_to_look_at(meter):
    watched = meter.watch(Model(place="local"))
    assert (watched.model, watched.provider, watched.place, watched.demonstration) == (
        "m",
        "p",
        "local",
        False,
    )


@given(cap=st.integers(1, 8), costs=st.lists(st.integers(0, 4), max_size=12))
@settings(max_examples=25)
def test_no_call_begins_once_the_cap_is_reached_and_all_do_before(cap, costs):
    """Caps and costs are whole dollars, so that no rounding is in the way."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / FILE_NAME)
        meter = Meter(Traces(archive), Prices([OwnPrice("m", 0.0, float(MILLION))]), cap_usd=float(cap))
        spent = 0

        async def go():
            nonlocal spent
            for cost in costs:
                model = Model(*words("x", usage=Usage(0, cost)))
                if spent >= cap:
                    with pytest.raises(CapReached):
                        await read(meter, model)
                    assert model.calls == 0
                else:
                    await read(meter, model)
                    spent += cost

        asyncio.run(go())
        assert meter.traces.ledger().month_usd == spent
        archive.close()


@pytest.mark.parametrize("cap", [0.0, -1.0])
def test_without_a_cap_there_is_no_end(meter, cap):
    meter.cap_usd = cap
    for _ in range(3):
        assert asyncio.run(read(meter, Model(*words("x", usage=Usage(MILLION, MILLION))))) == "x"


def test_a_cap_that_cannot_be_looked_up_lets_nothing_out(tmp_path):
    (tmp_path / "blocked").write_text("a file")
    meter = Meter(Traces(Archive(tmp_path / "blocked" / FILE_NAME)), Prices(), cap_usd=1.0)
    model = Model(*words("x"))
    with pytest.raises(SessionsUnavailable):
        asyncio.run(read(meter, model))
    assert model.calls == 0


def test_last_months_spending_does_not_count_against_the_cap(traces, meter):
    meter.cap_usd = 1.0
    long_ago = time.time() - 40 * 86_400
    traces.record(Trace("old", "old", long_ago, "ask", "p", "m", "x", cost_usd=50.0))
    assert asyncio.run(read(meter, Model(*words("x")))) == "x"


CALLS = st.lists(
    st.fixed_dictionaries(
        {
            "started_at": st.integers(0, 100).map(
                lambda n: time.mktime((2026, 3, 15, 12, 0, 0, 0, 0, -1)) - n * 21_600
            ),
            "model": st.sampled_from(["gpt-x", "qwen3:8b", "模型"]),
            "prompt_id": st.sampled_from(["shorten", "", "我的"]),
            "operation": st.sampled_from(["ask", "write"]),
            "cost_usd": st.none() | st.integers(0, 64).map(lambda n: n / 64),
            "input_tokens": st.integers(0, 1000),
            "output_tokens": st.integers(0, 1000),
        }
    ),
    max_size=20,
)


@given(CALLS)
@settings(max_examples=30)
def test_days_models_and_prompts_add_up_to_the_same_sums(calls):
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / FILE_NAME)
        traces = Traces(archive, now=lambda: time.mktime((2026, 3, 15, 12, 0, 0, 0, 0, -1)))
        ids = itertools.count()
        base = Trace("", "", 0.0, "ask", "p", "m", "x")
        for call in calls:
            traces.record(replace(base, id=str(next(ids)), request_id="r", **call))
        ledger = traces.ledger(5.0)
        archive.close()
    month = [row for row in ledger.by_day if row.key.startswith("2026-03")]
    for rows in (month, ledger.by_model, ledger.by_prompt):
        assert sum(row.cost_usd for row in rows) == ledger.month_usd
    for part in ("calls", "input_tokens", "output_tokens", "unpriced"):
        assert len({sum(getattr(r, part) for r in rows) for rows in (ledger.by_model, ledger.by_prompt)}) == 1
    assert sum(row.calls for row in ledger.by_day) == len(calls)
    assert [row.key for row in ledger.by_day] == sorted((row.key for row in ledger.by_day), reverse=True)
    assert ledger.today_usd == sum(row.cost_usd for row in ledger.by_day if row.key == "2026-03-15")
    assert "" not in {row.key for row in ledger.by_prompt}
