"""Lines as a page was set, joined to paragraphs as they were written."""

from __future__ import annotations

import re
import unicodedata

_HYPHEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
_JOINED_WORD = re.compile(f"(?<=[^\\W\\d_]){_HYPHEN}(?=[^\\W\\d_])")
"""A word that PDFium has put together itself, with its mark where the line ended."""
_FULL = 0.72
"""A line at least this share of the longest one runs on; a shorter one ends its paragraph."""
_LONG_ENOUGH = 24  # columns; below that a page is a list or a table, not prose
_ITEM = re.compile(
    r"\s*(?:[-*•·●○▪■–—§#|]|\(?\d{1,3}[.)、]|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第.{1,4}[章节条])"
)
_LIGATURE_BREAK = re.compile(r"(\w)[-\u2010]$")


def paragraphs(text: str) -> str:
    """Return the lines of a page with those that run on joined, and blank lines between paragraphs.

    A Chinese line is joined without a space; a word that was hyphenated at the end of its line is made whole.
    A form feed stands between blocks, whose lines are measured on their own.
    """
    return "\n\n".join(filter(None, map(_block, text.split("\f"))))


def _block(text: str) -> str:
    text = _JOINED_WORD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in text.split("\n")]
    widths = sorted((columns(line) for line in lines if line.strip()), reverse=True)
    full = _FULL * widths[len(widths) // 10] if widths else 0  # one long table row is no measure
    joined: list[str] = []
    runs_on = False
    for line in lines:
        if joined and runs_on and line.strip() and not _ITEM.match(line):
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line.replace(_HYPHEN, "-"))
        runs_on = columns(line) >= max(full, _LONG_ENOUGH) and bool(line.strip())
    return "\n\n".join(line for line in joined if line.strip())


def join(line: str, following: str) -> str:
    """Return two lines of one paragraph as one."""
    line, following = line.rstrip(), following.replace(_HYPHEN, "-").strip()
    if not line or not following:
        return line + following
    if line.endswith(_HYPHEN) or (line[-1] == "-" and _is_broken_word(line, following)):
        return line[:-1] + following
    return line + following if _is_wide(line[-1]) or _is_wide(following[0]) else f"{line} {following}"


def columns(line: str) -> int:
    """Return how wide a line is set, a Chinese character counting two."""
    return sum(2 if _is_wide(character) else 1 for character in line)


def _is_broken_word(line: str, following: str) -> bool:
    return len(line) > 2 and line[-2].islower() and line[-2].isalpha() and following[0].islower()


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
