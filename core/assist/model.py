"""What the window and the command line ask for, and the events they get back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import ModelError
from core.llm.chat import Tier, Usage
from core.search.model import Passage


class Work(StrEnum):
    """What kind of answer is wanted."""

    ASK = "ask"
    """A question to the vault: an answer in words, with citations."""
    WRITE = "write"
    """An instruction on the note: text that goes into it, without citations or talk."""


@dataclass(frozen=True, slots=True)
class NoteContext:
    """What the request sees of the open note, as it stands in the editor, saved or not."""

    path: str
    title: str = ""
    heading_path: tuple[str, ...] = ()
    block: str = ""
    selection: str = ""
    before: str = ""
    """Up to some 2 000 characters before the caret or selection."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class AskRequest:
    """One request of the side panel or of `pilotfish ask`."""

    text: str
    work: Work = Work.ASK
    tier: Tier = Tier.FAST
    note: NoteContext | None = None
    use_passages: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the vault, word for word, and where it stands."""

    n: int
    text: str
    passage: Passage
    line: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered reference of an answer; `verified` only if the program found the words in those lines."""

    n: int
    path: str
    heading_path: tuple[str, ...]
    start_line: int
    end_line: int
    quote: str
    verified: bool
    offset: int = -1
    """Where its mark `[n]` begins in the answer's text; -1 where it has none."""


class Finish(StrEnum):
    """How an answer ended."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """The stream was cut, or the length limit was reached: shown so, and never offered to replace text."""
    QUOTES_ONLY = "quotes_only"
    """No model was asked."""
    NOT_FOUND = "not_found"
    """Nothing in the notes speaks to the question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer with everything `pilotfish ask --json` reports."""

    text: str
    citations: tuple[Citation, ...]
    finish: Finish
    model: str
    provider: str
    tier: Tier
    usage: Usage
    cost_usd: float | None
    first_token_ms: float | None
    total_ms: float
    trace_id: str
    problem: ModelError | None = None
    """What broke the stream of an incomplete answer off, where it was not merely cut."""


@dataclass(frozen=True, slots=True)
class QuotesFound:
    """First event: what was retrieved, before any model has spoken; a quote has its passage's number."""

    quotes: tuple[Quote, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ModelChosen:
    """Second event: who answers. Not sent where no model is set up."""

    model: str
    provider: str
    place: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class TextAdded:
    """The next words of the stream."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Last event."""

    answer: Answer


AskEvent = QuotesFound | ModelChosen | TextAdded | Answered
