"""What a request sees of a note in its file: the lines of a place, and the note around them."""

from __future__ import annotations

from pathlib import PurePosixPath

from core.assist.model import NoteContext
from core.text import markdown
from core.text.model import BlockKind, ParsedNote
from core.vault.changed_block import Lines
from core.vault.place import Place

AROUND = 2000
"""Characters of the note before and after the place that a request sees."""


def context_at(place: Place) -> NoteContext:
    """Return what a request sees, the place's lines as the selection.

    A place without lines has no selection; the block above it is the one that was worked in.
    """
    lines = place.text.split("\n")
    parsed = markdown.parse(place.text)
    block = place.lines or block_above(parsed, place.lines)
    inside = [one for one in parsed.blocks if one.start_line <= block.start + 1 <= one.end_line]
    return NoteContext(
        path=place.path,
        title=parsed.title or PurePosixPath(place.path).stem,
        heading_path=inside[-1].heading_path if inside else (),
        block=block.of(place.text),
        selection=place.words,
        before="\n".join(lines[: place.lines.start])[-AROUND:],
        after="\n".join(lines[place.lines.end :])[:AROUND],
        text=place.text,
    )


def with_block(place: Place) -> Place:
    """Return the place with the block above it where it has no lines of its own."""
    if place.lines:
        return place
    return Place(place.path, place.text, block_above(markdown.parse(place.text), place.lines) or place.lines)


def block_above(parsed: ParsedNote, where: Lines) -> Lines:
    """Return the last block that ends above a place, the innermost one; no lines where there is none."""
    words = (block for block in parsed.blocks if block.kind is not BlockKind.FRONT_MATTER)
    above = [block for block in words if block.end_line <= where.start]
    last = max(above, key=lambda block: (block.end_line, block.start_line), default=None)
    return Lines(last.start_line - 1, last.end_line) if last else Lines(where.start, where.start)
