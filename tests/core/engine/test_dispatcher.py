"""The dispatcher: every call ends in exactly one reply, whatever the method does."""

import asyncio

import pytest

from core.engine.messages import Call, Cancel, Done, Failed, Item
from core.engine.process import Dispatcher
from core.errors import NoteMissing, PilotfishError


class Recorder:
    def __init__(self):
        self.replies = []
        self.closed = []

    async def double(self, number):
        return number * 2

    async def missing(self):
        raise NoteMissing("There is no such note.", path="a.md")

    async def broken(self):
        raise ZeroDivisionError("a secret")

    async def count(self, upto):
        try:
            for number in range(upto):
                yield number
                await asyncio.sleep(0)
        finally:
            self.closed.append("count")

    async def stall(self):
        try:
            yield "first"
            await asyncio.sleep(3600)
        finally:
            self.closed.append("stall")


@pytest.fixture
def recorder():
    return Recorder()


def dispatcher_for(recorder):
    names = ("double", "missing", "broken", "count", "stall")
    return Dispatcher({name: getattr(recorder, name) for name in names}, recorder.replies.append)


async def settle(recorder, condition):
    for _ in range(1000):
        if condition(recorder.replies):
            return
        await asyncio.sleep(0)
    raise AssertionError(recorder.replies)


def run(recorder, *requests, until):
    async def go():
        dispatcher = dispatcher_for(recorder)
        for request in requests:
            dispatcher.handle(request)
        await settle(recorder, until)
        await dispatcher.cancel_all()

    asyncio.run(go())
    return recorder.replies


def test_a_result_comes_back_under_the_calls_id(recorder):
    assert run(recorder, Call(7, "double", (21,)), until=len) == [Done(7, 42)]


def test_our_errors_cross_with_their_details(recorder):
    (reply,) = run(recorder, Call(1, "missing"), until=len)
    assert isinstance(reply, Failed)
    assert isinstance(reply.error, NoteMissing)
    assert reply.error.details == {"path": "a.md"}


def test_an_unexpected_error_becomes_a_plain_sentence_and_keeps_its_text_to_the_log(recorder, caplog):
    (reply,) = run(recorder, Call(1, "broken"), until=len)
    assert type(reply.error) is PilotfishError
    assert "secret" not in str(reply.error)
    assert "broken" in caplog.text


def test_a_stream_sends_its_items_in_order_and_then_done(recorder):
    replies = run(recorder, Call(3, "count", (4,)), until=lambda r: Done(3) in r)
    assert replies == [Item(3, 0), Item(3, 1), Item(3, 2), Item(3, 3), Done(3)]


def test_cancelling_a_silent_stream_closes_it_and_sends_nothing_more(recorder):
    async def go():
        dispatcher = dispatcher_for(recorder)
        dispatcher.handle(Call(5, "stall"))
        await settle(recorder, len)
        dispatcher.handle(Cancel(5))
        await settle(recorder, lambda _: recorder.closed)

    asyncio.run(go())
    assert recorder.replies == [Item(5, "first")]


def test_cancelling_what_has_ended_or_never_was_does_no_harm(recorder):
    replies = run(recorder, Cancel(9), Call(1, "double", (1,)), until=len)
    assert replies == [Done(1, 2)]


def test_calls_run_side_by_side(recorder):
    replies = run(recorder, Call(1, "stall"), Call(2, "double", (3,)), until=lambda r: Done(2, 6) in r)
    assert Item(1, "first") in replies
