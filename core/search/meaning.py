"""Ranking by meaning, across languages where the vault has two."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from core.errors import EmbeddingUnavailable
from core.index import parallel
from core.index.model import Embedder, Scope, Scored, Vector
from core.index.vault_index import VaultIndex
from core.search.fusion import Candidate, Ranking

log = logging.getLogger(__name__)

FOREIGN = 50  # rows of the other language that are looked at in any case


class Meaning:
    """Asks the index for the nearest vectors, and the second encoder for its opinion of what was found.

    Where the vault holds nothing to speak of in another language than the question's, the first model alone
    knows best: the second would cost time and gain nothing.
    """

    def __init__(self, index: VaultIndex, embedder: Embedder, second: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._second = second

    def rank(self, words: str, other: str, scope: Scope, limit: int) -> Ranking:
        """The best rows by meaning, and the best of the `other` language among them if there is one.

        Empty where the model cannot be used now or nothing was asked.
        """
        if not words:
            return Ranking("meaning", [])
        try:
            vector = self._embedder.embed_query(words)
        except EmbeddingUnavailable as error:
            log.warning("searching by words alone: %s", error)
            return Ranking("meaning", [])
        return Ranking("meaning", self._nearest(vector, other, scope, limit))

    def second_opinion(self, words: str, candidates: Sequence[Candidate]) -> Ranking:
        """The candidates as the second encoder ranks them; empty where it has nothing to say."""
        known = self._index.second_vectors.get([candidate.row.text_hash for candidate in candidates])
        rows = [candidate.row for candidate in candidates if candidate.row.text_hash in known]
        if not rows:
            return Ranking("second", [])
        try:
            query = self._second.embed_query(words)
        except EmbeddingUnavailable:
            return Ranking("second", [])
        hits = [Scored(row, float(known[row.text_hash] @ query)) for row in rows]
        return Ranking("second", sorted(hits, key=lambda hit: -hit.score))

    def _nearest(self, vector: Vector, other: str, scope: Scope, limit: int) -> list[Scored]:
        store = self._index.store
        direction = parallel.language_direction(self._index.vectors) if other else None
        if direction is None:
            return store.vector_search(vector, scope=scope, limit=limit)
        neutral = parallel.freed(vector, direction)
        found = store.vector_search(neutral, scope=scope, limit=limit)
        foreign = store.vector_search(neutral, scope=scope, limit=FOREIGN, lang=other)
        known = {hit.row.id for hit in found}
        return sorted(found + [hit for hit in foreign if hit.row.id not in known], key=lambda hit: -hit.score)
