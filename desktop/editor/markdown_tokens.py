"""One line of Markdown -> what stands where in it, for light highlighting; no toolkit in here.

Deliberately not a parser: one line at a time and one number of state between lines, so that a key press
costs microseconds in a note of any length. Columns count code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

NORMAL = -1
"""State after an ordinary line: Qt's own value for "none", so that unstyled lines need no second look."""
FRONT_MATTER = 1
MATH = 2
COMMENT = 3
_FENCE = 16
"""Fence states begin here: twice the length of the fence, plus one for tildes."""

LONGEST_EMPHASIS = 5_000
LONGEST_SPANS = 50_000
"""Longer lines are pasted data: looking for pairs in them would cost more than it shows."""


class Kind(Enum):
    """What a stretch of text is."""

    HEADING_1 = auto()
    HEADING_2 = auto()
    HEADING_3 = auto()
    HEADING = auto()
    MARK = auto()
    """Characters that are Markdown and not words."""
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    HIGHLIGHT = auto()
    CODE = auto()
    CODE_WORD = auto()
    """What the language of the code reserves."""
    CODE_NAME = auto()
    """What is defined, built in or a tag."""
    CODE_TEXT = auto()
    CODE_NUMBER = auto()
    CODE_REMARK = auto()
    MISSPELT = auto()
    LINK = auto()
    TAG = auto()
    QUOTE = auto()
    DONE = auto()
    MATH = auto()
    COMMENT = auto()
    FRONT_MATTER = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a line, `end` exclusive."""

    start: int
    end: int
    kind: Kind


_OPENING_FENCE = re.compile(r"[ \t>]*(?:[-*+] +)?(?P<mark>`{3,}(?!.*`)|~{3,})")
_CLOSING_FENCE = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})[ \t]*$")
_LANGUAGE = re.compile(r"[ \t]*\{?[ \t.]*(?P<name>[\w+#.-]+)")
_HEADING = re.compile(r"(?P<marks> {0,3}#{1,6}|[ \t]*[-*+] #{1,6})(?:[ \t]|$)")
_QUOTE = re.compile(r"[ \t]*(?:>[ ]?)+(?:\[![\w-]+\][+-]?)?")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)(?:[ \t]+(?P<task>\[[ xX]\])(?=[ \t]|$))?")
_TABLE = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_PROPERTY = re.compile(r"[ \t]*(?:[-*+] )?[\w-]+::(?= |$)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SPANS = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<comment>%%.*?%%|<!--.*?-->)"
    r"|(?P<wiki>!?\[\[[^\[\]]+\]\])"
    r"|(?P<link>!?\[(?P<words>[^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: +\"[^\"]*\")?\))"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<block>\(\([0-9a-fA-F-]{36}\)\))"
    r"|(?P<url>https?://[^\s<>\"'）】」，。；]+)"
    r"|(?P<math>\$(?![\s$])[^$]+?(?<![\s\\])\$(?!\d))"
    r"|(?P<tag>(?<![\w#/&])#(?=[\w/-]*[^\W\d_])[\w/-]+)"
)
_EMPHASIS = (
    (Kind.BOLD, re.compile(r"(\*\*|__)(?=[^\s*_])(?:.+?)(?<=\S)\1")),
    (Kind.ITALIC, re.compile(r"(?<![*\\])(\*)(?![\s*])[^*]+?(?<![\s*])\*(?!\*)")),
    (Kind.ITALIC, re.compile(r"(?<![\w\\])(_)(?![\s_])[^_]+?(?<![\s_])_(?!\w)")),
    (Kind.STRIKE, re.compile(r"(~~)(?=\S).+?(?<=\S)~~")),
    (Kind.HIGHLIGHT, re.compile(r"(==)(?=[^\s=]).+?(?<=[^\s=])==")),
)
_HEADINGS = {1: Kind.HEADING_1, 2: Kind.HEADING_2, 3: Kind.HEADING_3}
_INTERESTING = re.compile(r"[`\[$#%<*_~=:(]")


def tokens(line: str, state: int, *, is_first: bool = False) -> tuple[list[Token], int]:
    """Return what stands in a line, and the state for the next one; tokens may overlap."""
    whole = len(line)
    if in_fence(state):
        code = Token(0, whole, Kind.CODE)
        return ([code, Token(0, whole, Kind.MARK)], NORMAL) if _closes(line, state) else ([code], state)
    if state == FRONT_MATTER:
        return [Token(0, whole, Kind.FRONT_MATTER)], NORMAL if line.rstrip() in ("---", "...") else state
    if state == MATH:
        return [Token(0, whole, Kind.MATH)], NORMAL if line.rstrip().endswith("$$") else state
    if state == COMMENT:
        return [Token(0, whole, Kind.COMMENT)], NORMAL if "%%" in line else state
    return _opening(line, is_first=is_first) or (_ordinary(line), NORMAL)


def region(state: int) -> Kind | None:
    """Return what a line belongs to as a whole, by the state after the line before; None for a usual line."""
    if in_fence(state):
        return Kind.CODE
    return {FRONT_MATTER: Kind.FRONT_MATTER, MATH: Kind.MATH, COMMENT: Kind.COMMENT}.get(state)


def in_fence(state: int) -> bool:
    """Whether the line behind one of that state lies in a code fence or ends it."""
    return state >= _FENCE


def fence_language(line: str) -> str:
    """Return the language that the line opening a fence names, in small letters; empty where none."""
    found = _OPENING_FENCE.match(line)
    named = _LANGUAGE.match(line, found.end()) if found else None
    return named["name"].lower() if named else ""


def states(lines: list[str]) -> dict[int, int]:
    """Return the state after each line that is not `NORMAL`, by line number: a pass without tokens."""
    found: dict[int, int] = {}
    state = NORMAL
    for number, line in enumerate(lines):
        if state == NORMAL and number and not _may_open(line):
            continue
        _, state = tokens(line, state, is_first=number == 0)
        if state != NORMAL:
            found[number] = state
    return found


def _may_open(line: str) -> bool:
    return "```" in line or "~~~" in line or "$$" in line or "%%" in line


def _opening(line: str, *, is_first: bool) -> tuple[list[Token], int] | None:
    """Return tokens and state of a line that begins a stretch of several lines."""
    whole = len(line)
    if is_first and line.rstrip() == "---":
        return [Token(0, whole, Kind.FRONT_MATTER)], FRONT_MATTER
    if ("```" in line or "~~~" in line) and (found := _OPENING_FENCE.match(line)):
        mark = found["mark"]
        return [Token(0, whole, Kind.CODE), Token(0, whole, Kind.MARK)], _FENCE + 2 * len(mark) + (
            mark[0] == "~"
        )
    bare = line.strip()
    if bare.startswith("$$") and (len(bare) < 4 or not bare.endswith("$$")):
        return [Token(0, whole, Kind.MATH)], MATH
    if bare.startswith("%%") and bare.count("%%") == 1:
        return [Token(0, whole, Kind.COMMENT)], COMMENT
    return None


def _closes(line: str, state: int) -> bool:
    found = _CLOSING_FENCE.match(line)
    if found is None:
        return False
    length, tilde = divmod(state - _FENCE, 2)
    return len(found["mark"]) >= length and (found["mark"][0] == "~") == bool(tilde)


def _ordinary(line: str) -> list[Token]:
    found = _line_tokens(line)
    if len(line) > LONGEST_SPANS or not _INTERESTING.search(line):
        return found
    spans = _span_tokens(line)
    found += spans
    if len(line) <= LONGEST_EMPHASIS:
        found += _emphasis_tokens(line, spans)
    return found


def _line_tokens(line: str) -> list[Token]:
    """Tokens that the beginning of the line decides."""
    whole = len(line)
    if found := _HEADING.match(line):
        level = found["marks"].count("#")
        return [Token(0, whole, _HEADINGS.get(level, Kind.HEADING)), Token(0, found.end(), Kind.MARK)]
    if _RULE.match(line) or _TABLE.match(line):
        return [Token(0, whole, Kind.TABLE if "|" in line else Kind.MARK)]
    if found := _QUOTE.match(line):
        return [Token(0, whole, Kind.QUOTE), Token(0, found.end(), Kind.MARK)]
    if found := _PROPERTY.match(line):
        return [Token(0, found.end(), Kind.MARK)]
    if found := _ITEM.match(line):
        done = found["task"] is not None and found["task"] != "[ ]"
        mark = Token(0, found.end(), Kind.MARK)
        return [mark, Token(found.end(), whole, Kind.DONE)] if done else [mark]
    return []


def _span_tokens(line: str) -> list[Token]:
    result: list[Token] = []
    for found in _SPANS.finditer(line):
        start, end = found.span()
        kind = found.lastgroup
        if found["code"]:
            result.append(Token(start, end, Kind.CODE))
        elif kind == "comment":
            result.append(Token(start, end, Kind.COMMENT))
        elif kind == "wiki":
            result += _bracketed(start, end, found[0].index("[") + 2, 2)
        elif found["link"]:
            middle = found.end("words")
            result += [Token(start, end, Kind.MARK), Token(found.start("words"), middle, Kind.LINK)]
        elif kind == "math":
            result.append(Token(start, end, Kind.MATH))
        else:
            result.append(Token(start, end, Kind.TAG if kind == "tag" else Kind.LINK))
    return result


def _bracketed(start: int, end: int, opening: int, closing: int) -> list[Token]:
    return [
        Token(start, start + opening, Kind.MARK),
        Token(start + opening, end - closing, Kind.LINK),
        Token(end - closing, end, Kind.MARK),
    ]


def _emphasis_tokens(line: str, spans: list[Token]) -> list[Token]:
    """Emphasis in what is left of a line when code, links and the like are blotted out."""
    if not any(mark in line for mark in "*_~="):
        return []
    for span in spans:
        line = line[: span.start] + "\0" * (span.end - span.start) + line[span.end :]
    if found := _ITEM.match(line):  # a bullet is no emphasis
        line = "\0" * found.end() + line[found.end() :]
    result: list[Token] = []
    for kind, pattern in _EMPHASIS:
        for found in pattern.finditer(line):
            start, end, width = found.start(), found.end(), len(found[1])
            result += [
                Token(start, end, kind),
                Token(start, start + width, Kind.MARK),
                Token(end - width, end, Kind.MARK),
            ]
    return result
