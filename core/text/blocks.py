"""From markdown-it's tokens to the blocks of a note, their heading paths, and the text inside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from core.text import grammar, logseq
from core.text.model import Block, BlockKind, Heading

MAX_TITLE = 300  # characters of a heading that are kept as its title; its text stays whole in its block
MAX_LISTED_DEPTH = 10  # items deeper than this are part of the item around them only

_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "list_item_open": BlockKind.LIST_ITEM,
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "table_open": BlockKind.TABLE,
    "blockquote_open": BlockKind.QUOTE,
    grammar.MATH: BlockKind.MATH,
    grammar.COMMENT: BlockKind.COMMENT,
    "html_block": BlockKind.HTML,
    "hr": BlockKind.RULE,
    "footnote_reference_open": BlockKind.FOOTNOTE,
    "definition": BlockKind.DEFINITION,
}
_CALLOUT = re.compile(r"\[![^\[\]\n]+\]")


@dataclass(frozen=True, slots=True)
class Region:
    """Text of a paragraph, heading or table, in which links and tags are looked for."""

    content: str
    line: int
    """Index in the note's lines, from 0, that `content` begins in."""
    is_raw: bool = False
    """Whether `content` is whole source lines; else the marks of lists and quotes before it are cut off."""


class Locator:
    """Turns offsets within one region into lines and columns of the note; the k-th query costs O(log n)."""

    def __init__(self, region: Region, lines: Sequence[str]) -> None:
        self._region = region
        self._lines = lines
        self._starts: list[int] = []
        self._columns: dict[int, int] = {}

    def of(self, offset: int) -> tuple[int, int]:
        """Return line, from 1, and column, from 0."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self._region.content))]
        number = bisect_right(self._starts, offset) - 1
        if number not in self._columns:
            self._columns[number] = self._column(number)
        return self._region.line + number + 1, self._columns[number] + offset - self._starts[number]

    def _column(self, number: int) -> int:
        """Return the column at which a line of the region begins in its line of the note.

        markdown-it cuts the marks of quotes and lists in front of it and may turn half a tab into spaces.
        """
        after = self._starts[number + 1 : number + 2]
        written = self._region.content[self._starts[number] : after[0] - 1 if after else None]
        indent = len(written) - len(written.lstrip())
        line = _as_parsed(self._lines[self._region.line + number])
        return max(line.rfind(written.strip()), 0) - indent


def _as_parsed(line: str) -> str:
    return line.replace("\0", "\N{REPLACEMENT CHARACTER}")


@dataclass(slots=True)
class Outline:
    """What the tokens of one note say."""

    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    """Addresses of link definitions by normalised label."""
    page_properties: Region | None = None


def outline(lines: Sequence[str], tokens: Sequence[Token], first_line: int) -> Outline:
    """Return the outline of a note whose Markdown begins at index `first_line` of its lines.

    Every line from there on that is not blank lies in exactly one block that is not inside another.
    """
    reader = _Reader(lines, tokens, first_line)
    for place in range(len(tokens)):
        reader.feed(place)
    reader.fill_gap(len(lines))
    return reader.outline


@dataclass(slots=True)
class _Reader:
    lines: Sequence[str]
    tokens: Sequence[Token]
    first_line: int
    outline: Outline = field(default_factory=Outline)
    path: tuple[Heading, ...] = ()
    paths_after_items: list[tuple[Heading, ...]] = field(default_factory=list)
    covered: int = 0
    """Lines from `first_line` up to here, end excluded, lie in a block already."""
    quotes: int = 0

    def __post_init__(self) -> None:
        self.covered = self.first_line

    def feed(self, place: int) -> None:
        """Take the token at `place`."""
        token = self.tokens[place]
        if token.type == "inline":
            self._add_region(token, place)
        elif token.type == "list_item_open":
            self._enter_item(token, place)
        elif token.type == "list_item_close":
            self.path = self.paths_after_items.pop()
        elif token.type == "heading_open" and not self.quotes and self._follows(place) != "list_item_open":
            self._enter_heading(token, place)
        elif token.type == "definition":
            self.outline.references.setdefault(token.meta["id"], token.meta["url"])
        if token.level == 0 and token.nesting >= 0 and token.map and token.type in _KINDS:
            self._add_block(
                self._kind(token, place), token.map, int(token.tag[1]) if token.tag[1:].isdigit() else 0
            )
        if token.type in ("blockquote_open", "footnote_reference_open"):
            self.quotes += 1
        elif token.type in ("blockquote_close", "footnote_reference_close"):
            self.quotes -= 1

    def fill_gap(self, end: int) -> None:
        """Give lines that no token covers a block of their own: markdown-it drops what nests too deeply."""
        start = self.covered
        if any(line.strip() for line in self.lines[start:end]):
            self._append(BlockKind.PARAGRAPH, start, end, 0)

    def _follows(self, place: int) -> str:
        return self.tokens[place - 1].type if place else ""

    def _kind(self, token: Token, place: int) -> BlockKind:
        """Name the block that begins here; a quote whose first line is `[!type]` is a callout."""
        following = self.tokens[place + 2] if place + 2 < len(self.tokens) else token
        if token.type == "blockquote_open" and following.level == 2 and _CALLOUT.match(following.content):
            return BlockKind.CALLOUT
        return _KINDS[token.type]

    def _enter_item(self, token: Token, place: int) -> None:
        following = self.tokens[place + 1] if place + 1 < len(self.tokens) else token
        before = self.path
        if following.type == "heading_open" and not self.quotes:
            self._enter_heading(following, place + 1)
            before = self.path
        depth = (token.level - 1) // 2
        if token.map and not self.quotes and depth <= MAX_LISTED_DEPTH:
            content = self.tokens[place + 2].content if following.nesting > 0 else ""
            self._add_block(BlockKind.LIST_ITEM, token.map, depth, logseq.task_state(content))
        self.paths_after_items.append(before)

    def _enter_heading(self, token: Token, place: int) -> None:
        """Make the heading the innermost one of the path."""
        level, content = int(token.tag[1]), self.tokens[place + 1].content
        line = (token.map[0] if token.map else 0) + self.first_line + 1
        heading = Heading(level, grammar.plain_text(content)[:MAX_TITLE], line)
        self.outline.headings.append(heading)
        self.path = (*(outer for outer in self.path if outer.level < level), heading)

    def _add_block(self, kind: BlockKind, span: Sequence[int], level: int, task: str = "") -> None:
        start, end = span[0] + self.first_line, span[1] + self.first_line
        if kind is not BlockKind.LIST_ITEM or level == 0:
            self.fill_gap(start)
        self._append(kind, start, end, level, task)

    def _append(self, kind: BlockKind, start: int, end: int, level: int, task: str = "") -> None:
        """Append the block of lines `start` to `end`, without the blank ones at either end."""
        self.covered = max(self.covered, end)
        while start < end and not self.lines[start].strip():
            start += 1
        while end > start and not self.lines[end - 1].strip():
            end -= 1
        if start == end:
            return
        titles = tuple(heading.title for heading in self.path)
        text = "\n".join(self.lines[start:end])
        self.outline.blocks.append(Block(kind, start + 1, end, text, titles, level, task))

    def _add_region(self, token: Token, place: int) -> None:
        """Remember where the text of an inline token stands; a table's rows are read whole."""
        if not token.map or not token.content:
            return
        parent, line = self.tokens[place - 1], token.map[0] + self.first_line
        if parent.type in ("th_open", "td_open"):
            last = self.outline.regions[-1] if self.outline.regions else None
            if last is None or last.line != line or not last.is_raw:
                self.outline.regions.append(Region(self.lines[line], line, is_raw=True))
            return
        region = Region(token.content, self._first_line_of(token.content, token.map))
        if self._is_first(place) and logseq.is_only_properties(token.content):
            self.outline.page_properties = region
        self.outline.regions.append(region)

    def _first_line_of(self, content: str, span: Sequence[int]) -> int:
        """Return the line in which the content begins: markdown-it strips lines of exotic white space."""
        written = content.partition("\n")[0].strip()
        lines = range(span[0] + self.first_line, span[1] + self.first_line)
        return next((line for line in lines if written in _as_parsed(self.lines[line])), lines[0])

    def _is_first(self, place: int) -> bool:
        """Whether nothing but the opening of a paragraph, list and item comes before."""
        return place <= 3 and all(token.nesting > 0 for token in self.tokens[:place])
