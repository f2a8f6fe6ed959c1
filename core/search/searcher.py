"""From a typed query to passages: ask the rankers, fuse, weigh, put what was named exactly on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.documents.naming import is_document
from core.index import companion
from core.index.links import LinkGraph
from core.index.model import Embedder, Scope, Scored
from core.index.vault_index import VaultIndex
from core.search import query as typed
from core.search.exact import ExactHits, weigh_phrases
from core.search.fusion import Candidate, Ranking, fuse, in_order, weigh_in
from core.search.glossary.glossary import Glossary
from core.search.guests import seat_guests
from core.search.meaning import Meaning
from core.search.model import Passage, SearchMode, SearchQuery
from core.search.query import TypedQuery
from core.search.recommended import weigh_links
from core.search.wording import Wording
from core.text.language import language_of

CANDIDATES = 100  # rows a ranker gives, or the wanted number if that is more


class Searcher:
    """Searches one index; usable from any thread.

    Without an embedder, with one that cannot be used now, or with another model than the index was built
    with, it searches by words alone.
    """

    def __init__(
        self,
        index: VaultIndex,
        embedder: Embedder | None,
        *,
        second: Embedder | None = None,
        glossary: Glossary | None = None,
        label_at: Callable[[str, int], str] = lambda _path, _line: "",
    ) -> None:
        """Args:
        second: the encoder that helps across languages, if not the built-in one.
        glossary: says a question's words in the other language; without it meaning alone crosses over.
        label_at: tells the page of a document from its path and a line of its text.
        """
        self._index = index
        self._label_at = label_at
        self._wording = Wording(index.store, glossary)
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
        if query.mode is SearchMode.TEXT:
            candidates = _as_found("words", self._wording.rank(asked.words, scope, limit).hits)
        elif query.mode is SearchMode.VECTOR:
            candidates = _as_found("meaning", self._by_meaning(asked.words, scope, limit).hits)
        else:
            candidates = self._hybrid(asked, scope, limit, rerank=query.rerank)
        return [self._passage(candidate) for candidate in candidates[: query.limit]]

    def _hybrid(self, asked: TypedQuery, scope: Scope, limit: int, *, rerank: bool) -> list[Candidate]:
        other = self._other_language(asked.words)
        candidates = fuse(
            [
                self._wording.rank(asked.words, scope, limit),
                self._wording.rank_translated(asked.words, other, scope, limit),
                self._by_meaning(asked.words, scope, limit),
            ]
        )
        if rerank:
            candidates = self._weighed(asked, candidates, other)
        return self._exact.first(asked, scope, candidates)

    def _by_meaning(self, words: str, scope: Scope, limit: int) -> Ranking:
        if self._meaning is None:
            return Ranking("meaning", [])
        return self._meaning.rank(words, self._other_language(words), scope, limit)

    def _weighed(self, asked: TypedQuery, candidates: list[Candidate], other: str) -> list[Candidate]:
        opinion = Ranking("second", [])
        if self._meaning is not None and other:
            opinion = self._meaning.second_opinion(asked.words, candidates)
        weigh_in(candidates, opinion)
        weigh_phrases(candidates, asked)
        weigh_links(candidates, self._graph)
        return seat_guests(in_order(candidates), opinion, language_of(asked.words))

    def _passage(self, candidate: Candidate) -> Passage:
        found = _passage(candidate)
        if not is_document(found.path):
            return found
        return replace(found, label=self._label_at(found.path, found.start_line))

    def _other_language(self, words: str) -> str:
        """The language beside the question's that the vault holds to speak of, empty for none."""
        return self._index.other_language(language_of(words)) if words else ""


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
