"""What a request sees of a note in its file: the lines of a place, and the note around them."""

from __future__ import annotations

from collections.abc import Sequence

from core.assist.model import NoteContext
from core.text.outline import Outline, note_title
from core.vault.changed_block import Lines, block_at
from core.vault.place import Place

AROUND = 2000
"""Characters of the note before and after the place that a request sees."""


def context_at(place: Place) -> NoteContext:
    """Return what a request sees, the place's lines as the selection.

    A place without lines has no selection; the block above it is the one that was worked in.
    """
    lines = place.text.split("\n")
    outline = Outline(lines)
    block = place.lines or _block_above(place.lines, lines, outline)
    return NoteContext(
        path=place.path,
        title=note_title(place.path, outline),
        heading_path=outline.heading_path(block.start),
        block=block.of(place.text),
        selection=place.words,
        before="".join(f"{line}\n" for line in lines[: place.lines.start])[-AROUND:],
        after="".join(f"\n{line}" for line in lines[place.lines.end :])[:AROUND],
        text=place.text,
    )


def with_block(place: Place) -> Place:
    """Return the place with the block above it where it has no lines of its own."""
    lines = place.text.split("\n")
    return Place(place.path, place.text, place.lines or _block_above(place.lines, lines, Outline(lines)))


def _block_above(where: Lines, lines: Sequence[str], outline: Outline) -> Lines:
    """Return the block of the last words above a place, the innermost one; no lines where there is none."""
    words = (n for n in range(where.start - 1, outline.front_matter_end, -1) if lines[n].strip())
    last = next(words, None)
    return where if last is None else block_at(last, outline)
