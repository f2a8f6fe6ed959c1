"""Limits on what a server may send back; imported only where the client is built.

The client decompresses and joins lines without any bound, so a hostile or broken server could fill the
memory with one small packet.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from core.errors import AnswerMalformed

MAX_BYTES = 64 * 2**20
"""Of one answer; 100 000 tokens with all their JSON are about 25 MB."""
MAX_LINE = 4 * 2**20


class GuardedStream(httpx2.AsyncByteStream):
    """Passes a response's bytes on and raises `AnswerMalformed` once they exceed what an answer can be."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner
        self._total = 0
        self._line = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._inner:
            self._count(piece)
            yield piece

    async def aclose(self) -> None:
        """Close the connection underneath."""
        await self._inner.aclose()

    def _count(self, piece: bytes) -> None:
        self._total += len(piece)
        end = piece.rfind(b"\n")
        self._line = len(piece) - end - 1 if end >= 0 else self._line + len(piece)
        if self._total > MAX_BYTES or self._line > MAX_LINE:
            raise AnswerMalformed("The server sends more than any answer can be; the connection was closed.")


async def guard(response: httpx2.Response) -> None:
    """Put the limits on a response before anything of its body is read (an httpx response hook)."""
    # We ask for `identity`; whoever compresses all the same is not asked to explain himself.
    if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise AnswerMalformed("The server compressed its answer although it was asked not to.")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = GuardedStream(response.stream)
