"""What kind of place the caret is in, told from the text around it alone; pure.

Ghost text stays away from places where a suggestion would be in the way: inside a word, a link or an
address, front matter, a code fence or comment. Everything else tells how long a suggestion should be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.complete.model import Region
from core.text.words import HAN


class PlaceKind(StrEnum):
    """Where in its line the caret stands."""

    EMPTY = "empty"
    """On a blank line between blocks."""
    PROSE = "prose"
    ITEM = "item"
    """In a list item, behind its marker."""
    HEADING = "heading"
    TABLE = "table"
    PROPERTY = "property"
    """In the value of Logseq's `key:: value`."""
    INLINE_CODE = "inline_code"
    CODE = "code"
    """In a fence; whether ghost text shows there is a setting."""
    MATH = "math"
    LINK = "link"
    TARGET = "target"
    """Where a link's address begins, with nothing of it typed yet."""
    TAG = "tag"
    WORD = "word"
    """Inside a word, with letters on both sides."""
    COMMENT = "comment"
    FRONT_MATTER = "front_matter"


_QUIET = frozenset(
    (
        PlaceKind.CODE,
        PlaceKind.MATH,
        PlaceKind.LINK,
        PlaceKind.TAG,
        PlaceKind.WORD,
        PlaceKind.COMMENT,
        PlaceKind.FRONT_MATTER,
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """The caret's place."""

    kind: PlaceKind
    line: str
    """The caret's line up to the caret, as written."""
    lead: str = ""
    """Indent, quote marks, list marker or heading marks at the beginning of the line, as written."""
    boundary: bool = False
    """Whether a sentence, clause, item, heading or line begins here: a natural moment for ghost text."""
    rest: str = ""
    """The caret's line from the caret on."""

    def may_show(self, *, in_code: bool = False) -> bool:
        """Whether ghost text may show here; `in_code` is the person's setting for code fences."""
        return self.kind not in _QUIET or (in_code and self.kind is PlaceKind.CODE)


_LEAD = re.compile(
    r"[ \t]*(?:>[ ]?)*[ \t]*"
    r"(?:(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)|(?P<heading>#{1,6}[ \t]+))?"
)
_PROPERTY = re.compile(r"[ \t]*(?:[-*+] )?[\w./-]+::[ \t]")
_OPEN_LINK = re.compile(
    r"(?:\[\[[^\[\]\n]*|【【[^【】\n]*)\Z"  # wikilink being written, with a Chinese keyboard's brackets too
    r"|!?\[[^\[\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\Z"  # address of a Markdown link
    r"|\(\([^()\n]*\Z"  # Logseq's block reference
    r"|<[A-Za-z][^<>\n]*\Z"  # address or tag between angle brackets
    r"|\{\{[^{}\n]*\Z"  # Logseq's macro
)
_OPEN_ADDRESS = re.compile(r"(?:https?|ftp|file|mailto):[^\s<>\"'（），。；」】]*\Z")
_LINK_WORDS = re.compile(r"\[(?!\s|[xX]\])[^\[\]\n]*\Z")
_CLOSES_LINK = re.compile(r"[^\[\]\n]*\](?:\(|\]|\[)")
_OPEN_TAG = re.compile(r"(?<![\w#/&])#[^\W#][\w/-]*\Z")
_CLAUSE_END = re.compile(r"[，。；：！？、…][”’」』）》】]*\Z|[.!?;:,][\"')\]]*[ \t]+\Z")
_FENCE = re.compile(r"^[ \t>]*(?:[-*+] +)?(?P<mark>`{3,}(?!.*`)|~{3,})", re.MULTILINE)
_LETTER = re.compile(rf"[^\W{HAN}]")


def place_of(before: str, after: str, *, region: Region | None = None) -> Place:
    """Return the caret's place between `before` and `after`.

    Args:
        region: what the line belongs to where the caller knows it from the whole note. Otherwise it is read
            from `before`, which is taken to begin outside of fences and comments.
    """
    line = before[before.rfind("\n") + 1 :]
    rest = after.partition("\n")[0]
    region = region_of(before) if region is None else region
    if region is not Region.TEXT:
        return Place(PlaceKind(region.value), line, rest=rest)
    lead = _lead(line)
    kind = _kind(line, rest, lead)
    begins = line == lead or bool(_CLAUSE_END.search(line))
    return Place(kind, line, lead, boundary=begins, rest=rest)


def open_link(line: str) -> int | None:
    """Return where a link in brackets begins that is still open at the line's end."""
    match = _OPEN_LINK.search(line)
    return match.start() if match else None


def region_of(before: str) -> Region:
    """Return what the last line of `before` belongs to, which begins where a note does or in plain text."""
    if before.startswith("---\n") and not re.search(r"\n(?:---|\.\.\.)[ \t]*\n", before[3:]):
        return Region.FRONT_MATTER
    if _in_fence(before):
        return Region.CODE
    if before.count("%%") % 2 or before.rfind("<!--") > before.rfind("-->"):
        return Region.COMMENT
    if len(re.findall(r"^[ \t>]*\$\$|\$\$[ \t]*$", before, re.MULTILINE)) % 2:
        return Region.MATH
    return Region.TEXT


def _in_fence(before: str) -> bool:
    """Whether a fence is open; only one of its own sign and at least its length closes it."""
    opened = ""
    for match in _FENCE.finditer(before):
        mark = match["mark"]
        if not opened:
            opened = mark
        elif mark[0] == opened[0] and len(mark) >= len(opened) and _is_bare(before, match.end()):
            opened = ""
    return bool(opened)


def _is_bare(text: str, start: int) -> bool:
    end = text.find("\n", start)
    return not text[start : end if end >= 0 else len(text)].strip()


def _lead(line: str) -> str:
    match = _LEAD.match(line)
    return match[0] if match else ""


def _kind(line: str, rest: str, lead: str) -> PlaceKind:
    if quiet := _quiet_kind(line, rest):
        return quiet
    if line.count("`") % 2:
        return PlaceKind.INLINE_CODE
    if _PROPERTY.match(line):
        return PlaceKind.PROPERTY
    if line.lstrip().startswith("|"):
        return PlaceKind.TABLE
    marker = lead.strip(" \t>")
    if marker:
        return PlaceKind.HEADING if marker[0] == "#" else PlaceKind.ITEM
    return PlaceKind.PROSE if line.strip() or rest.strip() else PlaceKind.EMPTY


def _quiet_kind(line: str, rest: str) -> PlaceKind | None:
    if line.endswith("](") and rest[:1] in ("", ")"):
        return PlaceKind.TARGET
    if _OPEN_LINK.search(line) or _OPEN_ADDRESS.search(line):
        return PlaceKind.LINK
    if _LINK_WORDS.search(line) and _CLOSES_LINK.match(rest):
        return PlaceKind.LINK
    if _OPEN_TAG.search(line):
        return PlaceKind.TAG
    if line and rest and _LETTER.match(line[-1]) and _LETTER.match(rest[0]):
        return PlaceKind.WORD
    return None
