"""What the notes that link to a candidate's note say of it."""

from __future__ import annotations

from collections.abc import Iterable

from core.index.links import LinkGraph
from core.search.fusion import Candidate

LINKED = 0.3  # of what the linking note's best passage scores, by the root of how many candidates it links to
LINKING_NOTES = 10


def weigh_links(candidates: Iterable[Candidate], graph: LinkGraph) -> None:
    """Let the leading notes recommend those candidates' notes that they link to."""
    scores: dict[str, float] = {}
    by_note: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        path = candidate.row.path
        by_note.setdefault(path, []).append(candidate)
        scores[path] = max(scores.get(path, candidate.score), candidate.score)
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
