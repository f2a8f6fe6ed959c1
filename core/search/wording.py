"""Ranking by words: those of the question, and in a vault of two languages their translations."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from core.index.model import ChunkRow, ChunkStore, Hit, Scope
from core.search.fusion import Ranking
from core.search.glossary.glossary import Glossary
from core.search.lexical import share_found

BEST = 20  # rows in which the question's words are looked for
ENOUGH = 0.5  # of the question in one row
WEIGHT = 2.0  # of the mean score of the `LEADING` rows; from 1.5 to 3 nDCG@10 is flat on every set
LEADING = 10


class Wording:
    """Asks the index for the rows that hold the words."""

    def __init__(self, store: ChunkStore, glossary: Glossary | None) -> None:
        self._store = store
        self._glossary = glossary

    def rank(self, words: str, scope: Scope, limit: int) -> Ranking:
        """The best rows by the words of the question, of full weight; see `weighed`."""
        hits = self._store.text_search(words, scope=scope, limit=limit)
        return Ranking("words", hits, weight=WEIGHT, unit=_usual(hits))

    @staticmethod
    def weighed(ranking: Ranking, words: str, rows: Mapping[str, ChunkRow]) -> Ranking:
        """Let a `rank` weigh as much as the share of the question that one row holds; half of it is enough.

        Of a question in the other language only a name or a number is found, and must not decide the ranking.
        """
        best = (rows[hit.id] for hit in ranking.hits[:BEST] if hit.id in rows)
        share = share_found(words, best, enough=ENOUGH)
        return replace(ranking, weight=WEIGHT * min(1.0, share / ENOUGH))

    @staticmethod
    def evidence(ranking: Ranking) -> float:
        """How much of what was asked a `weighed` ranking has found, from 0 to 1."""
        return ranking.weight / WEIGHT

    def rank_translated(self, words: str, other: str, scope: Scope, limit: int) -> Ranking:
        """The best rows of the `other` language by the words of the question in it; empty without one."""
        if not other or self._glossary is None:
            return Ranking("translation", [])
        terms = self._glossary.terms(words, into=cast(Literal["zh", "en"], other))
        hits = self._store.terms_search(terms, scope=scope, limit=limit, lang=other)
        return Ranking("translation", hits, weight=WEIGHT, unit=_usual(hits))


def _usual(hits: Sequence[Hit]) -> float:
    """What a good row scores for this question; BM25 has no scale of its own."""
    return statistics.fmean(hit.score for hit in hits[:LEADING]) if hits else 1.0
