"""Values of sessions, traces and the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Author(StrEnum):
    """Who a message of a session is from."""

    PERSON = "person"
    MODEL = "model"
    SUMMARY = "summary"
    """What stands for the messages before it when the next request is sent; shown, and never sent twice."""


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation, tied to a note or, with an empty `note`, to the vault."""

    id: str
    title: str
    note: str
    """Path relative to the vault."""
    created_at: float
    """Seconds since the epoch."""
    updated_at: float
    messages: int = 0
    branched_from: str = ""
    """Id of the session it was branched from."""
    named_by_person: bool = False


@dataclass(frozen=True, slots=True)
class SessionMessage:
    """One message; `extra` holds what an answer came with, as plain JSON values."""

    id: str
    session_id: str
    author: Author
    text: str
    created_at: float
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Of an answer: `finish`, `model`, `place`, `tier`, `cost_usd`, `trace_id`, `prompt_id`, `citations`
    (a list of objects with the fields of `core.assist.model.Citation`), `unsupported` (a list of
    [start, end])."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A session with its messages, oldest first."""

    session: Session
    messages: tuple[SessionMessage, ...]


class Outcome(StrEnum):
    """What the person did with a result; a later outcome replaces an earlier one of the same kind."""

    INSERTED = "inserted"
    EDITED = "edited"
    """Inserted, then changed by hand."""
    REFUSED = "refused"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Trace:
    """The local record of one model call. The names are those of OpenTelemetry's `gen_ai.*`; see `NAMES`."""

    id: str
    """One a call; the calls of one request share `request_id`."""
    request_id: str
    """The `trace_id` of an answer."""
    started_at: float
    operation: str
    """`ask`, `write`, `check`, `summarise`, ..."""
    provider: str
    model: str
    place: str
    prompt_id: str = ""
    prompt_version: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    """Whether the provider did not say how many tokens it took."""
    cost_usd: float | None = None
    first_token_s: float | None = None
    duration_s: float = 0.0
    finish_reason: str = ""
    error_type: str = ""
    """Class of the error, `cancelled`, or empty."""


NAMES: Mapping[str, str] = {
    "request_id": "pilotfish.request.id",
    "operation": "gen_ai.operation.name",
    "provider": "gen_ai.provider.name",
    "model": "gen_ai.request.model",
    "place": "server.address",
    "prompt_id": "gen_ai.prompt.name",
    "prompt_version": "pilotfish.prompt.version",
    "input_tokens": "gen_ai.usage.input_tokens",
    "output_tokens": "gen_ai.usage.output_tokens",
    "estimated": "pilotfish.usage.estimated",
    "cost_usd": "pilotfish.cost.usd",
    "first_token_s": "gen_ai.response.time_to_first_chunk",
    "duration_s": "gen_ai.client.operation.duration",
    "finish_reason": "gen_ai.response.finish_reasons",
    "error_type": "error.type",
}
"""What each field of a `Trace` is called outside (semantic-conventions-genai, November 2026)."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What one key (a day, a model, a prompt) cost."""

    key: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    unpriced: int = 0
    """Calls whose price is not known, and which `cost_usd` therefore lacks."""
    inserted: int = 0
    """Requests of which something went into a note, as it came or edited..."""
    refused: int = 0
    """...and requests whose results were refused or taken back."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was spent. Sums are US dollars; days are the person's own."""

    today_usd: float
    month_usd: float
    cap_usd: float
    """0 where there is no cap."""
    by_day: tuple[LedgerRow, ...] = ()
    by_model: tuple[LedgerRow, ...] = ()
    by_prompt: tuple[LedgerRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelScore:
    """How one model fared at one kind of work: votes, and what the person took."""

    work: str
    """A prompt's id, or `ask`."""
    model: str
    votes: int
    good: int
    bad: int
    inserted: int
    """As it came or edited."""
    refused: int
    edited: int = 0
    """Of those inserted: changed by hand, before or after."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The very bytes that went to a provider, kept in memory only and without any key.

    Of a picture only the beginning is kept, and how long it was (`core.llm.pictures.without_pictures`).
    """

    url: str
    body: str
    at: float
    """Seconds since the epoch."""
