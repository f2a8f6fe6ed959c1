"""Any OpenAI-compatible endpoint as a `ChatModel`."""

from __future__ import annotations

import asyncio
import logging
import random
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.errors import AnswerMalformed, ModelError, PicturesNotSeen, RequestRefused
from core.llm.answer_reader import AnswerReader
from core.llm.chat import ChatRequest, Delta, Gap, Message
from core.llm.endpoint import AtEndpoint, Endpoint, check, host
from core.llm.quirks import Quirks, messages_for, plainer, quirks_of
from core.llm.refusals import refused_field, refused_way, wait_before_retry
from core.llm.wire import (
    ON_SENT,
    UNREADABLE,
    Patience,
    client_errors,
    connect,
    next_chunk,
    read_out,
    released,
    worded,
)

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk

log = logging.getLogger(__name__)

THINKING = 4_096
"""Tokens that a model may think before its answer; it stops by itself, and small ones take in little more."""
THOUGHTLESS = 256
"""Requests for fewer tokens, such as ghost text, are not worth thinking about."""


class OpenAIChat(AtEndpoint):
    """Streams answers of one model at one endpoint; used from one event loop."""

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        *,
        patience: Patience | None = None,
        offline: bool = False,
        demonstration: bool = False,
    ) -> None:
        super().__init__(endpoint, model)
        self._patience = patience or Patience()
        self._offline = offline
        self._demonstration = demonstration
        self._quirks = quirks_of(endpoint.base_url, model)
        self._client: AsyncOpenAI | None = None

    @property
    def demonstration(self) -> bool:
        """Whether this is the built-in model."""
        return self._demonstration

    async def prepare(self) -> None:
        """Import and build what the first request needs, so that it need not wait; sends nothing."""
        await self._connected()

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; see `ChatModel`.

        Raises:
            ModelError: one of its subclasses, before the first piece or after any; a stream that the
                server merely ends too early ends here too, without a finish reason.
        """
        check(self._endpoint, offline=self._offline)
        client = await self._connected()
        problem: ModelError | None = None
        try:
            stream = await asyncio.wait_for(self._open(client, request), self._patience.headers)
            async with released(stream), aclosing(self._deltas(stream)) as deltas:
                async for delta in deltas:
                    yield delta
        except client_errors() as error:
            problem = _of_request(worded(error, self._endpoint, self._model), request)
            log.info("%s from %s: %s", type(problem).__name__, type(error).__name__, problem)
        if problem is not None:
            # Out here it is not chained to the client's error, which may quote the key and holds the body.
            raise problem

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def _connected(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = await connect(self._endpoint, self._patience)
        return self._client

    async def _open(self, client: AsyncOpenAI, request: ChatRequest) -> AsyncStream[ChatCompletionChunk]:
        """Send the request until it is taken: after a pause on 429 and 5xx, plainer where it was refused."""
        ON_SENT.set(request.on_sent)  # seen by this task alone
        quirks, attempt = self._quirks, 1
        while True:
            try:
                stream = await self._create(client, request, quirks)
            except client_errors() as error:
                if request.gap and quirks.fill_url and refused_way(error):
                    quirks = replace(quirks, fill_url="")
                    continue
                if (simpler := plainer(quirks, refused_field(error))) is not None:
                    quirks = simpler
                    continue
                delay = wait_before_retry(error, attempt, self._patience, random.random())
                if delay is None:
                    raise
            else:
                self._quirks = quirks  # what made it work is kept for the next request
                return stream
            attempt += 1
            log.info("attempt %d at %s in %.1f s", attempt, self.place, delay)
            await asyncio.sleep(delay)

    async def _create(
        self, client: AsyncOpenAI, request: ChatRequest, quirks: Quirks
    ) -> AsyncStream[ChatCompletionChunk]:
        stream: AsyncStream[Any]
        if request.gap and quirks.fill_url:
            filling = client.with_options(base_url=quirks.fill_url)  # the same host, so the key may go along
            arguments = _fill_arguments(self._model, request, request.gap, quirks)
            stream = await filling.completions.create(**arguments)
        else:
            stream = await client.chat.completions.create(**_arguments(self._model, request, quirks))
        return stream

    async def _deltas(self, stream: AsyncStream[ChatCompletionChunk]) -> AsyncGenerator[Delta, None]:
        reader = AnswerReader(inline_thinking=self._quirks.inline_thinking)
        while not reader.whole:
            try:
                # Once the answer is whole, only its token counts may follow; nobody waits long for those.
                wait = self._patience.after_finish if reader.finish_reason else None
                chunk = await asyncio.wait_for(next_chunk(stream), wait)
            except TimeoutError:
                break
            if chunk is None:
                break
            if text := reader.feed(chunk):
                yield Delta(text)
        if reader.ran_out:
            self._quirks = replace(self._quirks, thinks=True)  # the next answer has room for both
        if reader.empty:
            raise AnswerMalformed(f"What {host(self._endpoint.base_url)} sent holds no answer.")
        yield reader.last()
        if reader.whole:
            await read_out(stream)


def _of_request(problem: ModelError, request: ChatRequest) -> ModelError:
    """Return what a refusal most likely means where pictures went along."""
    has_pictures = any(message.images for message in request.messages)
    if type(problem) is RequestRefused and has_pictures:
        return PicturesNotSeen(str(problem), **problem.details)
    return problem


def _arguments(model: str, request: ChatRequest, quirks: Quirks) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": str(message.role), "content": _content(message)}
            for message in messages_for(quirks, request.messages)
        ],
        "stream": True,
        quirks.max_tokens_field: _room(request, quirks),
    }
    if quirks.temperature:
        lowest, highest = quirks.temperatures
        arguments["temperature"] = min(max(request.temperature, lowest), highest)
    if quirks.stream_options:
        arguments["stream_options"] = {"include_usage": True}
    if request.stop:
        arguments["stop"] = list(request.stop)
    return arguments


def _room(request: ChatRequest, quirks: Quirks) -> int:
    """Return how long an answer may be, with what the model thinks before it; a few words need no thought."""
    is_short = request.max_tokens < THOUGHTLESS
    return request.max_tokens + (0 if is_short or not quirks.thinks else THINKING)


def _content(message: Message) -> str | list[dict[str, Any]]:
    """Return a message's text, or with images the list of parts that models with eyes take."""
    if not message.images:
        return message.content
    urls = (f"data:{image.kind};base64,{b64encode(image.data).decode()}" for image in message.images)
    pictures = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [{"type": "text", "text": message.content}, *pictures]


def _fill_arguments(model: str, request: ChatRequest, gap: Gap, quirks: Quirks) -> dict[str, Any]:
    arguments = _arguments(model, request, replace(quirks, max_tokens_field="max_tokens"))
    del arguments["messages"]
    return {**arguments, "prompt": gap.before, "suffix": gap.after}


async def list_models(
    endpoint: Endpoint, *, offline: bool = False, patience: Patience | None = None
) -> list[str]:
    """Return the names of the models that an endpoint offers, in its order.

    Raises:
        ModelError: the one that a request to the endpoint would meet.
    """
    check(endpoint, offline=offline)
    patience = patience or Patience()
    client = await connect(endpoint, patience)
    problem: ModelError
    try:
        page = await asyncio.wait_for(client.models.list(), patience.read)
        return [model.id for model in page.data]
    except client_errors() + UNREADABLE as error:
        problem = worded(error, endpoint)
    finally:
        await client.close()
    raise problem  # not chained to the client's error, which may quote the key
