"""Looking for links and tags inside the text of a block.

One regular expression finds what might matter and steps over code, comments, math, addresses and escapes;
Markdown links are matched with a stack of open brackets, as the CommonMark spec describes. Every pattern is
bounded or ends at its own first character, so the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle

from core.text.model import LinkKind

MAX_NAME = 1000  # characters of a link's target or a tag; file systems allow 255 bytes a component
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link at `offset` of the searched text."""

    kind: LinkKind
    target: str
    anchor: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A `#tag` at `offset` of the searched text."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class FoundAnchor:
    """A place that links can name: an HTML element's `id` or `name`."""

    name: str
    offset: int


Found = FoundLink | FoundTag | FoundAnchor

# Punctuation that ends a tag. `_`, `-` and `/` belong to it, and so do letters of every script and emoji.
_NOT_IN_TAG = (
    r"\s!-,.:-@\[-^`{-~\u2000-\u200c\u200e-\u206f\u2e00-\u2e7f\u3000-\u303f"
    r"\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_PAGE = rf"\[\[(?P<%s>[^\[\]\n]{{1,{MAX_NAME}}})\]\]"
_BLOCK = rf"\(\((?P<%s>{UUID})\)\)"
# What may stand before a tag: nothing, white space, an opening mark, the end of a Chinese clause.
_BEFORE_TAG = r"(?<![^\s(\[{（【《「『“‘，。、；：！？,;|*~])"

_TOKEN = re.compile(
    rf"""
      (?P<escape> \\[!-/:-@\[-`{{-~] )
    | (?P<code> `+ )
    | (?P<comment> %% | <!-- )
    | (?P<math> \$\$[^$]+\$\$ | \$(?![\s$])[^$\n]*(?<![\s\\])\$(?!\d) )
    | (?P<address> <[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*> | \bhttps?://[!-;=?-Z^-~]+ )
    | (?P<html> </?[A-Za-z][^<>]*> )
    | (?P<macro> \{{\{{\s*embed\s+(?:{_BLOCK % "embed_id"}|{_PAGE % "embed_page"})\s*\}}\}} )
    | (?P<wiki> (?P<bang>!)?{_PAGE % "inside"} )
    | (?P<block_ref> {_BLOCK % "block_id"} )
    | (?P<tag> {_BEFORE_TAG}\#(?:{_PAGE % "page"}|(?P<name>[^{_NOT_IN_TAG}]{{1,{MAX_NAME}}})) )
    | (?P<footnote> \[\^[^\s\[\]]+\] )
    | (?P<open> !?\[ )
    | (?P<close> \] )
    """,
    re.VERBOSE | re.DOTALL,
)
_WORTH_A_LOOK = re.compile(r"\[|#|\(\(|<")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")  # a scheme, a drive, another host
_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HTML_ANCHOR = re.compile(r"""\b(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""")
_NUMBER = re.compile(r"[\d/_-]*")
_LABELLED_ID = re.compile(rf"\(\(({UUID})\)\)")
_LABELLED_PAGE = re.compile(r"\[\[([^\[\]#|]+)(?:#([^\[\]|]*))?\]\]")
"""Logseq's `[words]([[page]])`, as it writes `[words](((id)))`."""


def find(text: str, references: Mapping[str, str] | None = None) -> list[Found]:
    """Return links, tags and anchors of a block's text in order of appearance.

    `references` maps the normalised labels of link definitions to their addresses.
    """
    if not _WORTH_A_LOOK.search(text):
        return []
    return sorted(_Scan(text, references or {}).run(), key=lambda found: found.offset)


def wiki_links(text: str) -> list[FoundLink]:
    """Return the wikilinks only, as front matter holds them."""
    found = (_wiki(match) for match in _TOKEN.finditer(text) if match.lastgroup == "wiki")
    return [link for link in found if link is not None]


@dataclass(slots=True)
class _Bracket:
    start: int
    end: int
    is_image: bool


@dataclass(slots=True)
class _Address:
    address: str
    end: int


@dataclass(slots=True)
class _Scan:
    """One pass over one text."""

    text: str
    references: Mapping[str, str]
    brackets: list[_Bracket] = field(default_factory=list)
    dead: int = 0
    """Of the brackets still open, how many a link has closed to further links: links do not nest."""
    ticks: dict[int, list[int]] | None = None
    unclosed: set[str] = field(default_factory=set)

    def run(self) -> Iterator[Found]:
        position = 0
        while match := _TOKEN.search(self.text, position):
            position = match.end()
            kind = _kind(match)
            if kind == "code":
                position = self._after_code(match)
            elif kind == "comment":
                position = self._after_comment(match)
            elif kind == "open":
                self.brackets.append(_Bracket(match.start(), position, match[0] == "!["))
            elif kind == "close":
                link, position = self._close(position)
                if link is not None:
                    yield link
            else:
                yield from _single(kind, match)

    def _after_code(self, match: re.Match[str]) -> int:
        """Return where the code span that opens here ends; an unmatched run is text."""
        if self.ticks is None:
            self.ticks = {}
            for run in re.finditer("`+", self.text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        starts = self.ticks.get(len(match[0]), [])
        place = bisect_right(starts, match.start())
        return starts[place] + len(match[0]) if place < len(starts) else match.end()

    def _after_comment(self, match: re.Match[str]) -> int:
        """Return where the comment that opens here ends; one that never ends is text."""
        closing = "%%" if match[0] == "%%" else "-->"
        end = -1 if closing in self.unclosed else self.text.find(closing, match.end())
        if end < 0:
            self.unclosed.add(closing)
            return match.end()
        return end + len(closing)

    def _close(self, position: int) -> tuple[FoundLink | None, int]:
        """Match the `]` before `position` with its bracket; return the link, if it is one, and its end."""
        if not self.brackets:
            return None, position
        bracket, place = self.brackets.pop(), len(self.brackets)
        is_dead, self.dead = place < self.dead, min(self.dead, place)
        if is_dead and not bracket.is_image:
            return None, position
        found = self._inline_address(position) or self._defined_address(bracket.end, position)
        if found is None:
            return None, position
        if not bracket.is_image:
            self.dead = place
        return _markdown(bracket, self.text[bracket.end : position - 1], found.address), found.end

    def _inline_address(self, position: int) -> _Address | None:
        """Read `(address "title")` at `position`."""
        text, limit = self.text, min(len(self.text), position + 4 * MAX_NAME)
        if not text.startswith("(", position):
            return None
        start = _skip_space(text, position + 1, limit)
        if text.startswith(")", start):
            return _Address("", start + 1)
        destination = parseLinkDestination(text, start, limit)
        if not destination.ok:
            return None
        end = _skip_space(text, destination.pos, limit)
        if destination.pos < end < limit and not text.startswith(")", end):
            title = parseLinkTitle(text, end, limit)
            if not title.ok:
                return None
            end = _skip_space(text, title.pos, limit)
        return _Address(destination.str, end + 1) if text.startswith(")", end) else None

    def _defined_address(self, label_start: int, position: int) -> _Address | None:
        """Look up `[text][label]`, `[label][]` or `[label]`; the text ends just before `position`."""
        if not self.references or position - label_start > MAX_NAME:
            return None
        label, end = self.text[label_start : position - 1], position
        if self.text.startswith("[", position):
            close = self.text.find("]", position, position + MAX_NAME)
            if close > 0:
                label, end = self.text[position + 1 : close] or label, close + 1
        address = self.references.get(normalizeReference(label))
        return None if address is None else _Address(address, end)


def _kind(match: re.Match[str]) -> str:
    """Name the outer alternative that matched; `lastgroup` names the last group to close, which is it."""
    return match.lastgroup or ""


def _single(kind: str, match: re.Match[str]) -> Iterator[Found]:
    """Yield what one match stands for by itself."""
    if kind == "wiki" and (link := _wiki(match)):
        yield link
    elif kind == "tag":
        yield from _tag(match)
    elif kind == "block_ref":
        yield FoundLink(LinkKind.BLOCK_REF, match["block_id"], "", "", match.start())
    elif kind == "macro" and match["embed_id"]:
        yield FoundLink(LinkKind.BLOCK_REF, match["embed_id"], "", "", match.start())
    elif kind == "macro":
        yield FoundLink(LinkKind.EMBED, match["embed_page"].strip(), "", "", match.start())
    elif kind == "html":
        for anchor in _HTML_ANCHOR.finditer(match[0]):
            yield FoundAnchor(anchor[1] or anchor[2] or anchor[3], match.start())


_BLOCK_OF = re.compile(r"([^^]+)(\^[A-Za-z0-9-]+)")
"""`[[note^block]]`, as it is written beside `[[note#^block]]`; no name in Obsidian holds a `^`."""


def _wiki(match: re.Match[str]) -> FoundLink | None:
    inside, _, alias = match["inside"].replace("\\|", "|").partition("|")
    name, _, anchor = inside.partition("#")
    if not anchor and (block := _BLOCK_OF.fullmatch(name.strip())):
        name, anchor = block.groups()
    if not (name.strip() or anchor.strip()) or _WEB.match(name.strip()):
        return None
    kind = LinkKind.EMBED if match["bang"] else LinkKind.WIKI
    return FoundLink(kind, name.strip(), anchor.strip(), alias.strip(), match.start())


def _tag(match: re.Match[str]) -> Iterator[Found]:
    if match["page"]:  # Logseq: `#[[some page]]` is a tag and a link to the page of that name
        yield FoundTag(match["page"].strip(), match.start())
        yield FoundLink(LinkKind.WIKI, match["page"].strip(), "", "", match.start() + 1)
        return
    name = match["name"].rstrip("/")
    if name and not _NUMBER.fullmatch(name):
        yield FoundTag(name, match.start())


def _markdown(bracket: _Bracket, label: str, address: str) -> FoundLink | None:
    if labelled := _LABELLED_ID.fullmatch(address):
        return FoundLink(LinkKind.BLOCK_REF, labelled[1], "", label, bracket.start)
    if page := _LABELLED_PAGE.fullmatch(unquote(address)):
        return FoundLink(LinkKind.WIKI, page[1].strip(), page[2] or "", label, bracket.start)
    if _ELSEWHERE.match(address) or not address:
        return None
    path, _, anchor = address.partition("#")
    kind = LinkKind.EMBED if bracket.is_image else LinkKind.MARKDOWN
    return FoundLink(kind, unquote(path), unquote(anchor), label, bracket.start)


def _skip_space(text: str, position: int, limit: int) -> int:
    while position < limit and text[position] in " \t\n":
        position += 1
    return position
