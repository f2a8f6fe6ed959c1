"""Vectors from any OpenAI-compatible `/embeddings` endpoint."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.errors import AnswerMalformed
from core.llm.endpoint import Endpoint, check, host
from core.llm.refusals import wait_before_retry
from core.llm.wire import UNREADABLE, Patience, client_errors, connect, worded

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)


class OpenAIEmbeddings:
    """One embedding model at one endpoint; used from one event loop."""

    def __init__(self, endpoint: Endpoint, model: str, *, offline: bool = False) -> None:
        self._endpoint = endpoint
        self._model = model
        self._offline = offline
        self._client: AsyncOpenAI | None = None

    async def embed(self, texts: Sequence[str], patience: Patience) -> list[list[float]]:
        """Return one vector per text, in their order, as long as the model makes them.

        A server that asks to wait (429) or has a trouble of its own (5xx) is asked again, as `patience` says.

        Raises:
            ModelError: as `core.llm.openai_chat`; `RequestRefused` where it is about these very texts.
        """
        check(self._endpoint, offline=self._offline)
        if self._client is None:  # its import is no fault of the server's
            self._client = await connect(self._endpoint, patience)
        for attempt in range(1, patience.attempts + 1):
            try:
                return await asyncio.wait_for(self._ask(self._client, texts, patience), patience.headers)
            except client_errors() as error:
                pause = wait_before_retry(error, attempt, patience, random.random())
                if pause is None:
                    raise worded(error, self._endpoint, self._model) from error
                log.info("embeddings: asking again in %.1f s", pause)
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt either answers or raises")

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _ask(self, client: AsyncOpenAI, texts: Sequence[str], patience: Patience) -> list[list[float]]:
        try:
            answer = await client.embeddings.create(
                model=self._model,
                # Servers refuse an empty text, and not every one knows numbers packed as base64.
                input=[text or " " for text in texts],
                encoding_format="float",
                timeout=patience.read,
            )
            return self._in_order(answer, len(texts))
        except UNREADABLE as error:
            raise self._malformed("could not be read") from error

    def _in_order(self, answer: Any, count: int) -> list[list[float]]:
        found = {int(item.index): [float(number) for number in item.embedding] for item in answer.data}
        if found.keys() != set(range(count)):
            raise self._malformed(f"has {len(answer.data)} vectors for {count} texts")
        return [found[place] for place in range(count)]

    def _malformed(self, what: str) -> AnswerMalformed:
        name = host(self._endpoint.base_url)
        return AnswerMalformed(f"The answer of {name} {what}.", host=name, model=self._model)
