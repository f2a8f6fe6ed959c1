"""Ranking by words: those of the question, and in a vault of two languages their translations."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Literal, cast

from core.index.model import Hit
from core.search.fusion import Ranking
from core.search.glossary.glossary import Glossary
from core.search.lexical import share_found

BEST = 20  # rows in which the question's words are looked for
ENOUGH = 0.5  # of the question in one row
WEIGHT = 2.0  # of the mean score of the `LEADING` rows; from 1.5 to 3 nDCG@10 is flat on every set
LEADING = 10


def translated(words: str, other: str, glossary: Glossary | None) -> Mapping[str, float]:
    """Return the question's words in the `other` language with their weights; none without either."""
    if not other or glossary is None:
        return {}
    return glossary.terms(words, into=cast(Literal["zh", "en"], other))


def ranked(hits: Sequence[Hit], words: str) -> Ranking:
    """Return the ranking; it weighs as much as the share of the question that one row holds, half is enough.

    Of a question in the other language only a name or a number is found, and must not decide the ranking.
    """
    share = share_found(words, (hit.row for hit in hits[:BEST]), enough=ENOUGH)
    return Ranking("words", hits, weight=WEIGHT * min(1.0, share / ENOUGH), unit=_usual(hits))


def ranked_translated(hits: Sequence[Hit]) -> Ranking:
    """Return the ranking by the words of the other language."""
    return Ranking("translation", hits, weight=WEIGHT, unit=_usual(hits))


def evidence(ranking: Ranking) -> float:
    """Return how much of what was asked a `ranked` ranking has found, from 0 to 1."""
    return ranking.weight / WEIGHT


def _usual(hits: Sequence[Hit]) -> float:
    """What a good row scores for this question; BM25 has no scale of its own."""
    return statistics.fmean(hit.score for hit in hits[:LEADING]) if hits else 1.0
