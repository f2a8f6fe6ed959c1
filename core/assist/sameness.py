"""Whether two candidates say the same, so that a person need not read both."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from core.assist.terms import tokens_of

SAME = 0.92
"""Share of equal words in equal order from which two texts count as one. One article or adverb more in a
sentence leaves 0.93 to 0.96, the same thing said in other words 0.2 to 0.87."""


def same_as(text: str, others: Sequence[str]) -> int | None:
    """Return the place in `others` of the first text that says the same, None where all differ."""
    own = tokens_of(text)
    for place, other in enumerate(others):
        theirs = tokens_of(other)
        if own == theirs or _share(own, theirs) >= SAME:
            return place
    return None


def _share(a: Sequence[str], b: Sequence[str]) -> float:
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # The quick bounds spare the exact comparison for most pairs.
    return matcher.ratio() if matcher.real_quick_ratio() >= SAME and matcher.quick_ratio() >= SAME else 0.0
