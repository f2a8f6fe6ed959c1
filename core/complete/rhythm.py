"""When ghost text may show: the person's typing rhythm, their refusals, and what they tend to take.

Pure; clocks are injected, and whoever owns a `History` stores what `to_dict` gives.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.complete.model import Fate, Kind, Outcome, Source

SHORTEST_PAUSE_S = 0.12
LONGEST_PAUSE_S = 0.6
FIRST_PAUSE_S = 0.3
"""Before a rhythm is known; editors with ghost text wait 0.2 to 0.6 s."""
_KEYS_KEPT = 48
_KEYS_NEEDED = 8
_THINKING_S = 1.5
"""A longer gap is thinking, not typing, and tells nothing of the rhythm."""
_SLOW_SHARE = 0.9
_MARGIN = 1.2
_AT_BOUNDARY = 0.6
"""At the end of a clause people look up sooner than within one."""


class Rhythm:
    """Tells how long a gap must last to be a pause and not this person's next key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None
        self._gaps: deque[float] = deque(maxlen=_KEYS_KEPT)

    def key(self) -> None:
        """Note one key press, or one commit of an input method."""
        now = self._clock()
        if self._last is not None and 0 < now - self._last < _THINKING_S:
            self._gaps.append(now - self._last)
        self._last = now

    def pause_s(self, *, boundary: bool = False) -> float:
        """Return the seconds of quiet after which ghost text may show.

        It is a little more than nine in ten gaps between this person's keys, within bounds; less at a
        `boundary`, where a sentence, clause, item or line begins.
        """
        pause = FIRST_PAUSE_S
        if len(self._gaps) >= _KEYS_NEEDED:
            gaps = sorted(self._gaps)
            pause = gaps[int(len(gaps) * _SLOW_SHARE)] * _MARGIN
        if boundary:
            pause *= _AT_BOUNDARY
        return min(max(pause, SHORTEST_PAUSE_S), LONGEST_PAUSE_S)


REFUSALS_IN_A_ROW = 2
FIRST_QUIET_S = 30.0
LONGEST_QUIET_S = 600.0
_PLACES_KEPT = 200
_CONTEXT = 48  # characters before the caret that make it the same place


class Restraint:
    """Holds ghost text back where and while the person does not want it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._in_a_row = 0
        self._quiet_until = float("-inf")
        self._refused: OrderedDict[tuple[str, str], None] = OrderedDict()

    @property
    def quiet(self) -> bool:
        """Whether to offer nothing unasked: two refusals in a row, longer with every further one."""
        return self._clock() < self._quiet_until

    def refused(self, before: str, text: str) -> None:
        """The person refused `text` at the caret behind `before`."""
        self._refused[before[-_CONTEXT:], text] = None
        if len(self._refused) > _PLACES_KEPT:
            self._refused.popitem(last=False)
        self._in_a_row += 1
        if self._in_a_row >= REFUSALS_IN_A_ROW:
            wait = FIRST_QUIET_S * 2.0 ** (self._in_a_row - REFUSALS_IN_A_ROW)
            self._quiet_until = self._clock() + min(wait, LONGEST_QUIET_S)

    def accepted(self) -> None:
        """The person took a suggestion, in whole or in part, or asked for one."""
        self._in_a_row = 0
        self._quiet_until = float("-inf")

    def refused_here(self, before: str) -> tuple[str, ...]:
        """Return what may not be offered behind `before`.

        That is what was refused there, and what is left of it where its beginning was typed since.
        """
        found: list[str] = []
        for context, text in self._refused:
            at = before.rfind(context)
            typed = before[at + len(context) :]
            if at >= 0 and len(typed) < len(text) and text.startswith(typed):
                found.append(text[len(typed) :])
        return tuple(found)


@dataclass(slots=True)
class _Tally:
    shown: int = 0
    accepted: int = 0
    shown_characters: int = 0
    taken_characters: int = 0


_PRIOR_SHOWN = 8.0
_PRIOR_RATE = 0.5
_FORGET_AFTER = 400
"""Counts are halved there, so that habits of long ago fade."""


class History:
    """How often and how far this person takes suggestions, by kind and source.

    What is remembered and shown again is the model's, and counts for it.
    """

    def __init__(self) -> None:
        self._tallies: dict[tuple[Kind, Source], _Tally] = {}

    def add(self, outcome: Outcome) -> None:
        """Count what became of a suggestion; it is shown once and accepted at most once."""
        author = _author(outcome.suggestion.source)
        tally = self._tallies.setdefault((outcome.suggestion.kind, author), _Tally())
        if outcome.fate is Fate.SHOWN:
            tally.shown += 1
            tally.shown_characters += len(outcome.suggestion.text)
        elif outcome.fate is Fate.ACCEPTED:
            tally.accepted += 1
            tally.taken_characters += len(outcome.taken)
        if tally.shown > _FORGET_AFTER:
            _halve(tally)

    def rate(self, kind: Kind, source: Source) -> float:
        """Return the share of such suggestions that is taken, 0.5 where little is known."""
        tally = self._tallies.get((kind, _author(source)), _Tally())
        return (tally.accepted + _PRIOR_RATE * _PRIOR_SHOWN) / (tally.shown + _PRIOR_SHOWN)

    def appetite(self, source: Source) -> float:
        """Return how much more than usual this person takes from a source: 1 where little is known."""
        tallies = [tally for (_, of), tally in self._tallies.items() if of is source]
        shown, accepted = sum(t.shown for t in tallies), sum(t.accepted for t in tallies)
        return (accepted + _PRIOR_RATE * _PRIOR_SHOWN) / (shown + _PRIOR_SHOWN) / _PRIOR_RATE

    def share_taken(self, kind: Kind, source: Source) -> float:
        """Return how much of the text of such suggestions is taken, 0 to 1, 0.5 where little is known."""
        tally = self._tallies.get((kind, _author(source)), _Tally())
        known = 20.0 * _PRIOR_SHOWN  # twenty characters a suggestion
        return min((tally.taken_characters + _PRIOR_RATE * known) / (tally.shown_characters + known), 1.0)

    def to_dict(self) -> dict[str, list[int]]:
        """Return plain values for JSON."""
        return {
            f"{kind}/{source}": [
                tally.shown,
                tally.accepted,
                tally.shown_characters,
                tally.taken_characters,
            ]
            for (kind, source), tally in self._tallies.items()
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> History:
        """Return the history that `to_dict` gave; entries that make no sense are passed over."""
        history = cls()
        for name, counts in data.items():
            kind, _, source = name.partition("/")
            if kind in set(Kind) and source in set(Source) and _are_counts(counts):
                history._tallies[Kind(kind), Source(source)] = _Tally(*counts)
        return history


def _author(source: Source) -> Source:
    return Source.MODEL if source is Source.CACHE else source


def _are_counts(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(type(n) is int and n >= 0 for n in value)


def _halve(tally: _Tally) -> None:
    tally.shown //= 2
    tally.accepted //= 2
    tally.shown_characters //= 2
    tally.taken_characters //= 2
