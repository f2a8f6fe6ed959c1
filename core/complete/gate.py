"""The gate: how likely a candidate is right, and whether showing it is worth the risk.

The likelihood comes from boosted decision trees in `gate.json`, trained by `tests/bench/train_gate.py` on
notes of two vaults (csdiy-zh-en, logseq-docs-en); what it is worth on others, `dev.py bench ghost` says.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.complete.place import PlaceKind
from core.complete.vote import FEATURES, Candidate
from core.text.words import HAN

_FILE = Path(__file__).with_name("gate.json")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a suggestion must be worth to be shown."""

    least_likely: float
    """Its first word must be at least so likely."""
    price: float
    """What a wrong suggestion costs, in key presses."""
    least_gain: float = 1.0
    """Key presses it must save where its first word is right, beyond the price of the risk."""
    most_gain: float = math.inf
    """Key presses beyond these do not make up for a risk: most of a long text is still there to be offered
    a character later, when it is surer."""


UNASKED = Terms(0.35, 9.5, 0.3, 4.0)
"""For ghost text that nobody asked for; set on part 0 of the benchmark's notes, its figures are of part 1."""
ASKED = Terms(0.05, 0.5, 0.3)
"""For a person who pressed the key and would rather see something."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The best length of one candidate."""

    end: int
    words: int
    likely: float
    """How likely the first word is right."""
    value: float
    """Key presses to be expected as saved, less the price of the risk."""


class Gate:
    """Boosted trees over the evidence of a vote."""

    def __init__(self, model: dict[str, Any]) -> None:
        if model["features"] != list(FEATURES) or model["places"] != list(PlaceKind):
            raise ValueError("the gate was trained on other evidence")
        self._base: float = model["base"]
        self._trees: list[list[list[float]]] = model["trees"]

    def likelihood(self, evidence: Sequence[float]) -> float:
        """Return how likely a text with this evidence is right to its end, 0 to 1."""
        score = self._base
        for tree in self._trees:
            node = tree[0]
            while len(node) > 1:
                feature, threshold, below, above = node
                node = tree[int(below if evidence[int(feature)] <= threshold else above)]
            score += node[0]
        return 1 / (1 + math.exp(-score))

    def judge(self, candidate: Candidate, terms: Terms) -> Judgement | None:
        """Return the length at which showing the candidate pays best, None where it does not pay.

        A text that is right to its end is taken with one key; one that is right for some words, with one
        key a word.
        """
        sure = self._falling(candidate)
        if sure[0] < terms.least_likely:
            return None
        best, partly = Judgement(0, 0, sure[0], float("-inf")), 0.0
        for number, (likely, end) in enumerate(zip(sure, candidate.ends, strict=True)):
            value = partly + likely * (end - 1)
            if value > best.value:
                best = Judgement(end, number + 1, sure[0], value)
            following = sure[number + 1] if number + 1 < len(sure) else 0.0
            partly += (likely - following) * (end - number - 1)
        risk = terms.price * (1 - best.likely) / _keys_a_character(candidate.text[: best.end])
        if min(best.value, terms.most_gain * best.likely) - risk < terms.least_gain * best.likely:
            return None
        return Judgement(best.end, best.words, best.likely, best.value - risk)

    def _falling(self, candidate: Candidate) -> list[float]:
        """Return the likelihood up to each word's end; a longer text is never likelier than a shorter one."""
        least, result = 1.0, []
        for evidence in candidate.evidence:
            least = min(least, self.likelihood(evidence))
            result.append(least)
        return result


def _keys_a_character(text: str) -> float:
    """Return 1 for letters, up to 3 for Chinese: so many has a syllable of pinyin."""
    return 1 + 2 * len(_HAN.findall(text)) / len(text) if text else 1.0


@cache
def default_gate() -> Gate:
    """Return the gate that comes with the program."""
    return Gate(json.loads(_FILE.read_text(encoding="utf-8")))
