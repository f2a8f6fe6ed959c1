"""A stream that is begun before anybody reads it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


@asynccontextmanager
async def started(source: AsyncGenerator[T, None]) -> AsyncIterator[AsyncIterator[T]]:
    """Run `source` up to its first item while the caller does something else.

    The items come from the value of the context, what `source` raises as well; it is closed at the end.
    """
    first = asyncio.create_task(_next(source))

    async def items() -> AsyncIterator[T]:
        for item in await first:
            yield item
            async for later in source:
                yield later

    try:
        yield items()
    finally:
        first.cancel()
        await asyncio.wait([first])
        if not first.cancelled():
            first.exception()  # looked at, so that nobody reports it as forgotten
        await source.aclose()


async def _next(source: AsyncGenerator[T, None]) -> list[T]:
    async for item in source:
        return [item]
    return []
