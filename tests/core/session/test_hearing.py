"""Every recording that is sent is counted, and none past the cap."""

import asyncio

import pytest

from core.errors import CapReached, KeyRefused
from core.llm.chat import Usage
from core.llm.prices import OwnPrice, Prices
from core.llm.transcription import Piece, Transcript
from core.session.hearing import MeteredTranscriber
from core.session.metering import CANCELLED, Meter


class Ear:
    """A model that hears what it is told to, at a host of its own."""

    model, provider, place = "whisper-1", "OpenAI", "api.openai.com"

    def __init__(self, outcome, *, model="whisper-1", place="api.openai.com"):
        self.outcome, self.model, self.place = outcome, model, place
        self.heard = []

    async def transcribe(self, name, data):
        self.heard.append(name)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.outcome is None:
            await asyncio.sleep(3600)
        return self.outcome


SAID = Transcript((Piece(0.0, "Good morning."),), seconds=120.0)


def hear(traces, ear, *, cap=0.0, prices=None):
    meter = Meter(traces, prices or Prices(), cap_usd=cap)
    return asyncio.run(MeteredTranscriber(ear, meter).transcribe("会议.mp3", b"x"))


@pytest.mark.parametrize(
    ("ear", "prices", "cost"),
    [
        (Ear(SAID), Prices(), 0.012),
        (Ear(SAID), Prices([OwnPrice("whisper-1", 0, 0, minute_usd=1.0)]), 2.0),
        (Ear(SAID, model="whisper-large", place="asr.example.com"), Prices(), None),
        (Ear(SAID, place="local"), Prices(), 0.0),
        (
            Ear(Transcript((), 120.0, Usage(1_000_000, 0)), model="ears"),
            Prices([OwnPrice("ears", 3.0, 0)]),
            3.0,
        ),
        (Ear(Transcript(SAID.pieces)), Prices(), None),
    ],
)
def test_what_was_heard_is_paid_by_the_minute_or_by_tokens(traces, ear, prices, cost):
    hear(traces, ear, prices=prices)
    (trace,) = traces.since()
    assert trace.cost_usd == (pytest.approx(cost) if cost is not None else None)
    assert (trace.operation, trace.model, trace.place) == ("transcribe", ear.model, ear.place)
    assert trace.error_type == ""


def test_a_refused_recording_is_recorded_and_free(traces):
    with pytest.raises(KeyRefused):
        hear(traces, Ear(KeyRefused()))
    (trace,) = traces.since()
    assert (trace.error_type, trace.cost_usd) == ("KeyRefused", 0.0)


def test_one_that_was_cancelled_is_recorded_all_the_same(traces):
    async def run():
        ear = Ear(None)
        task = asyncio.ensure_future(
            MeteredTranscriber(ear, Meter(traces, Prices())).transcribe("a.mp3", b"")
        )
        while not ear.heard:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert [trace.error_type for trace in traces.since()] == [CANCELLED]


def test_nothing_is_sent_past_the_months_cap_except_to_this_machine(traces):
    hear(traces, Ear(SAID))
    ear = Ear(SAID)
    with pytest.raises(CapReached):
        hear(traces, ear, cap=0.01)
    assert ear.heard == []
    assert hear(traces, Ear(SAID, place="local"), cap=0.01) is SAID
