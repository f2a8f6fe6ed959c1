"""An event loop on a thread of its own."""

from __future__ import annotations

import asyncio
import threading

import pytest

from core.loop_thread import LoopThread


@pytest.fixture
def loop():
    opened = LoopThread("a test's")
    yield opened
    opened.close()


async def where():
    return threading.current_thread().name


def test_work_runs_on_its_thread(loop):
    assert loop.begin(where()).result() == "a test's"


def test_work_runs_side_by_side(loop):
    both_are_here = asyncio.Barrier(2)

    async def meet():
        await both_are_here.wait()
        return True

    meetings = [loop.begin(meet()) for _ in range(2)]
    assert [meeting.result(timeout=60) for meeting in meetings] == [True, True]


def test_what_goes_wrong_is_told_to_whoever_waits(loop):
    async def fail():
        raise ValueError("no such row")

    with pytest.raises(ValueError, match="no such row"):
        loop.begin(fail()).result()


def test_nothing_begins_once_it_is_closed(loop):
    loop.close()
    loop.close()
    late = where()
    with pytest.raises(RuntimeError):
        loop.begin(late)
    late.close()
    assert loop.is_closed
