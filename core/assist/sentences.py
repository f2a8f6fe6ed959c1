"""The sentences of a passage that can be quoted, each with its line in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.search.model import Passage
from core.text import words

LONGEST_JOINED = 160
"""In characters."""

_FENCE = re.compile(
    r"^[ \t>]*(?P<mark>```+|~~~+).*?(?:^[ \t>]*(?P=mark)[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"%%.*?%%|<!--.*?-->", re.DOTALL)
_DEFINITION = re.compile(
    r"""^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*$""",
    re.MULTILINE,
)
"""Where a link leads, `[words]: address "title"`; a footnote's text is prose."""
_LEADING_MARKS = re.compile(
    r"(?:[-*+][ \t]+(?:\[.\][ \t]+)?|\d{1,9}[.)][ \t]+|>[ \t]?(?:\[![\w-]+\][-+]?[ \t]*)?)+"
)
_BLANK_LINE_AT_END = re.compile(r"\n[ \t]*\n[ \t]*\Z")
_HEADING = re.compile(r"#{1,6}[ \t]")
_ONLY_MARKUP = re.compile(r"[\W_]*\Z|(?:!?\[[^\]]*\]\([^)]*\)|!?\[\[[^\]]*\]\]|https?://\S+|[\s*_|-])+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence word for word, the passage it stands in (from 0) and the line it begins on."""

    text: str
    passage: int
    line: int
    end_line: int
    table_head: str = ""
    """What the columns are called, for a row of a table."""


def sentences_of(passage: Passage, number: int = 0) -> list[Sentence]:
    """Return what of a passage can be quoted: no headings, code, comments, front matter, no links alone."""
    text = _blanked(passage.text)
    found: list[Sentence] = []
    for start, end in _whole(text, words.sentences(text)):
        marks = _LEADING_MARKS.match(text, start, end)
        begin = marks.end() if marks else start
        piece = text[begin:end].rstrip()
        if not piece or _HEADING.match(piece) or _ONLY_MARKUP.match(piece):
            continue
        line = passage.start_line + text.count("\n", 0, begin)
        # A piece of one long line has no line breaks to count.
        last = min(line + piece.count("\n"), passage.end_line)
        head = _table_head(found, piece, text[:begin])
        found.append(Sentence(piece, number, min(line, passage.end_line), last, head))
    return found


def as_passage(text: str, *, first_line: int = 1) -> Passage:
    """Return a text that is no find as a passage of no note, for what works on passages."""
    return Passage("", "", "", (), first_line, first_line + text.count("\n"), text, "", 0.0)


def _table_head(before: list[Sentence], piece: str, text_before: str) -> str:
    """Return the first row of the table that `piece` is a later row of."""
    if not (piece.startswith("|") and before and before[-1].text.startswith("|")):
        return ""
    if _BLANK_LINE_AT_END.search(text_before):
        return ""
    return before[-1].table_head or before[-1].text


def _whole(text: str, spans: list[words.Span]) -> list[words.Span]:
    """Join what a semicolon divided, unless it becomes too long to read at a glance."""
    joined: list[words.Span] = []
    for start, end in spans:
        before = joined[-1] if joined else (0, 0)
        goes_on = text[before[0] : before[1]].endswith(("；", ";")) and "\n\n" not in text[before[1] : start]
        if goes_on and end - before[0] <= LONGEST_JOINED:
            joined[-1] = (before[0], end)
        else:
            joined.append((start, end))
    return joined


def _blanked(text: str) -> str:
    """Return `text` at equal offsets with spaces in place of what is not prose; line breaks stay."""
    for pattern in (_FRONT_MATTER, _FENCE, _COMMENT, _DEFINITION):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text
