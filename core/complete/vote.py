"""Places where the context stood before vote on what comes next; pure.

The vote goes character by character. What won is cut into words, and for each word's end the evidence is
told in numbers, from which the gate concludes how likely the text is right up to there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.complete.phrases import Echo
from core.complete.place import Place, PlaceKind
from core.complete.segment import LONGEST
from core.text.words import HAN, word_spans

_AGREEMENT_WEIGHT = 0.4
"""A character of context more makes an echo e^0.4 times as heavy."""
_OWN_WEIGHT = 5.0
"""What the note itself says counts for more: it keeps to its names and terms."""
_AGAIN_WEIGHT = 0.6
"""The next echo from one note counts that much of the one before: one writer's habit, not a vault's."""
_FEWEST_SHARE = 0.12
_MOST_WORDS = 8
_PARTIAL = re.compile(rf"[^\W{HAN}]+(?:['’.-][^\W{HAN}]+)*\Z")
_HAN = re.compile(f"[{HAN}]")

FEATURES = (
    "place", "boundary", "typed", "seen", "behind", "first", "first_length", "length", "rival", "word", "end",
    "share", "least_share", "weight", "voters", "echoes", "notes", "own", "folder",
    "agreed", "agreed_second", "against",
)  # fmt: skip
"""Names of the numbers of one piece of evidence, in order; the gate was trained on these."""
_PLACES = {kind: float(number) for number, kind in enumerate(PlaceKind)}


@dataclass(frozen=True, slots=True)
class Caret:
    """What is known of the caret before anything is looked up."""

    before: str
    place: Place
    folder: str = ""
    """The note's folder with a slash at its end; empty at the top of the vault."""

    @property
    def partial(self) -> str:
        """The word that is being typed, as far as it goes; Chinese has none."""
        match = _PARTIAL.search(self.place.line)
        return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that could follow; `evidence[i]` tells of its part up to `ends[i]`."""

    text: str
    ends: tuple[int, ...]
    evidence: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class _Voter:
    echo: Echo
    weight: float


def vote(caret: Caret, echoes: Sequence[Echo], *, limit: int) -> list[Candidate]:
    """Return at most `limit` candidates, the one with most votes first; they differ in their first word."""
    voters = _voters(echoes, caret.partial)
    found: list[Candidate] = []
    open_to = voters
    while open_to and len(found) < limit:
        candidate = _winner(caret, voters, open_to)
        if candidate is None:
            break
        found.append(candidate)
        first = candidate.text[: candidate.ends[0]]
        open_to = [voter for voter in open_to if not voter.echo.text.startswith(first)]
    return found


def _voters(echoes: Sequence[Echo], partial: str) -> list[_Voter]:
    """Weigh the echoes; within a word only those count in which the same word began."""
    votes: Counter[str] = Counter()
    voters: list[_Voter] = []
    for echo in echoes:
        if _counts(echo, len(partial)):
            weight = math.exp(_AGREEMENT_WEIGHT * echo.agreed) * _AGAIN_WEIGHT ** min(votes[echo.note], 6)
            voters.append(_Voter(echo, weight if echo.note else weight * _OWN_WEIGHT))
            votes[echo.note] += 1
    return voters


def _counts(echo: Echo, partial: int) -> bool:
    """Whether an echo agrees far enough; the word that is being typed may begin there behind any sign."""
    if partial and echo.agreed == partial:
        return not _PARTIAL.match(echo.ahead)
    return echo.agreed >= max(partial, 2)


@dataclass(frozen=True, slots=True)
class _Count:
    """The winning text within the line; for each character, who voted for all up to it, how heavily."""

    text: str
    behind: list[list[_Voter]]
    weights: list[float]
    """Begins with the weight of all voters, for the empty text."""


def _winner(caret: Caret, voters: list[_Voter], open_to: list[_Voter]) -> Candidate | None:
    count = _count(open_to, sum(voter.weight for voter in voters))
    if not count.text:
        return None
    ends = _word_ends(count.text, caret.partial)[:_MOST_WORDS]
    about_place = _about_place(caret, count.text, ends[0])
    rival = _rival(voters, count.text[: ends[0]])
    evidence = tuple(
        (*about_place, rival, number, end, *_about_votes(caret, voters, count, end))
        for number, end in enumerate(ends)
    )
    return Candidate(count.text[: ends[-1]], ends, evidence)


def _count(open_to: list[_Voter], total: float) -> _Count:
    text, behind, weights, alive = "", list[list[_Voter]](), [total], open_to
    while len(text) < LONGEST:
        at, votes = len(text), dict[str, float]()
        for voter in alive:
            character = voter.echo.text[at : at + 1] or "\n"
            votes[character] = votes.get(character, 0.0) + voter.weight
        best = max(votes, key=votes.__getitem__)
        if best == "\n" or votes[best] < _FEWEST_SHARE * total:
            break
        alive = [voter for voter in alive if voter.echo.text[at : at + 1] == best]
        behind.append(alive)
        weights.append(votes[best])
        text += best
    return _Count(text, behind, weights)


def _word_ends(text: str, partial: str) -> tuple[int, ...]:
    """Return where words end in `text`, which goes on from `partial`; its own end is always one."""
    ends = [end - len(partial) for _, end in word_spans(partial + text) if end > len(partial)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return tuple(ends)


def _about_place(caret: Caret, text: str, first_end: int) -> tuple[float, ...]:
    """Return the first of the `FEATURES`: those that are the same for every length of a candidate."""
    return (
        _PLACES[caret.place.kind],
        caret.place.boundary,
        len(caret.partial),
        min(caret.before.count(caret.partial + text[:first_end]), 4),
        _sort_of(caret.before[-1:]),
        _sort_of(text[0]),
        first_end,
        len(text),
    )


def _rival(voters: list[_Voter], first: str) -> float:
    """Return the share of votes for that next character which has most among those that want another word."""
    votes: dict[str, float] = {}
    for voter in voters:
        if not voter.echo.text.startswith(first):
            character = voter.echo.text[:1]
            votes[character] = votes.get(character, 0.0) + voter.weight
    return max(votes.values(), default=0.0) / sum(voter.weight for voter in voters)


def _about_votes(caret: Caret, voters: list[_Voter], count: _Count, end: int) -> tuple[float, ...]:
    """Return the last of the `FEATURES`: how the vote went for the first `end` characters."""
    behind = count.behind[end - 1]
    backers = set(map(id, behind))
    agreed = sorted((voter.echo.agreed for voter in behind), reverse=True)
    notes = {voter.echo.note for voter in behind}
    folder = caret.folder
    return (
        count.weights[end] / count.weights[0],
        min(after / before for before, after in pairwise(count.weights[: end + 1])),
        math.log(count.weights[0]),
        len(voters),
        len(behind),
        len(notes),
        sum(not voter.echo.note for voter in behind),
        sum(note.startswith(folder) and "/" not in note[len(folder) :] for note in notes if note),
        agreed[0],
        agreed[1] if len(agreed) > 1 else 0,
        max((voter.echo.agreed for voter in voters if id(voter) not in backers), default=0),
    )


def _sort_of(character: str) -> int:
    """Return 1 for Chinese, 2 letter, 3 digit, 4 space, 5 line end or nothing, 6 any other sign."""
    if _HAN.match(character):
        return 1
    if character.isalpha():
        return 2
    if character.isdigit():
        return 3
    return {" ": 4, "\n": 5, "": 5}.get(character, 6)
