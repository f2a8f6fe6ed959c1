"""What passages of a few words have to make up for.

A heading without a text, a lone link or a line of a list looks nearer to any question than it is: there is
little in it that could be about something else. It seldom answers anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from core.search.fusion import Candidate

LOST = 1.0
"""What a passage without any words would lose.

nDCG@10 on the known-item questions at 0, .5, 1, 1.5, means of two indexes: English .812, .817, .817, .815;
Chinese .808, .815, .815, .817; around links .737, .736, .734, .734 (without the linking sentences themselves
.571, .572, .573, .575).
"""
BRIEF = 180
"""Bytes after which a third of that is left: thirty English words or sixty Chinese characters. Anything from
120 to 350 does as well."""


def weigh_brevity(candidates: Iterable[Candidate]) -> None:
    """Let brief passages start behind."""
    for candidate in candidates:
        # In UTF-8 a word of either language takes some six bytes.
        candidate.signals["brevity"] = -LOST * math.exp(-len(candidate.row.text.encode()) / BRIEF)
