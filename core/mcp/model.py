"""What the tools give back. Clients get these classes as JSON schemas, so their words are for a model.

Without slots: the SDK takes the descriptor of a slot for the default of its field.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FoundPassage:
    """A passage of a note; lines are counted from 1 and both are part of it."""

    path: str
    title: str
    heading_path: tuple[str, ...]
    start_line: int
    end_line: int
    text: str
    label: str
    """Of an imported document: the page, slide or rows it is on."""


@dataclass(frozen=True)
class Found:
    """Passages, the best first."""

    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True)
class NotePart:
    """Some or all lines of a note; read on from `end_line + 1` where that is less than `total_lines`."""

    path: str
    start_line: int
    end_line: int
    total_lines: int
    text: str


@dataclass(frozen=True)
class NamedNote:
    """A note by path and title."""

    path: str
    title: str


@dataclass(frozen=True)
class Listing:
    """Notes, the latest changed first; `is_complete` is false where `limit` left some out."""

    notes: tuple[NamedNote, ...]
    is_complete: bool


@dataclass(frozen=True)
class NoteLink:
    """A link as a line has it; `path` is the note at its other end, empty where there is none."""

    path: str
    target: str
    line: int


@dataclass(frozen=True)
class Links:
    """Where a note leads, and which notes lead to it."""

    outgoing: tuple[NoteLink, ...]
    backlinks: tuple[NoteLink, ...]
