"""A stream begun before it is read: order, errors, and nothing left open."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.ahead import started


class Source:
    """Yields what it is given, then fails if told to; remembers how far it got."""

    def __init__(self, items, error=None):
        self.items, self.error = items, error
        self.begun = self.closed = False

    async def stream(self):
        self.begun = True
        try:
            for item in self.items:
                await asyncio.sleep(0)
                yield item
            if self.error:
                raise self.error
        finally:
            self.closed = True


async def turns(n):
    for _ in range(n):
        await asyncio.sleep(0)


@given(st.lists(st.integers()), st.integers(0, 5))
def test_every_item_comes_once_and_in_order_however_late_it_is_read(items, wait):
    async def read():
        async with started(Source(items).stream()) as stream:
            await turns(wait)
            return [item async for item in stream]

    assert asyncio.run(read()) == items


def test_it_runs_before_it_is_read():
    async def begun():
        source = Source(["a"])
        async with started(source.stream()):
            await turns(2)
            return source.begun

    assert asyncio.run(begun())


@pytest.mark.parametrize("items", [[], ["a"], ["a", "b"]])
def test_an_error_comes_where_it_happened(items):
    async def read(seen):
        async with started(Source(items, ValueError("cut")).stream()) as stream:
            async for item in stream:
                seen.append(item)

    seen = []
    with pytest.raises(ValueError, match="cut"):
        asyncio.run(read(seen))
    assert seen == items


def test_a_stream_nobody_reads_is_closed_and_its_error_is_nobodys():
    async def leave(source):
        async with started(source.stream()):
            await turns(3)

    source = Source([], ValueError("cut"))
    asyncio.run(leave(source))
    assert source.closed


def test_leaving_while_the_first_item_is_awaited_ends_the_wait():
    async def leave():
        ended = []

        async def silent():
            try:
                await asyncio.sleep(3600)
                yield "never"
            finally:
                ended.append(True)

        async with started(silent()):
            await turns(2)
        return ended

    assert asyncio.run(leave()) == [True]


def test_breaking_off_in_the_middle_closes_the_source():
    async def read():
        source = Source(list("abc"))
        async with started(source.stream()) as stream:
            async for _ in stream:
                break
        return source.closed

    assert asyncio.run(read())
