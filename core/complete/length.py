"""How long a suggestion of the model should be, from the place and from what the person tends to take."""

from __future__ import annotations

from dataclasses import dataclass

from core.complete.model import Kind
from core.complete.place import Place, PlaceKind

_SELDOM_TAKEN_WHOLE = 0.3
"""Whoever takes less than that of what is shown is shown less."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The length that a place calls for."""

    kind: Kind
    max_tokens: int
    stop: tuple[str, ...] = ("\n",)
    clause: bool = False
    """Whether the first clause is enough."""


_LINE = Wanted(Kind.LINE, 40)
_BY_PLACE = {
    PlaceKind.HEADING: Wanted(Kind.LINE, 24),
    PlaceKind.TABLE: Wanted(Kind.LINE, 64),
    PlaceKind.PROPERTY: Wanted(Kind.LINE, 24),
    PlaceKind.INLINE_CODE: Wanted(Kind.WORD, 16, ("`", "\n")),
    PlaceKind.TARGET: Wanted(Kind.WORD, 24, (")", "\n")),
    PlaceKind.ITEM: Wanted(Kind.ITEM, 64),
    PlaceKind.EMPTY: Wanted(Kind.PARAGRAPH, 200, ("\n\n",)),
    PlaceKind.CODE: Wanted(Kind.LINE, 48),
}
_SENTENCE = Wanted(Kind.SENTENCE, 64)
_CLAUSE = Wanted(Kind.SENTENCE, 32, clause=True)


def wanted(place: Place, share_taken: float) -> Wanted:
    """Return the length of a suggestion at `place`.

    Args:
        share_taken: how much of such suggestions the person takes, 0 to 1, from `History.share_taken`.
    """
    if place.rest.strip():
        return _CLAUSE
    plain = _BY_PLACE.get(place.kind, _SENTENCE)
    if share_taken < _SELDOM_TAKEN_WHOLE:
        return _SENTENCE if plain.kind is Kind.PARAGRAPH else _CLAUSE if plain is _SENTENCE else plain
    return plain
