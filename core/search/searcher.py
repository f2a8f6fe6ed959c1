"""From a typed query to passages: ask the rankers, fuse, put what was named exactly on top."""

from __future__ import annotations

import logging

from core.errors import EmbeddingUnavailable
from core.index.model import Embedder, Scope, Scored
from core.index.vault_index import VaultIndex
from core.search import query as typed
from core.search.exact import ExactHits
from core.search.fusion import Candidate, fuse
from core.search.model import Passage, SearchMode, SearchQuery

log = logging.getLogger(__name__)

CANDIDATES = 100  # rows a ranker gives, or the wanted number if that is more


class Searcher:
    """Searches one index; usable from any thread.

    Without an embedder, with one that cannot be used now, or with another model than the index was built
    with, it searches by words alone.
    """

    def __init__(self, index: VaultIndex, embedder: Embedder | None) -> None:
        self._store = index.store
        self._exact = ExactHits(index)
        self._embedder = embedder if embedder and embedder.name == index.model else None

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first; scores fall strictly with the place or are equal.

        Raises:
            IndexDamaged: the index cannot be read; `Indexer.update` builds it anew.
        """
        asked = typed.parse(query.text)
        scope = asked.within(query.scope)
        limit = max(CANDIDATES, query.limit)
        rankings: dict[str, list[Scored]] = {}
        if query.mode is not SearchMode.VECTOR:
            rankings["words"] = self._store.text_search(asked.words, scope=scope, limit=limit)
        if query.mode is not SearchMode.TEXT:
            rankings["meaning"] = self._by_meaning(asked.words, scope, limit)
        candidates = fuse(rankings)
        if query.mode is SearchMode.HYBRID:
            candidates = self._exact.first(asked, scope, candidates)
        return [_passage(candidate) for candidate in candidates[: query.limit]]

    def _by_meaning(self, words: str, scope: Scope, limit: int) -> list[Scored]:
        if self._embedder is None or not words:
            return []
        try:
            vector = self._embedder.embed_query(words)
        except EmbeddingUnavailable as error:
            log.warning("searching by words alone: %s", error)
            return []
        return self._store.vector_search(vector, scope=scope, limit=limit)


def _passage(candidate: Candidate) -> Passage:
    row = candidate.row
    return Passage(
        id=row.id,
        path=row.path,
        title=row.title,
        heading_path=row.heading_path,
        start_line=row.start_line,
        end_line=row.end_line,
        text=row.text,
        lang=row.lang,
        score=candidate.score,
        signals=dict(candidate.signals),
    )
