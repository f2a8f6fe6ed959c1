"""A patient writer who types a note that exists, and takes every suggestion as far as it is right.

The rules, which decide what the figures of the ghost text benchmark mean:

- The note is typed from its first character to its last. After every character at which no ghost is visible
  the source is asked, unless the place forbids ghost text: as if the writer paused at every character.
- Whatever comes is shown. It was right where its first word is what the note goes on with; else it was wrong.
- A right ghost is taken at once: all of it by one key where all is right, else clause by clause and word by
  word as far as that is right, one key each. What is left stays visible until a typed character differs.
- A wrong ghost is typed over, and goes with the first character that differs.
- Keys saved are characters taken less keys pressed to take them.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache

from core.complete.model import CompletionRequest, Region, Suggestion
from core.complete.place import Place, PlaceKind, place_of, region_of
from core.complete.typed import next_sentence, next_word, typed_through

BEFORE = 4_000

Suggest = Callable[[CompletionRequest, Place], list[Suggestion]]


@dataclass
class Tally:
    """What happened while notes were typed; tallies add up."""

    characters: int = 0
    eligible: int = 0
    """Characters at places where ghost text may show."""
    requests: int = 0
    shown: int = 0
    right: int = 0
    """Shown with the right first word."""
    accepted: int = 0
    """Taken, in whole or in part; a right one of a single character is not worth a key."""
    wrong: int = 0
    wrong_characters: int = 0
    """Characters that were shown and did not come."""
    taken: int = 0
    keys: int = 0
    """Keys pressed to take them."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def figures(self) -> dict[str, float]:
        """Return the figures that are reported."""
        saved = self.taken - self.keys
        typed = self.characters - self.taken
        return {
            "characters": self.characters,
            "keystrokes_saved_percent": _percent(saved, self.characters),
            "eligible_percent": _percent(self.eligible, self.characters),
            "requests": self.requests,
            "shown": self.shown,
            "accepted": self.accepted,
            "first_word_right_percent": _percent(self.right, self.shown),
            "wrong_characters": self.wrong_characters,
            "wrong_shows_per_1000_characters": round(1000 * self.wrong / max(self.characters, 1), 1),
            "wrong_shows_per_1000_typed": round(1000 * self.wrong / max(typed, 1), 1),
        }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(whole, 1), 1)


def type_note(path: str, text: str, suggest: Suggest, *, in_code: bool) -> dict[PlaceKind, Tally]:
    """Type a note and return what happened, by the kind of place where it did."""
    tallies: dict[PlaceKind, Tally] = {}
    at = 0
    while at < len(text):
        place = place_of(text[max(0, at - BEFORE) : at], "", region=_region(text, at))
        tally = tallies.setdefault(place.kind, Tally())
        ghost = None
        if place.may_show(in_code=in_code):
            tally.requests += 1
            request = CompletionRequest(path, text[max(0, at - BEFORE) : at])
            ghost = next(iter(suggest(request, place)), None)
        step = _meet(ghost, text[at:], tally) if ghost else 1
        step = min(step, len(text) - at)
        tally.characters += step
        tally.eligible += step if place.may_show(in_code=in_code) else 0
        at += step
    return tallies


def _region(text: str, at: int) -> Region:
    """Return `region_of(text[:at])`, which most characters of a line do not change."""
    line = text.rfind("\n", 0, at) + 1
    return _region_before(text, at if set(text[line:at]) & set("`~%<>$-.") else line)


@lru_cache(maxsize=64)
def _region_before(text: str, at: int) -> Region:
    return region_of(text[:at])


def _meet(ghost: Suggestion, coming: str, tally: Tally) -> int:
    """Take or type over what is shown; return how many characters further the caret is when it is gone."""
    tally.shown += 1
    right = _common(ghost.text, coming)
    tally.wrong_characters += len(ghost.text) - right
    if right < len(next_word(ghost)):
        tally.wrong += 1
        return right + 1
    tally.right += 1
    taken, keys = _take(ghost, right)
    if taken > keys:
        tally.accepted += 1
        tally.taken += taken
        tally.keys += keys
    return right if right == len(ghost.text) else right + 1


def _take(ghost: Suggestion, right: int) -> tuple[int, int]:
    """Return (characters taken, keys pressed) of a ghost whose first `right` characters are right."""
    if right == len(ghost.text):
        return right, 1
    taken = keys = 0
    rest: Suggestion | None = ghost
    while rest is not None:
        step = next((s for s in (next_sentence(rest), next_word(rest)) if taken + len(s) <= right), "")
        if not step:
            break
        taken, keys = taken + len(step), keys + 1
        rest = typed_through(rest, step)
    return taken, keys


def _common(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
