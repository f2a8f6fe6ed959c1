"""Earlier messages of a session in a later request: as they were while they fit, then as a summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.assist.wording import wording_for
from core.errors import ModelError
from core.llm.chat import ChatModel, ChatRequest, Message, Purpose, Role, read_all
from core.session.model import Author, Conversation, SessionMessage
from core.text import tokens

HISTORY_TOKENS = 2400
"""Of earlier messages that go along with a request."""
KEPT_TOKENS = 1200
"""Of the latest messages that stay word for word when the earlier ones are summarised."""
SUMMARY_TOKENS = 400
_TO_SUMMARISE = 6000


@dataclass(frozen=True, slots=True)
class History:
    """What goes along, oldest first, and what has to be summarised first for it to fit."""

    messages: tuple[Message, ...] = ()
    too_long: tuple[SessionMessage, ...] = ()
    pictures: tuple[tuple[str, ...], ...] = ()
    """The paths of the pictures that came with each of the messages."""


def history_of(conversation: Conversation) -> History:
    """Return what of a session goes along: its last summary, then all that was said since."""
    said = list(conversation.messages)
    start = max((n for n, message in enumerate(said) if message.author is Author.SUMMARY), default=-1)
    summary = said[start : start + 1] if start >= 0 else []
    kept = _after(said, summary)
    if _size([*summary, *kept]) <= HISTORY_TOKENS:
        return _history([*summary, *kept])
    recent = _recent(kept)
    return _history(recent, (*summary, *kept[: len(kept) - len(recent)]))


async def summarised(too_long: Sequence[SessionMessage], model: ChatModel, *, request_id: str = "") -> str:
    """Return a summary of messages; empty where the model could not make one."""
    text = "\n\n".join(f"{message.author.value}: {message.text}" for message in too_long)
    words = wording_for(text)
    request = ChatRequest(
        (Message(Role.SYSTEM, words.summarise), Message(Role.USER, tokens.trim(text, _TO_SUMMARISE))),
        temperature=0.2,
        max_tokens=SUMMARY_TOKENS,
        purpose=Purpose(request_id, "summarise"),
    )
    try:
        return (await read_all(model, request)).strip()
    except ModelError:
        return ""


def summary_message(text: str) -> Message:
    """Return a summary as it is sent."""
    return Message(Role.USER, f"{wording_for(text).summary}\n{text}")


def _after(said: Sequence[SessionMessage], summary: Sequence[SessionMessage]) -> list[SessionMessage]:
    """Return what was said since the last message that a summary stands for."""
    if not summary:
        return list(said)
    upto = summary[0].extra.get("upto", "")
    place = next((n for n, message in enumerate(said) if message.id == upto), said.index(summary[0]))
    return [message for message in said[place + 1 :] if message.author is not Author.SUMMARY]


def _recent(messages: Sequence[SessionMessage]) -> list[SessionMessage]:
    """Return the latest messages within their budget, beginning with one of the person's."""
    kept: list[SessionMessage] = []
    left = KEPT_TOKENS
    for message in reversed(messages):
        left -= tokens.count(message.text)
        if left < 0:
            break
        kept.insert(0, message)
    while kept and kept[0].author is not Author.PERSON:
        kept.pop(0)
    return kept


def _history(kept: Sequence[SessionMessage], too_long: tuple[SessionMessage, ...] = ()) -> History:
    return History(_as_chat(kept), too_long, tuple(map(pictures_in, kept)))


def pictures_in(message: SessionMessage) -> tuple[str, ...]:
    """Return the paths of the pictures that went along with a message."""
    kept = message.extra.get("images")
    return tuple(map(str, kept)) if isinstance(kept, list | tuple) else ()


def _size(messages: Sequence[SessionMessage]) -> int:
    return sum(tokens.count(message.text) for message in messages)


def _as_chat(messages: Sequence[SessionMessage]) -> tuple[Message, ...]:
    roles = {Author.PERSON: Role.USER, Author.MODEL: Role.ASSISTANT}
    return tuple(
        summary_message(message.text)
        if message.author is Author.SUMMARY
        else Message(roles[message.author], message.text)
        for message in messages
    )
