"""Several rankings into one; pure functions on values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.index.model import ChunkRow, Scored

RANK_OFFSET = 60  # damps the top places; the constant of Cormack, Clarke and Buettcher (SIGIR 2009)


@dataclass(slots=True)
class Candidate:
    """A chunk that some ranker returned, with what each signal says of it."""

    row: ChunkRow
    signals: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The sum of all signals' parts."""
        return sum(value for name, value in self.signals.items() if not name.startswith("raw "))


def fuse(
    rankings: Mapping[str, Sequence[Scored]], weights: Mapping[str, float] | None = None
) -> list[Candidate]:
    """Return every chunk of `rankings` once, best first, by weighted reciprocal rank.

    A chunk's signals hold its part from each ranking under the ranking's name, and its score there under
    `raw <name>`. Equal scores sort by path and line.
    """
    found: dict[str, Candidate] = {}
    for name, ranking in rankings.items():
        weight = (weights or {}).get(name, 1.0)
        for place, hit in enumerate(ranking, start=1):
            candidate = found.setdefault(hit.row.id, Candidate(hit.row))
            candidate.signals[name] = weight / (RANK_OFFSET + place)
            candidate.signals[f"raw {name}"] = hit.score
    return in_order(found.values())


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Best first; equal scores sort by path and line."""
    return sorted(candidates, key=lambda c: (-c.score, c.row.path, c.row.start_line, c.row.id))
