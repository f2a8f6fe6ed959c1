"""The best passages put into a better order by a cross-encoder, if it answers in time."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from core.search.model import Passage, SearchMode, SearchQuery
from core.text.words import HAN

_HAN = re.compile(f"[{HAN}]")
RANK_OFFSET = 10
"""Damps the top places; smaller than the usual 60, for twenty passages and no thousands."""
WEIGHT = 2.0
"""Its rank counts twice: it has read both texts. Chosen, not measured: no cross-encoder ships with us."""
READ = 20
"""Passages that it reads."""
SECONDS = 0.25
"""How long they may take; what comes later changes nothing."""
LONGEST = 1_200
"""Characters of a passage that are put to it."""


class Searches(Protocol):
    """What finds the passages."""

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first."""


class Scores(Protocol):
    """A cross-encoder; `core.index.reranking.client.Reranker` is the real one."""

    @property
    def reads_chinese(self) -> bool:
        """Whether Chinese may be put to it."""

    def prepare(self) -> None:
        """Start loading, so that the next question finds it ready."""

    def scores(self, question: str, passages: Sequence[str], seconds: float) -> list[float] | None:
        """Return one score per passage, None where they are not ready in time."""


class RerankedSearcher:
    """A searcher whose first passages are ordered by both ranks, its own and the cross-encoder's."""

    def __init__(self, inner: Searches, reranker: Scores) -> None:
        self._inner = inner
        self._reranker = reranker

    def search(self, query: SearchQuery) -> list[Passage]:
        """Return the best passages, best first; raises as the searcher does."""
        if query.mode is not SearchMode.HYBRID or not query.rerank or not query.text.strip():
            return self._inner.search(query)
        found = self._inner.search(replace(query, limit=max(query.limit, READ)))
        return self._reordered(query.text, found)[: query.limit]

    def _reordered(self, question: str, found: list[Passage]) -> list[Passage]:
        if not self._reranker.reads_chinese and _HAN.search(question):
            self._reranker.prepare()  # it may only be on its way; the next question knows
            return found
        places = [n for n, passage in enumerate(found[:READ]) if self._may_read(passage)]
        texts = [found[n].text[:LONGEST] for n in places]
        started = time.monotonic()
        scores = self._reranker.scores(question, texts, SECONDS) if len(texts) > 1 else None
        if scores is None or time.monotonic() - started > SECONDS:
            return found
        ordered = list(found)
        for place, passage in zip(places, _blended([found[n] for n in places], scores), strict=True):
            ordered[place] = passage
        return ordered

    def _may_read(self, passage: Passage) -> bool:
        """An English model never touches Chinese: such a passage stays where it stands."""
        return self._reranker.reads_chinese or not _HAN.search(passage.text)


def _blended(passages: Sequence[Passage], scores: Sequence[float]) -> list[Passage]:
    """Return the passages by their reciprocal ranks; of equals the one found first comes first."""
    by_score = sorted(range(len(passages)), key=lambda n: (-scores[n], n))
    rank = {n: place for place, n in enumerate(by_score)}
    worth = [1 / (RANK_OFFSET + n) + WEIGHT / (RANK_OFFSET + rank[n]) for n in range(len(passages))]
    order = sorted(range(len(passages)), key=lambda n: (-worth[n], n))
    return [replace(passages[n], signals={**passages[n].signals, "reranker": scores[n]}) for n in order]
