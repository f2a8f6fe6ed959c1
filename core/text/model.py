"""Values that describe a note's text: blocks, links, headings, chunks.

Lines count from 1 and are inclusive, columns count from 0 in Unicode code points; both refer to the text
as `core.vault.notes.read` returns it (decoded, without BOM, line ends folded to LF), where line N is line N
of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a block is; the names are CommonMark's where it has one."""

    FRONT_MATTER = "front_matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CODE = "code"
    TABLE = "table"
    QUOTE = "quote"
    CALLOUT = "callout"
    MATH = "math"
    HTML = "html"
    RULE = "rule"
    FOOTNOTE = "footnote"
    DEFINITION = "definition"  # a link reference definition
    COMMENT = "comment"  # %% ... %%


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest unit a writer thinks in; a list item carries its children."""

    kind: BlockKind
    start_line: int
    end_line: int
    text: str
    """The raw source lines, joined by LF, without a final one."""
    heading_path: tuple[str, ...] = ()
    """The headings above it, outermost first; a heading's own title is in its path."""
    level: int = 0
    """Heading level 1-6, list depth from 0."""
    task: str = ""
    """State of a task as written: the character in its box (a space is open) or Logseq's word."""


class LinkKind(StrEnum):
    """How a link was written."""

    WIKI = "wiki"
    EMBED = "embed"
    MARKDOWN = "markdown"
    BLOCK_REF = "block_ref"


@dataclass(frozen=True, slots=True)
class Link:
    """One reference to another place of the vault; web addresses are not links in this sense."""

    kind: LinkKind
    target: str
    """Note name or relative path as written, percent-decoded, without anchor; empty for "this note".

    For `BLOCK_REF` the id of the block.
    """
    line: int
    column: int
    anchor: str = ""
    """Heading, or `^block-id`."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """One `#tag` in the text or front matter, without the `#`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with its level, 1 to 6."""

    level: int
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class ParsedNote:
    """Everything that can be told from a note's text alone."""

    title: str
    """Title of front matter or page properties, else of the first level-1 heading, else empty."""
    blocks: tuple[Block, ...]
    """In source order. A list item is followed by the list items inside it, one level deeper: they lie
    within its lines; apart from that blocks never overlap, and only blank lines lie between them."""
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    aliases: tuple[str, ...] = ()
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    front_matter_error: str = ""
    """Why the front matter could not be read; its lines are then ordinary text."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Logseq's page properties (`key:: value` at the top) as written; keys in lower case."""
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Line of every place that can be named in a link: `^id`, `id:: uuid`, HTML `id` and `name`."""
    source: str = ""
    """The text that was parsed."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One or more neighbouring blocks of one note under one heading path: what is embedded and indexed."""

    heading_path: tuple[str, ...]
    """The headings above it, outermost first, and in a long outline the items above it."""
    start_line: int
    end_line: int
    text: str
    """Raw source; a piece of a line where a single line was too long for one chunk."""
    lang: str
    """`zh`, `en`, or `` where neither is clear."""
    text_hash: str
    """Hex digest of title, heading path and text together: equal hashes have equal vectors."""
