"""Cutting a text that is too long where it hurts least.

Borders from best to worst: blank lines, lines, sentences, spaces and marks, between any two characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import ceil

from core.text import tokens, words

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n")
_LEAST = 0.5  # of what would fit; a better border nearer to the start makes pieces too small to be worth it


def split(text: str, limit: int) -> Iterator[words.Span]:
    """Yield spans that together are `text`, in order, about equal, each of at most `limit` tokens."""
    total = tokens.count(text)
    if total <= limit:
        yield (0, len(text))
        return
    even = ceil(total / ceil(total / limit))
    room = min(limit, even + even // 8)  # some freedom to choose the border
    start = 0
    while start < len(text):
        end = _cut(text, start, room)
        yield (start, end)
        start = end


def _cut(text: str, start: int, limit: int) -> int:
    """Return where the piece that begins at `start` had better end."""
    reach = tokens.fitting(text, start, limit)
    if reach == len(text):
        return reach
    window = text[start : reach + 1]  # one more, to see what follows a border
    for borders in _BORDERS:
        last = max(borders(window), default=0)
        if last >= _LEAST * len(window):
            return min(reach, start + len(window) - len(window[last:].lstrip(" \t")))
    return reach


def _ends(pattern: re.Pattern[str]) -> Callable[[str], list[int]]:
    return lambda text: [match.end() for match in pattern.finditer(text) if match.end() < len(text)]


_BORDERS = (_ends(_BLANK_LINE), _ends(_LINE), words.sentence_ends, words.gap_ends)
