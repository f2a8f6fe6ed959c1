"""Where the text before the caret has stood before in the same note; pure."""

from __future__ import annotations

from core.complete.phrases import Echo
from core.complete.segment import DEPTH, LONGEST, agreement

_LENGTHS = (24, 16, 12, 9, 7, 5, 4, 3)
"""Context lengths that are tried, longest first."""
_MOST_A_LENGTH = 8
_MOST = 24


def own_echoes(before: str, partial: str = "") -> list[Echo]:
    """Return places of `before` whose context agrees with its end, longest agreement and latest first.

    Args:
        partial: the word that is being typed; it is looked for however short it is.
    """
    lengths = sorted({*_LENGTHS, len(partial)} - {0}, reverse=True)
    context = before[-DEPTH:][::-1]
    found: dict[int, Echo] = {}
    for length in (length for length in lengths if length < len(before)):
        place = len(before)
        for _ in range(_MOST_A_LENGTH):
            place = before.rfind(before[-length:], 0, place - 1) + length
            if place < length or len(found) == _MOST:
                break
            if place not in found:
                agreed = agreement(context, before[max(place - DEPTH, 0) : place][::-1])
                start = place - agreed
                found[place] = Echo(agreed, "", before[place : place + LONGEST], before[:start][-1:])
    return list(found.values())
