"""Ranking by meaning: the nearest vectors."""

from __future__ import annotations

import logging

from core.errors import EmbeddingUnavailable
from core.index import cosine_spread
from core.index.model import ChunkSearch, Embedder, Scope
from core.index.vault_index import VaultIndex
from core.search.fusion import Ranking

log = logging.getLogger(__name__)

SPREAD = 0.024
"""Unit of the cosines until the model's own is known: that of multilingual-e5-small within one question."""


class Meaning:
    """Asks the index for the rows nearest to a question."""

    def __init__(self, index: VaultIndex, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._spread: float | None = None

    def rank(self, rows: ChunkSearch, words: str, scope: Scope, limit: int) -> Ranking:
        """The best rows by meaning, of whatever language; a model prefers the question's own.

        What is no nearer than the last of the best counts as nothing. Empty where the model cannot be used
        now or nothing was asked.
        """
        if not words:
            return Ranking("meaning", [])
        try:
            vector = self._embedder.embed_query(words)
        except EmbeddingUnavailable as error:
            log.warning("searching by words alone: %s", error)
            return Ranking("meaning", [])
        best = rows.by_vector(vector, scope=scope, limit=limit).result()
        floor = best[-1].score if len(best) == limit else 0.0
        return Ranking("meaning", best, unit=self._unit(), floor=floor)

    def _unit(self) -> float:
        if self._spread is None:
            self._spread = cosine_spread.spread(self._index.vectors)
        return self._spread or SPREAD
