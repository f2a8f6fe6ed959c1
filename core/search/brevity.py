"""A handicap for passages of a few words.

A heading without text, a lone link or one line of a list looks closer to any question than it is: there is
little in it that could be about something else. It seldom answers anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from core.search.fusion import Candidate

LOST = 0.7
"""The handicap of a passage without any words.

nDCG@10 on the known-item questions at 0, .5, .7, 1: English .816, .819, .823, .823; Chinese .810, .812, .809,
.809; around links .746, .742, .740, .735, a loss owed to the linking sentences themselves: without them .571,
.572, .572, .573.
"""
BRIEF = 180
"""Bytes of text at which a third of the handicap is left: thirty English words or sixty Chinese characters.
Anything from 120 to 350 does as well."""


def weigh_brevity(candidates: Iterable[Candidate]) -> None:
    """Give brief passages their handicap."""
    for candidate in candidates:
        # In UTF-8 a word of either language takes some six bytes.
        candidate.signals["brevity"] = -LOST * math.exp(-len(candidate.row.text.encode()) / BRIEF)
