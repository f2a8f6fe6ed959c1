"""A model's text as the note wants it: without the talk round it, and in the shape of its place.

What is put into a list becomes items of that list, at its depth and with its mark; in an outline (Logseq)
every paragraph becomes a block. Pure functions on text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.assist.model import NoteContext
from core.prompts.model import Output, Placement

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?P<box>\[.\][ \t]+)?")
_GREETING = "(?:sure|certainly|of course|okay|好的|当然)"
_OFFER = "(?:here (?:is|are)|here's|below is|以下是|下面是|这是)"
_RESULT = "(?:version|text|translation|summary|draft|版本|文字|文本|内容|译文|摘要)"
_PREAMBLE = re.compile(
    rf"\A(?:{_GREETING}[,，.。!！]?|(?:{_GREETING}|{_OFFER})[^\n]{{0,80}}(?:[:：]|{_RESULT}[.。!！]))"
    r"[ \t]*\n\s*\n",
    re.IGNORECASE,
)
"""A first paragraph that only announces what follows; one that merely begins so is part of the text."""
_FENCE_LINE = re.compile(r"^--- [0-9a-f]{8}(?: .*)?$\n?", re.MULTILINE)
_QUOTED = (("“", "”"), ('"', '"'), ("「", "」"))


@dataclass(frozen=True, slots=True)
class Item:
    """How the list item looks that the text goes to."""

    indent: str
    mark: str
    gap: str
    box: str

    @property
    def head(self) -> str:
        """What stands before an item's words."""
        return f"{self.indent}{self.mark}{self.gap}{self.box}"

    @property
    def under(self) -> str:
        """The indent of what belongs to the item."""
        tab = "\t" if "\t" in self.indent else " " * len(self.mark + self.gap)
        return self.indent + tab


def shaped(text: str, note: NoteContext | None, output: Output, placement: Placement) -> str:
    """Return a candidate's text as it goes to its place."""
    bare = cleaned(text, note)
    if output is Output.JSON:
        return f"```json\n{bare}\n```"
    item = item_of(note.block) if note and placement in (Placement.INSERT, Placement.REPLACE) else None
    if item is None or note is None or output is Output.TABLE:
        return bare
    if placement is Placement.REPLACE and note.selection and item_of(note.selection) is None:
        return _inside(bare, item)
    return _as_items(bare, item)


def cleaned(text: str, note: NoteContext | None = None) -> str:
    """Return a model's text without what models put round it: greetings, fences, quotation marks."""
    text = _FENCE_LINE.sub("", text).strip("\n").rstrip()
    text = unwrapped(_PREAMBLE.sub("", text))
    source = note.selection or note.block if note else ""
    for opening, closing in _QUOTED:
        inner = text[1:-1]
        wraps = len(text) > 2 and text.startswith(opening) and text.endswith(closing)
        if wraps and opening not in inner and closing not in inner and not source.startswith(opening):
            return inner.strip()
    return text


def unwrapped(text: str) -> str:
    """Return text without the code fence that models like to put round all they say."""
    lines = text.strip().split("\n")
    opens = re.fullmatch(r"```(?:markdown|md|json|text)?", lines[0].strip().lower())
    if len(lines) < 3 or not opens or lines[-1].strip() != "```":
        return text
    inner = lines[1:-1]
    return text if any(line.startswith("```") for line in inner) else "\n".join(inner)


def item_of(block: str) -> Item | None:
    """Return how a list item is written, None for anything else."""
    match = _ITEM.match(block)
    return Item(match["indent"], match["mark"], match["gap"], match["box"] or "") if match else None


def _inside(text: str, item: Item) -> str:
    """Return text for the middle of an item: no mark of its own, later lines under the item."""
    match = _ITEM.match(text)
    first, *rest = (text[match.end() :] if match else text).split("\n")
    return "\n".join([first, *(f"{item.under}{line.strip()}" if line.strip() else "" for line in rest)])


def _as_items(text: str, item: Item) -> str:
    """Return text as items at the depth of `item`; what is no list becomes one item a paragraph."""
    lines = text.split("\n")
    if not any(_ITEM.match(line) for line in lines):
        paragraphs = re.split(r"\n[ \t]*\n+", text.strip("\n"))
        return "\n".join(_numbered(item, n) + _hung(part, item) for n, part in enumerate(paragraphs))
    base = min(len(_width(line)) for line in lines if _ITEM.match(line))
    return "\n".join(item.indent + line[min(base, len(_width(line))) :] for line in lines if line.strip())


def _width(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _numbered(item: Item, n: int) -> str:
    """Return the head of the nth new item; numbers go on counting."""
    if item.mark[0].isdigit():
        number, dot = int(item.mark[:-1]) + n, item.mark[-1]
        return f"{item.indent}{number}{dot}{item.gap}{item.box}"
    return item.head


def _hung(paragraph: str, item: Item) -> str:
    first, *rest = paragraph.split("\n")
    return "\n".join([first.strip(), *(item.under + line.strip() for line in rest)])
