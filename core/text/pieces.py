"""Cutting a text that is too long where it hurts least.

Borders from best to worst: blank lines, lines, sentences, spaces and marks, between any two characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from core.text import tokens, words

Span = tuple[int, int]

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n")


def split(text: str, limit: int) -> list[Span]:
    """Return spans that together are `text`, in order, each of at most `limit` tokens by `tokens.count`."""
    return list(_split(text, 0, len(text), limit, 0))


def _split(text: str, start: int, end: int, limit: int, level: int) -> Iterator[Span]:
    if tokens.count(text[start:end]) <= limit:
        if start < end:
            yield (start, end)
    elif level == len(_LEVELS):
        yield from _anywhere(text, start, end, limit)
    else:
        borders = [start + border for border in _LEVELS[level](text[start:end])]
        parts = list(zip([start, *borders], [*borders, end], strict=True))
        for packed_start, packed_end in _packed(text, parts, limit):
            yield from _split(text, packed_start, packed_end, limit, level + 1)


def _packed(text: str, parts: Iterable[Span], limit: int) -> Iterator[Span]:
    """Join neighbours as long as they fit."""
    held: Span | None = None
    size = 0
    for start, end in parts:
        cost = tokens.count(text[start:end])
        if held is not None and size + cost <= limit:
            held, size = (held[0], end), size + cost
            continue
        if held is not None:
            yield held
        held, size = (start, end), cost
    if held is not None:
        yield held


def _anywhere(text: str, start: int, end: int, limit: int) -> Iterator[Span]:
    while start < end:
        cut = min(end, tokens.fitting(text, start, limit))
        yield (start, cut)
        start = cut


def _ends(pattern: re.Pattern[str]) -> Callable[[str], list[int]]:
    return lambda text: [match.end() for match in pattern.finditer(text) if match.end() < len(text)]


_LEVELS: tuple[Callable[[str], list[int]], ...] = (
    _ends(_BLANK_LINE),
    _ends(_LINE),
    words.sentence_ends,
    words.gap_ends,
)
