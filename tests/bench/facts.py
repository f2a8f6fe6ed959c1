"""How the fact check judges by words alone: sentences as they stand, cut short, renumbered, negated, foreign.

Paragraphs of XQuAD in English and Chinese serve as the notes. Each claim meets the paragraph it was made from
(a foreign one meets eight others, as a search would bring them). `--seed N` draws other cases.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from core.assist.claims import claims_of
from core.assist.facts import by_words
from core.assist.model import Verdict
from core.search.model import Passage
from tests.bench.report import publish
from tests.bench.vaults import REAL

CASES = 200
"""Of each kind and language."""
LANGUAGES = {"en": "xquad-en-en", "zh": "xquad-zh-zh"}
_NEGATIONS = (
    (re.compile(r"\b(is|was|are|were|has|had|can|could|will|would|did)\b(?! not)"), r"\1 not"),
    (re.compile(r"(?<![不没])(是|有|能|会|可以|已经)"), r"不\1"),
)


def passages(language: str) -> list[Passage]:
    """Return the paragraphs of one language."""
    lines = (
        (REAL.parent / "retrieval" / LANGUAGES[language] / "corpus.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return [
        Passage(row["id"], row["id"], "", (), 1, 1 + row["text"].count("\n"), row["text"], "", 0.0)
        for row in map(json.loads, lines)
    ]


def claims(found: list[Passage], chance: random.Random) -> Iterator[tuple[str, Passage]]:
    """Yield claims of random paragraphs, for ever."""
    while True:
        passage = chance.choice(found)
        if said := claims_of(passage.text):
            yield chance.choice(said).text, passage


def renumbered(claim: str, chance: random.Random) -> str:
    """Return the claim with its first number changed; the same where it has none."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) + chance.randint(1, 9)), claim, count=1)


def cut_short(claim: str) -> str:
    """Return the claim up to its last comma, still true; the same where it has none."""
    head, comma, _ = claim.replace("，", ",").rpartition(",")
    return head if comma and len(head) > len(claim) / 2 else claim


def negated(claim: str) -> str:
    """Return the claim with its first verb negated; the same where none is found."""
    for pattern, put in _NEGATIONS:
        changed = pattern.sub(put, claim, count=1)
        if changed != claim:
            return changed
    return claim


def shares(language: str, chance: random.Random) -> dict[str, float]:
    """Return how often each kind of claim got the verdict that it should not miss or should never get."""
    found = passages(language)
    kinds = {
        "honest": lambda c: c,
        "cut": cut_short,
        "renumbered": lambda c: renumbered(c, chance),
        "negated": negated,
    }
    got: Counter[tuple[str, Verdict]] = Counter()
    for kind, change in kinds.items():
        drawn = ((change(c), c, p) for c, p in claims(found, chance))
        for claim, _, passage in islice((d for d in drawn if kind == "honest" or d[0] != d[1]), CASES):
            got[kind, by_words(claim, [passage])[0]] += 1
    for claim, passage in islice(claims(found, chance), CASES):
        others = [p for p in chance.sample(found, 9) if p.id != passage.id][:8]
        got["foreign", by_words(claim, others)[0]] += 1
    return {f"{kind}_{verdict.value}": count / CASES for (kind, verdict), count in sorted(got.items())}


def main() -> None:
    """Measure and print."""
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    result = {
        f"{language}_{name}": share
        for language in LANGUAGES
        for name, share in shares(language, random.Random(seed)).items()
    }
    publish({**result, "cases": CASES, "seed": seed})


if __name__ == "__main__":
    main()
