"""What the notes that link to a candidate's note say of it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from core.index.links import LinkGraph
from core.search.fusion import Candidate

LINKED = 0.4
"""Of what the linking note's best passage has above the mean, by the root of the number of notes it links to.

nDCG@10 on the known-item questions at 0, .3, .4, .5: English .795, .808, .816, .813; Chinese .751, .765,
.770, .770. Part of that is the linking sentence itself, from which some of those questions were made; with
their notes left out of the recommending it is still worth .012 in English and .007 in Chinese.
"""
LINKING_NOTES = 10


def weigh_links(candidates: Iterable[Candidate], graph: LinkGraph) -> None:
    """Let the leading notes recommend those candidates' notes that they link to."""
    told = [(candidate, candidate.score) for candidate in candidates]
    mean = statistics.fmean(score for _, score in told) if told else 0.0
    scores: dict[str, float] = {}
    by_note: dict[str, list[Candidate]] = {}
    for candidate, score in told:
        path = candidate.row.path
        by_note.setdefault(path, []).append(candidate)
        scores[path] = max(scores.get(path, score - mean), score - mean)
    for path, received in _recommended(scores, graph).items():
        for candidate in by_note[path]:
            candidate.signals["links"] = LINKED * received


def _recommended(scores: dict[str, float], graph: LinkGraph) -> dict[str, float]:
    """The most that any leading note hands on through its links, by the note it reaches."""
    leading = sorted((path for path in scores if scores[path] > 0), key=lambda path: -scores[path])
    received: dict[str, float] = {}
    for source, targets in graph.leads(leading[:LINKING_NOTES], scores).items():
        for target in targets:
            share = scores[source] / len(targets) ** 0.5
            received[target] = max(received.get(target, 0.0), share)
    return received
