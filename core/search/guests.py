"""A place near the top for the best passages of the other language.

Whatever is done to its vectors, a question meets passages of its own language first: they hold its words. So
where the second encoder, which does not mind languages, finds passages of the other one about as close as the
best of the question's own, one note of them is seated after every second note, two in all.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.search.fusion import Candidate, Ranking, in_order

GUESTS = 2
HOSTS_BEFORE_A_GUEST = 2
ABOUT_AS_CLOSE = 0.1  # cosine of the second encoder
_JUST_BELOW = 1e-6


def seat_guests(candidates: Sequence[Candidate], opinion: Ranking, lang: str) -> list[Candidate]:
    """Return `candidates` (best first) with the guests among them moved up, by a signal of their own.

    Args:
        opinion: what the second encoder says of them; nobody is seated without.
        lang: the question's language.
    """
    closeness = {hit.row.id: hit.score for hit in opinion.hits}
    hosts = [candidate for candidate in candidates if candidate.row.lang in (lang, "")]
    nearest = max((closeness.get(host.row.id, -1.0) for host in hosts), default=None)
    if not lang or nearest is None or not closeness:
        return list(candidates)
    foreign = [candidate for candidate in candidates if candidate.row.lang not in (lang, "")]
    welcome = [c for c in foreign if closeness.get(c.row.id, -1.0) >= nearest - ABOUT_AS_CLOSE]
    seats = _seats(hosts)
    for guest, seat in zip(_best_of_each_note(welcome), seats, strict=False):
        if guest.score < seat:
            guest.signals["guest"] = seat - guest.score
    return in_order(candidates)


def _best_of_each_note(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The passage nearest in meaning of each note, best first; words of the other language do not count."""
    by_note: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=_meaning, reverse=True):
        by_note.setdefault(candidate.row.path, candidate)
    return list(by_note.values())


def _meaning(candidate: Candidate) -> float:
    return candidate.signals.get("meaning", 0.0) + candidate.signals.get("second", 0.0)


def _seats(hosts: Sequence[Candidate]) -> list[float]:
    """The scores just below every second note of the hosts."""
    best: dict[str, float] = {}
    for host in hosts:
        best.setdefault(host.row.path, host.score)
    scores = list(best.values())
    places = [min(n * HOSTS_BEFORE_A_GUEST, len(scores)) - 1 for n in range(1, GUESTS + 1)]
    return [scores[place] - n * _JUST_BELOW for n, place in enumerate(places, start=1)]
