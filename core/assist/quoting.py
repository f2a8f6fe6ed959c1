"""Weighs the quotes of a question beside everything else that is under way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from core.assist.model import Quote
from core.assist.quotes import quotes, similar_by
from core.errors import EmbeddingUnavailable
from core.index.model import Embedder
from core.search.model import Passage

log = logging.getLogger(__name__)

SHOWN_QUOTES = 3
MEANING_S = 1.0
"""How long quotes may wait for the embedding model; 0.1 s is usual."""


class Quoting:
    """The quotes of one question, on their way; to be made in a running event loop.

    That there are any is known long before they are all compared (some 5 ms against 60 ms where words do not
    decide and sentences are compared by meaning), so a model can be asked meanwhile.
    """

    def __init__(self, question: str, passages: Sequence[Passage], embedder: Embedder | None) -> None:
        self._found = asyncio.Event()
        self._all = asyncio.create_task(self._weigh(question, passages, embedder))

    async def any(self) -> bool:
        """Whether anything in the passages speaks to the question."""
        found = asyncio.create_task(self._found.wait())
        try:
            await asyncio.wait([found, self._all], return_when=asyncio.FIRST_COMPLETED)
        finally:
            found.cancel()
        return self._found.is_set() or bool(await self.all())

    async def all(self) -> tuple[Quote, ...]:
        """The quotes, best first."""
        return await asyncio.shield(self._all)

    def close(self) -> None:
        """Nobody wants them any more."""
        self._all.cancel()

    async def _weigh(
        self, question: str, passages: Sequence[Passage], embedder: Embedder | None
    ) -> tuple[Quote, ...]:
        """Return the quotes; an embedding model that is busy, not ready or broken is not waited for."""
        by_words = partial(quotes, question, passages, SHOWN_QUOTES, on_first=self._found.set)
        if embedder is None:
            return by_words()
        loop = asyncio.get_running_loop()

        def found() -> None:
            loop.call_soon_threadsafe(self._found.set)

        similar = similar_by(embedder)
        by_meaning = asyncio.to_thread(
            quotes, question, passages, SHOWN_QUOTES, similar=similar, on_first=found
        )
        try:
            return await asyncio.wait_for(by_meaning, MEANING_S)
        except (TimeoutError, EmbeddingUnavailable) as error:
            log.info("quotes by words alone: %s", type(error).__name__)
        return by_words()
