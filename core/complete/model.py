"""Values of ghost text: what is asked for, what is offered, and what became of it.

All of them are frozen and cross the border between the window and the engine process.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How long a suggestion is."""

    WORD = "word"
    """The rest of a word, or a name."""
    SENTENCE = "sentence"
    """To the end of a clause or sentence."""
    LINE = "line"
    """To the end of a line that is no prose: a heading, table row or property."""
    ITEM = "item"
    """A list item, or the rest of one."""
    PARAGRAPH = "paragraph"
    NONE = "none"


class Source(StrEnum):
    """Where a suggestion comes from."""

    CACHE = "cache"
    VAULT = "vault"
    MODEL = "model"


class Region(StrEnum):
    """What a line as a whole belongs to."""

    TEXT = "text"
    CODE = "code"
    MATH = "math"
    COMMENT = "comment"
    FRONT_MATTER = "front_matter"


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """The caret's surroundings, as the note stands in the editor."""

    path: str
    """The note, relative to the vault; empty for a note without a file."""
    before: str
    """What stands before the caret, up to some 4 000 characters; lines end in LF."""
    after: str = ""
    """What stands after it, up to some 1 000 characters."""
    title: str = ""
    outline: tuple[str, ...] = ()
    """The headings above the caret, outermost first."""
    revision: int = 0
    """Given back in every `Offer`, so that a stale one can be told."""
    asked: bool = False
    """Whether the person asked for it by key: then something less sure may be offered too."""
    region: Region | None = None
    """What the caret's line belongs to where the caller knows; else it is read from `before`."""
    refused: tuple[str, ...] = ()
    """Texts the person refused at this caret; they are not offered."""
    candidates: int = 3
    """How many suggestions are of use, at most."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that could be typed next at the caret."""

    text: str
    kind: Kind
    source: Source
    confidence: float
    """How likely its first word is wanted, 0 to 1."""
    words: tuple[int, ...] = ()
    """Where the words of `text` end, in code points and in order; empty where nobody looked."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be shown for one request, best first; a later offer for it replaces an earlier one."""

    revision: int
    suggestions: tuple[Suggestion, ...]


class Fate(StrEnum):
    """What the person did with a suggestion."""

    SHOWN = "shown"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that happened to a suggestion; the gate learns from it."""

    fate: Fate
    suggestion: Suggestion
    """As it was first shown; `words` may be left out."""
    taken: str = ""
    """The part that went into the note where it was accepted."""
