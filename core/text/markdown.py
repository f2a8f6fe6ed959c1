"""From the text of a note to all that can be told from it: blocks, headings, links, tags, properties.

`parse` never raises and takes time in proportion to the text, whatever the text is; it knows no files. What
Obsidian and Logseq each write is read side by side, because nothing in a vault says which one wrote a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.text import front_matter, grammar, inline, logseq
from core.text.blocks import Locator, Region, outline
from core.text.front_matter import FrontMatter
from core.text.model import Block, BlockKind, Heading, Link, ParsedNote, Tag

_BLOCK_IDS = re.compile(r"(?:(?:^|\s)\^[A-Za-z0-9-_]+)+\s*$")


def parse(text: str) -> ParsedNote:
    """Return what `text` (line ends folded to LF) says; positions count its lines from 1, columns from 0."""
    front = front_matter.read(text)
    lines = text.split("\n")
    body = "\n".join(lines[front.line_count :]) if front.line_count else text
    parts = outline(lines, grammar.block_tokens(body), front.line_count)
    found = _Collector(lines, parts.references)
    head = _head_block(front, lines)
    found.read_front_matter(front)
    for region in parts.regions:
        found.read(region)
    properties = _page_properties(parts.page_properties)
    return ParsedNote(
        title=_title({**properties, **front.values}, parts.headings),
        blocks=(*head, *parts.blocks),
        headings=tuple(parts.headings),
        links=tuple(found.links),
        tags=tuple(found.tags),
        aliases=_aliases(front.values, properties),
        front_matter=front.values,
        front_matter_error=front.error,
        properties=properties,
        anchors=found.anchors,
        source=text,
    )


def _head_block(front: FrontMatter, lines: Sequence[str]) -> tuple[Block, ...]:
    if not front.line_count:
        return ()
    kind = BlockKind.PARAGRAPH if front.error else BlockKind.FRONT_MATTER
    return (Block(kind, 1, front.line_count, "\n".join(lines[: front.line_count])),)


def _title(values: Mapping[str, Any], headings: Iterable[Heading]) -> str:
    given = values.get("title")
    if isinstance(given, str | int | float) and not isinstance(given, bool) and str(given).strip():
        return " ".join(str(given).split())
    return next((heading.title for heading in headings if heading.level == 1), "")


def _aliases(values: Mapping[str, Any], properties: Mapping[str, str]) -> tuple[str, ...]:
    by_key = {key.lower(): value for key, value in values.items()}
    yaml = [name for key in ("aliases", "alias") for name in front_matter.strings(by_key.get(key))]
    logseq_names = [name for key in ("alias", "aliases") for name in logseq.names(properties.get(key, ""))]
    return tuple(dict.fromkeys(name for name in (*yaml, *logseq_names) if name))


def _page_properties(region: Region | None) -> dict[str, str]:
    return {key: value for _, key, value in logseq.properties(region.content)} if region else {}


@dataclass(slots=True)
class _Collector:
    """Gathers links, tags and anchors."""

    lines: Sequence[str]
    references: Mapping[str, str]
    links: list[Link] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)

    def read_front_matter(self, front: FrontMatter) -> None:
        """Take tags and wikilinks of the properties; of broken ones all that ordinary text may hold."""
        head = self.lines[: front.line_count]
        for number, line in enumerate(head):
            region = Region(line, number, is_raw=True)
            if front.error:
                self.read(region)
            elif "[[" in line:
                self.links += (self._link(Locator(region, head), link) for link in inline.wiki_links(line))
        for key, value in front.values.items():
            if key.lower() not in ("tags", "tag"):  # Obsidian takes `Tags:` too
                continue
            names = (
                value.split() if isinstance(value, str) and "," not in value else front_matter.strings(value)
            )
            for name in names:
                self._add_tag(name.lstrip("#"), _line_of(head, key, name))

    def read(self, region: Region) -> None:
        """Take what the text of one region holds."""
        place = Locator(region, self.lines)
        for found in inline.find(region.content, self.references):
            if isinstance(found, inline.FoundLink):
                self.links.append(self._link(place, found))
            elif isinstance(found, inline.FoundTag):
                self._add_tag(found.name, place.of(found.offset)[0])
            else:
                self.anchors.setdefault(found.name, place.of(found.offset)[0])
        self._read_block_ids(region)
        for number, key, value in logseq.properties(region.content):
            if key == "id" and value:
                self.anchors.setdefault(value, region.line + 1)
            elif key in ("tags", "tag"):
                for name in logseq.names(value):
                    self._add_tag(name, region.line + number + 1)

    def _read_block_ids(self, region: Region) -> None:
        if "^" in region.content and (match := _BLOCK_IDS.search(region.content)):
            for name in match[0].split():
                self.anchors.setdefault(name, region.line + 1)

    def _add_tag(self, name: str, line: int) -> None:
        tag = Tag(name, line)
        if name and tag not in self.tags[-8:]:  # a Logseq `tags:: #a` is seen as a property and as a tag
            self.tags.append(tag)

    def _link(self, place: Locator, found: inline.FoundLink) -> Link:
        line, column = place.of(found.offset)
        return Link(found.kind, found.target, line, column, found.anchor, found.text)


def _line_of(head: Sequence[str], key: str, name: str) -> int:
    """Return the line of a property's entry: the first at or below its key that names it."""
    at_key = next((n for n, line in enumerate(head) if line.lstrip("\"'").startswith(key)), 0)
    return next((n + 1 for n in range(at_key, len(head)) if name in head[n]), at_key + 1)
