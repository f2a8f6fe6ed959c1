"""The line of a passage that answers to the words of a search. No Qt in here."""

from __future__ import annotations

import re

_MARKS = re.compile(r"^[\s>]*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+)?|\*\*|__|~~|==|`|!?\[\[|\]\]")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FENCE = "---"


def best_line(text: str, words: str) -> tuple[int, str]:
    """Return the number (from 0) and the words of the line that holds most of the words.

    Of equal lines the first wins, but front matter and blank lines only where there is nothing else, and
    without words no heading either, which would repeat the hit's title. Words in Chinese, which are not
    parted by spaces, also count by pairs of characters.
    """
    lines = text.split("\n")
    wanted = _terms(words)
    begins = _front_matter_end(lines)
    ranked = [
        (
            sum(len(term) for term in wanted if term in line.casefold()),
            number >= begins and bool(line.strip()),
            bool(wanted) or _HEADING.match(line) is None,
            -number,
        )
        for number, line in enumerate(lines)
    ]
    number = -max(ranked, key=lambda rank: (rank[1] and rank[0] > 0, *rank))[-1]
    return number, " ".join(_MARKS.sub("", lines[number]).split())


def _terms(words: str) -> set[str]:
    terms = set(words.casefold().split())
    pairs = {term[n : n + 2] for term in terms if not term.isascii() for n in range(len(term) - 1)}
    return terms | pairs


def _front_matter_end(lines: list[str]) -> int:
    """Return the first line behind the front matter, 0 where there is none."""
    if lines[0].rstrip() != _FENCE:
        return 0
    return next((n + 1 for n in range(1, len(lines)) if lines[n].rstrip() == _FENCE), 0)
