"""A request to a model under way, which outlives the question as long as its words are typed through."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from core.complete.length import Wanted
from core.complete.model import CompletionRequest
from core.complete.place import Place
from core.complete.trim import trimmed
from core.errors import ModelError
from core.llm.chat import ChatModel, ChatRequest

log = logging.getLogger(__name__)

_TAIL = 200
"""Characters before the caret by which a later request is recognised as the same text typed on."""
_AHEAD = 8
"""Characters that may be typed ahead of an answer: what comes is seldom the same for longer than a word."""
_LONGEST_ANSWER = 4_000


class Flight:
    """Reads one answer for whoever follows it; ends, with the server's connection, when nobody does."""

    def __init__(
        self, model: ChatModel, asked: ChatRequest, request: CompletionRequest, place: Place, wanted: Wanted
    ) -> None:
        self.wanted = wanted
        self.failed = False
        self._request = request
        self._place = place
        self._raw = ""
        self._text = ""
        self._followers = 0
        self._news = asyncio.Condition()
        self._over = False
        self._task = asyncio.ensure_future(self._read(model, asked))

    def typed_since(self, request: CompletionRequest) -> str | None:
        """Return what was typed since this began, None where a request is about something else.

        Words that the answer has not reached yet may still be the right ones.
        """
        ours = self._request
        if self.failed or request.asked or request.path != ours.path or request.after != ours.after:
            return None
        tail = ours.before[-_TAIL:]
        at = request.before.rfind(tail)
        typed = request.before[at + len(tail) :]
        may_come = not self._over and typed.startswith(self._text) and len(typed) <= len(self._text) + _AHEAD
        return typed if at >= 0 and (may_come or self._text.startswith(typed)) else None

    def serves(self, typed: str) -> bool:
        """Whether the answer as far as it is known goes on from what was typed, or failed."""
        return self.failed or (self._text.startswith(typed) and self._text != typed)

    async def follow(self) -> AsyncGenerator[str, None]:
        """Yield what continues the note so far, each time it has changed; who stops last ends the request."""
        self._followers += 1
        seen = ""
        try:
            while not self._over or self._text != seen:
                if self._text != seen:
                    seen = self._text
                    yield seen
                else:
                    async with self._news:
                        await self._news.wait()
        finally:
            self._followers -= 1
            if not self._followers:
                self._task.cancel()

    async def _read(self, model: ChatModel, asked: ChatRequest) -> None:
        try:
            async with aclosing(_pieces(model, asked)) as pieces:
                async for piece in pieces:
                    await self._add(piece)
                    if len(self._raw) > _LONGEST_ANSWER:
                        break
        except ModelError as error:
            log.info("no ghost text from the model: %s", error)
            self.failed = True
        except Exception:
            log.exception("ghost text failed")
            self.failed = True
        finally:
            self._over = True
            self._trim()
            await self._tell()

    async def _add(self, piece: str) -> None:
        self._raw += piece
        self._trim()
        await self._tell()

    def _trim(self) -> None:
        self._text = trimmed(self._raw, self._request, self._place, self.wanted, whole=self._over)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _pieces(model: ChatModel, asked: ChatRequest) -> AsyncGenerator[str, None]:
    async with aclosing(model.stream(asked)) as deltas:
        async for delta in deltas:
            if delta.text:
                yield delta.text
