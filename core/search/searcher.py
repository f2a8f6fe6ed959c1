"""From a typed query to passages: ask the rankers, fuse, weigh, put what was named exactly on top."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import replace

from core.documents.naming import is_document
from core.index import second_encoder
from core.index.links import LinkGraph
from core.index.model import LONGEST_QUERY, ChunkSearch, Embedder, Hit, Scope, Vector
from core.index.vault_index import VaultIndex
from core.search import query as typed
from core.search.brevity import weigh_brevity
from core.search.exact import ExactHits, weigh_phrases
from core.search.fusion import Candidate, Ranking, fuse, in_order
from core.search.glossary.glossary import Glossary
from core.search.listing import listed
from core.search.meaning import Meaning
from core.search.model import Passage, SearchMode, SearchQuery
from core.search.query import TypedQuery
from core.search.recommended import weigh_links
from core.search.second import SecondOpinion
from core.search.wording import evidence, ranked, ranked_translated, translated
from core.text.language import language_of

CANDIDATES = 70  # rows a ranker gives, or the wanted number if that is more
PATIENCE = 0.25  # seconds from the question on; a second opinion that takes longer is done without


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
        glossary: translates a question's words; without it meaning alone crosses languages.
        label_at: names the page of a document, given its path and a line of its text.
        """
        self._index = index
        self._label_at = label_at
        self._glossary = glossary
        self._exact = ExactHits(index)
        self._graph = LinkGraph(index.catalog)
        self._meaning: Meaning | None = None
        self._second = SecondOpinion(index, second or second_encoder.shared())
        if embedder is not None and embedder.name == index.model:
            self._meaning = Meaning(index, embedder)
        self._embedding = ThreadPoolExecutor(2, thread_name_prefix="embedding")
        self._encoder = ThreadPoolExecutor(1, thread_name_prefix="second encoder")

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first; of a tag or folder without words its notes, latest first.

        Raises:
            IndexDamaged: the index cannot be read; `Indexer.update` builds it anew.
        """
        asked = typed.parse(query.text[:LONGEST_QUERY])
        scope = asked.within(query.scope)
        limit = max(CANDIDATES, query.limit)
        if not asked.words and (scope.tag or scope.folder):
            candidates = listed(self._index, scope, query.limit)
        elif query.mode is SearchMode.TEXT:
            found = self._index.store.newest().by_words(asked.words, scope=scope, limit=limit)
            candidates = _as_found("words", found.result())
        elif query.mode is SearchMode.VECTOR:
            candidates = _as_found(
                "meaning", self._by_meaning(self._index.store.newest(), asked.words, scope, limit).hits
            )
        else:
            candidates = self._hybrid(asked, scope, limit, rerank=query.rerank)
        return [self._passage(candidate) for candidate in candidates[: query.limit]]

    def _hybrid(self, asked: TypedQuery, scope: Scope, limit: int, *, rerank: bool) -> list[Candidate]:
        late = time.monotonic() + PATIENCE
        other = self._other_language(asked.words)
        rows = self._index.store.newest()
        # What takes longest goes first.
        meaning = self._embedding.submit(self._by_meaning, rows, asked.words, scope, limit)
        by_words = rows.by_words(asked.words, scope=scope, limit=limit)
        terms = translated(asked.words, other, self._glossary)
        by_terms = rows.by_terms(terms, scope=scope, limit=limit, lang=other)
        opinion = self._ask_second(asked.words, other) if rerank else None
        words, foreign = ranked(by_words.result(), asked.words), ranked_translated(by_terms.result())
        known = self._second.vectors_of([*words.hits, *foreign.hits]) if opinion is not None else {}
        candidates = fuse([words, foreign, meaning.result()])
        if (vector := _in_time(opinion, late)) is not None:
            self._second.weigh(candidates, vector, other, evidence(words), known)
        if rerank:
            weigh_phrases(candidates, asked)
            weigh_brevity(candidates)
            weigh_links(candidates, self._graph)
        return self._exact.first(asked, scope, in_order(candidates))

    def _by_meaning(self, rows: ChunkSearch, words: str, scope: Scope, limit: int) -> Ranking:
        if self._meaning is None:
            return Ranking("meaning", [])
        return self._meaning.rank(rows, words, scope, limit)

    def _ask_second(self, words: str, other: str) -> Future[Vector | None] | None:
        if not other or self._meaning is None:
            return None
        return self._encoder.submit(self._second.of, words)

    def _passage(self, candidate: Candidate) -> Passage:
        found = _passage(candidate)
        if not is_document(found.path):
            return found
        return replace(found, label=self._label_at(found.path, found.start_line))

    def _other_language(self, words: str) -> str:
        """The other language of which the vault holds more than a trace, empty for none."""
        return self._index.other_language(language_of(words)) if words else ""


def _in_time(opinion: Future[Vector | None] | None, late: float) -> Vector | None:
    """The question's vector, None where it comes too late: the first one has to wait for the weights."""
    if opinion is None:
        return None
    try:
        return opinion.result(max(0.0, late - time.monotonic()))
    except TooLate:
        opinion.cancel()
        return None


def _as_found(signal: str, hits: Sequence[Hit]) -> list[Candidate]:
    """One search's rows in its own order, with its own scores."""
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
