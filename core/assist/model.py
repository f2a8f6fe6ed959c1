"""What the window and the command line ask for, and the events they get back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.errors import ModelError
from core.llm.chat import Message, Tier, Usage
from core.prompts.model import Placement, Retrieval
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
    text: str = ""
    """The whole note, for prompts whose scope is the note; without it `before` and `after` must do."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the person added to a request and took out of it, on the context bar."""

    notes: tuple[str, ...] = ()
    """Paths of pinned notes (`@note`), which go along whole as far as they fit."""
    tags: tuple[str, ...] = ()
    """Only notes with one of these tags are searched (`#tag`)."""
    without: frozenset[str] = frozenset()
    """Keys of `ContextPart`s that must not be sent."""
    retrieval: Retrieval = Retrieval.VAULT


@dataclass(frozen=True, slots=True)
class AskRequest:
    """One request of the side panel or of `pilotfish ask`."""

    text: str
    work: Work = Work.ASK
    tier: Tier = Tier.FAST
    note: NoteContext | None = None
    use_passages: bool = True
    session_id: str = ""
    """The session whose earlier messages go along and to which question and answer are added."""
    sources: Sources = Sources()
    temperature: float | None = None
    model: str = ""
    """`provider/model` instead of the tier's, for comparing several side by side."""
    images: tuple[str, ...] = ()
    """Paths of images, absolute or relative to the vault; they go to the vision model."""


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
    label: str = ""
    """Of a document: the page, slide, rows .. it is on (`p. 3`)."""


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
    unsupported: tuple[tuple[int, int], ...] = ()
    """Sentences of `text` (start, end) that nothing given to the model supports."""
    unseen_pictures: int = 0
    """Pictures from earlier in the conversation that were not sent: the model sees none."""

    @property
    def unsupported_sentences(self) -> tuple[str, ...]:
        """The words of those sentences."""
        return tuple(self.text[start:end] for start, end in self.unsupported)


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


@dataclass(frozen=True, slots=True)
class HistorySummarised:
    """Earlier messages of the session did not fit: `text` goes along in their place, and is kept in it."""

    text: str
    messages: int
    """How many it stands for."""


AskEvent = QuotesFound | ModelChosen | HistorySummarised | TextAdded | Answered


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """Run a prompt of the library on a note, for one or several candidates."""

    prompt_id: str
    note: NoteContext | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """The requirement form; a variable that is not named has its default."""
    instruction: str = ""
    """The person's own words: what else is wanted, or with `polish` what is to be different."""
    candidates: int = 0
    """How many; 0: as the prompt says."""
    first: int = 1
    """Number of the first candidate: 4 asks for *more* after three."""
    known: tuple[str, ...] = ()
    """Texts that are already shown; a candidate that says the same is dropped."""
    polish: str = ""
    """The text of a candidate to be polished further by the instruction."""
    placement: Placement | None = None
    """Where the result is to go, which decides its shape; None: where the prompt says."""
    tier: Tier | None = None
    temperature: float | None = None
    language: str = ""
    """`zh` or `en`; empty: the language of the text worked on."""
    session_id: str = ""
    sources: Sources = Sources()
    model: str = ""
    """`provider/model` instead of the tier's."""
    images: tuple[str, ...] = ()
    """Paths of images, absolute or relative to the vault; they go to the vision model."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One finished suggestion, shaped for its place."""

    n: int
    text: str
    finish: Finish
    problem: str = ""
    """Why a JSON result does not fit its schema, in one sentence."""


@dataclass(frozen=True, slots=True)
class CandidateAdded:
    """The next words of candidate `n`."""

    n: int
    text: str


@dataclass(frozen=True, slots=True)
class CandidateDone:
    """Candidate `n` is whole; its text replaces what was streamed."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class CandidateDropped:
    """Candidate `n` says the same as `same_as` (0: as one of `WriteRequest.known`) and is not to be shown."""

    n: int
    same_as: int


@dataclass(frozen=True, slots=True)
class CandidateFailed:
    """Candidate `n` could not be written; the others go on."""

    n: int
    error: ModelError


@dataclass(frozen=True, slots=True)
class Written:
    """Last event of a `WriteRequest`: the candidates that stay, and what all of them took."""

    candidates: tuple[Candidate, ...]
    prompt_id: str
    prompt_version: int
    model: str
    provider: str
    tier: Tier
    usage: Usage
    cost_usd: float | None
    first_token_ms: float | None
    total_ms: float
    trace_id: str


WriteEvent = ModelChosen | CandidateAdded | CandidateDone | CandidateDropped | CandidateFailed | Written


class PartKind(StrEnum):
    """What a part of the context is."""

    INSTRUCTION = "instruction"
    """The rules and the request itself; cannot be removed."""
    SELECTION = "selection"
    BLOCK = "block"
    NOTE = "note"
    """What stands around the selection or block."""
    PASSAGE = "passage"
    PINNED = "pinned"
    IMAGE = "image"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class ContextPart:
    """One piece of what will be sent; its `key` goes into `Sources.without` to remove it."""

    kind: PartKind
    key: str
    title: str
    """The name of its note, or empty."""
    tokens: int
    path: str = ""
    line: int = 0
    removable: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what a request would send, before it is sent."""

    messages: tuple[Message, ...]
    """Images in them are named, but without their bytes."""
    parts: tuple[ContextPart, ...]
    tokens: int
    answer_tokens: int
    """At most, over all candidates."""
    cost_usd: float | None
    """Estimate for the whole request with answers as long as they may be; None where no price is known."""
    model: str
    provider: str
    place: str
    earlier_pictures: int = 0
    """Pictures of the turns that go along once more, with those that were taken out."""
    sees_earlier: bool = True
    """Whether there is somebody to see them; else they are not sent."""


class Verdict(StrEnum):
    """What the vault says to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a checked text, and where it stands in it (offsets in code points)."""

    n: int
    text: str
    start: int
    end: int
    line: int
    """In the checked text, from 1."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict; quotes are words of the vault that the program found there."""

    claim: Claim
    verdict: Verdict
    citations: tuple[Citation, ...]
    by_model: bool = False
    """Whether a model judged; the quotes were looked up by the program all the same."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Check the claims of a text against the vault."""

    text: str
    note: str = ""
    """Path of the note the text is from, which does not count as a witness for itself."""
    first_line: int = 1
    tier: Tier = Tier.PRECISE
    use_model: bool = True


@dataclass(frozen=True, slots=True)
class ClaimsFound:
    """First event of a check."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """One claim was looked up; they may come in any order."""

    checked: CheckedClaim


@dataclass(frozen=True, slots=True)
class CheckDone:
    """Last event of a check: all claims in their order."""

    claims: tuple[CheckedClaim, ...]
    model: str
    cost_usd: float | None
    trace_id: str
    problem: ModelError | None = None
    """Why some claims were judged by their words alone although there is a model."""


CheckEvent = ClaimsFound | ClaimChecked | CheckDone
