"""A session's name, made from the first thing that was asked in it."""

from __future__ import annotations

import re

from core.text.words import has_han

LONGEST = 48
"""Columns; a Chinese character takes two."""

_POLITE = re.compile(
    r"\A(?:(?:please|can you|could you|would you|tell me|hi|hello)\b[,\s]*"
    r"|(?:请问|请你?|麻烦你?|你好|帮我|能不能|可以)[，,\s]*)+",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^[#>\-*\s]+|[*_`]+|\[\[|\]\]", re.MULTILINE)


def title_of(text: str) -> str:
    """Return the first line of a question without politeness and markup, cut where a word ends."""
    bare = _MARKUP.sub("", text).strip()
    line = next((line.strip() for line in bare.split("\n") if line.strip()), "")
    line = _POLITE.sub("", line) or line
    short = _cut(line.rstrip("?？。.!！ "))
    return short[:1].upper() + short[1:]


def _cut(line: str) -> str:
    width = 0
    for place, char in enumerate(line):
        width += 2 if has_han(char) else 1
        if width > LONGEST:
            head = line[:place]
            space = head.rfind(" ")
            return (head[:space] if space > place // 2 else head).rstrip(" ,，、;；:：") + "…"
    return line
