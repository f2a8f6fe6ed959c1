"""Finding one of many names by a few letters of it; Chinese ones by the initials of their pinyin as well.

All names stand in one string of keys, a line each, so that a search is one pass of the expression engine:
20 000 names take some milliseconds.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from core.text.folding import fold_text
from core.text.words import HAN

_HAN = re.compile(f"[{HAN}]")
_READING = "\t"
MOST_READINGS = 4
"""Ways to read a name that are kept: 重庆 is found as `cq` and as `zq`."""
_LOOKED_AT = 400
"""Hits that are ranked, at most; the names stand in an order that puts likely ones first."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name, and what it is a name of."""

    text: str
    detail: str = ""
    """For a note's name its path, for others empty."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Names, the likeliest first, and the keys they are found by."""

    entries: tuple[Term, ...] = ()
    keys: str = ""


def make_terms(entries: Iterable[Term]) -> Terms:
    """Return the terms with their keys; loads the pinyin dictionary if any of them is Chinese."""
    kept = tuple(entry for entry in entries if entry.text.strip())
    return Terms(kept, "\n".join(_key(entry.text) for entry in kept))


def find_terms(terms: Terms, query: str, limit: int) -> list[Term]:
    """Return the best terms for what was typed, best first; all are as good for an empty query."""
    wanted = fold_text(query).strip()
    if not wanted:
        return list(terms.entries[:limit])
    ranks: dict[int, tuple[int, int]] = {}
    patterns = (re.escape(wanted), r"[^\n\t]*?".join(map(re.escape, wanted.replace(" ", ""))))
    for pattern in patterns:
        for number, rank in islice(_hits(terms.keys, pattern, len(wanted)), _LOOKED_AT):
            ranks[number] = min(rank, ranks.get(number, rank))
        if len(ranks) >= limit:
            break
    best = sorted(ranks, key=lambda number: (ranks[number], number))
    return [terms.entries[number] for number in best[:limit]]


def _hits(keys: str, pattern: str, length: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the line of each hit and its rank: whole, beginning, word, reading, inside, scattered."""
    line, seen = 0, 0
    for found in re.finditer(pattern, keys):
        start, end = found.span()
        line += keys.count("\n", seen, start)
        seen = start
        begin = keys.rfind("\n", 0, start) + 1
        name_end = keys.find(_READING, begin)
        size = (name_end if name_end >= 0 else len(keys)) - begin
        yield line, (_place(keys, begin, start, end, length=length, size=size), size)


def _place(keys: str, begin: int, start: int, end: int, *, length: int, size: int) -> int:
    is_scattered = end - start > length
    in_reading = start - begin >= size
    if is_scattered:
        return 6 if start == begin else 7
    if in_reading:
        return 3 if keys[start - 1] == _READING else 5
    if start == begin:
        return 0 if end - begin == size else 1
    return 4 if keys[start - 1].isalnum() else 2


def _key(name: str) -> str:
    folded = fold_text(name).replace("\n", " ").replace(_READING, " ")
    return folded + _READING + _READING.join(_initials(folded))


def _initials(name: str) -> list[str]:
    """Return how a name with Chinese in it is abbreviated in pinyin, one text for each way to read it."""
    if not _HAN.search(name):
        return []
    letters = [_initials_of(ord(sign)) if _HAN.match(sign) else sign for sign in name if sign.isalnum()]
    readings = product(*letters)
    return list(dict.fromkeys("".join(reading) for reading in islice(readings, MOST_READINGS)))


def _initials_of(code: int) -> str:
    """Return the initials that a character can have, the usual one first; itself where it has none."""
    readings = _pinyin().get(code, "")
    initials = (unicodedata.normalize("NFD", reading)[:1] for reading in readings.split(","))
    return "".join(dict.fromkeys(initials)) or chr(code)


@cache
def _pinyin() -> dict[int, str]:
    """Load the readings of single characters, 70 ms and 13 MiB; not those of phrases, five times as much."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    return dict(PINYIN_DICT)
