"""The protocol that every language model speaks here, and the values that cross it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

LOCAL = "local"
"""The place of a model on this machine."""

OnSent = Callable[[str, bytes], None]
"""Told the address and the very bytes of the body each time a request goes out; never any header."""


class Role(StrEnum):
    """Who says a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Tier(StrEnum):
    """The two words on the switch."""

    FAST = "fast"
    PRECISE = "precise"


class ModelRole(StrEnum):
    """Work for which a model of its own can be named."""

    COMPLETION = "completion"
    """Ghost text; the fast model where none is named."""
    VISION = "vision"
    """Images; the precise model where none is named."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that goes along with a message."""

    kind: str
    """Media type: `image/png`, ..."""
    data: bytes = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str
    images: tuple[Image, ...] = ()
    """For models that see; the text comes first."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request; `estimated` where the provider did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Delta:
    """One piece of a stream. The last one of a whole answer has a `finish_reason`; a stream that ends
    without one was cut."""

    text: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a request is for, as the ledger and the traces keep it; nothing of it is sent."""

    request_id: str = ""
    """Shared by all calls of one request of the person's; the `trace_id` of its answer."""
    operation: str = ""
    """`ask`, `write`, `check`, `summarise`, `complete`, ..."""
    prompt_id: str = ""
    prompt_version: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a text that is to be filled in."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a model is asked."""

    messages: Sequence[Message]
    temperature: float = 0.3
    max_tokens: int = 1024
    stop: tuple[str, ...] = ()
    purpose: Purpose = Purpose()
    gap: Gap | None = None
    """What the messages ask to fill in; a model that was made for that is given the gap instead of them."""
    on_sent: OnSent | None = field(default=None, repr=False, compare=False)


class NamedModel(Protocol):
    """A model behind an endpoint, whatever it does."""

    @property
    def model(self) -> str:
        """The model's name as the provider knows it."""

    @property
    def provider(self) -> str:
        """The provider's name in the settings."""

    @property
    def place(self) -> str:
        """`LOCAL` where it runs on this machine, else the host name that will see or hear what is sent."""


class ChatModel(NamedModel, Protocol):
    """A model that answers in words.

    `stream` raises `core.errors.ModelError` subclasses only. Closing the generator (or cancelling the task
    that reads it) closes the connection, so that the server stops as well.
    """

    @property
    def demonstration(self) -> bool:
        """Whether this is the built-in model, whose words never stand alone."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes."""

    async def close(self) -> None:
        """Close connections; the model is not used again."""


async def read_all(model: ChatModel, request: ChatRequest) -> str:
    """Return the whole answer; raises what `ChatModel.stream` raises. Cancelling closes the connection."""
    async with aclosing(model.stream(request)) as deltas:
        return "".join([delta.text async for delta in deltas])
