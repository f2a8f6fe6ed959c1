"""From a typed query to passages: ask the rankers, fuse, weigh, put what was named exactly on top."""

from __future__ import annotations

from collections.abc import Sequence

from core.index import companion
from core.index.links import LinkGraph
from core.index.model import Embedder, Scope, Scored
from core.index.vault_index import VaultIndex
from core.search import query as typed
from core.search.exact import ExactHits, weigh_phrases
from core.search.fusion import Candidate, Ranking, fuse, in_order, weigh_in
from core.search.guests import seat_guests
from core.search.lexical import share_found
from core.search.meaning import Meaning
from core.search.model import Passage, SearchMode, SearchQuery
from core.search.query import TypedQuery
from core.search.recommended import weigh_links
from core.text.language import language_of

CANDIDATES = 100  # rows a ranker gives, or the wanted number if that is more
BEST_BY_WORDS = 20  # rows in which the question's words are looked for


class Searcher:
    """Searches one index; usable from any thread.

    Without an embedder, with one that cannot be used now, or with another model than the index was built
    with, it searches by words alone.
    """

    def __init__(
        self, index: VaultIndex, embedder: Embedder | None, *, second: Embedder | None = None
    ) -> None:
        """`second` is the encoder that helps across languages, if not the built-in one."""
        self._store = index.store
        self._exact = ExactHits(index)
        self._graph = LinkGraph(index.catalog)
        self._meaning: Meaning | None = None
        if embedder is not None and embedder.name == index.model:
            self._meaning = Meaning(index, embedder, second or companion.shared())

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first.

        Raises:
            IndexDamaged: the index cannot be read; `Indexer.update` builds it anew.
        """
        asked = typed.parse(query.text)
        scope = asked.within(query.scope)
        limit = max(CANDIDATES, query.limit)
        candidates = self._candidates(asked, scope, limit, query)
        return [_passage(candidate) for candidate in candidates[: query.limit]]

    def _candidates(self, asked: TypedQuery, scope: Scope, limit: int, query: SearchQuery) -> list[Candidate]:
        if query.mode is SearchMode.TEXT:
            return _as_found("words", self._store.text_search(asked.words, scope=scope, limit=limit))
        by_meaning = (
            self._meaning.rank(asked.words, scope, limit) if self._meaning else Ranking("meaning", [])
        )
        if query.mode is SearchMode.VECTOR:
            return _as_found("meaning", by_meaning.hits)
        candidates = fuse([self._by_words(asked.words, scope, limit), by_meaning])
        if query.rerank:
            candidates = self._weighed(asked, candidates)
        return self._exact.first(asked, scope, candidates)

    def _by_words(self, words: str, scope: Scope, limit: int) -> Ranking:
        """Words speak as loud as the share of the question that one passage holds; half of it is enough.

        A question in the other language finds but a name or a number of it, and must not be ranked by that.
        """
        hits = self._store.text_search(words, scope=scope, limit=limit)
        share = share_found(words, (hit.row for hit in hits[:BEST_BY_WORDS]))
        return Ranking("words", hits, weight=min(1.0, 2 * share), zeros=limit - len(hits))

    def _weighed(self, asked: TypedQuery, candidates: list[Candidate]) -> list[Candidate]:
        opinion = Ranking("second", [])
        if self._meaning is not None:
            opinion = self._meaning.second_opinion(asked.words, candidates)
        weigh_in(candidates, opinion)
        weigh_phrases(candidates, asked)
        weigh_links(candidates, self._graph)
        return seat_guests(in_order(candidates), opinion, language_of(asked.words))


def _as_found(signal: str, hits: Sequence[Scored]) -> list[Candidate]:
    """One ranker's hits in its own order, with its own scores."""
    return [Candidate(hit.row, {signal: hit.score}) for hit in hits]


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
