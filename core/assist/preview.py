"""Exactly what a request would send, in parts that can be taken out, with tokens and price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.assist.earlier import Earlier
from core.assist.images import image_parts, wanted
from core.assist.model import AskRequest, ContextPart, PartKind, Preview, WriteRequest
from core.assist.sources import note_parts, passage_part
from core.llm.chat import ChatModel, ChatRequest, Message, Usage
from core.llm.pictures import without_bytes
from core.llm.prices import Prices
from core.search.model import Passage
from core.text import tokens

NO_PICTURES = Earlier()


def preview(
    request: AskRequest | WriteRequest,
    chat: ChatRequest,
    passages: Sequence[Passage],
    model: ChatModel,
    prices: Prices,
    *,
    history: Sequence[Message] = (),
    earlier: Earlier = NO_PICTURES,
    times: int = 1,
) -> Preview:
    """Return the preview of a request that would be sent `times` over.

    A part counts the tokens that it takes in the messages, which may be fewer than its text has; what is in
    no part is the instruction.
    """
    said = "\n".join(message.content for message in chat.messages)
    texts = [*note_parts(request.note), *_history_parts(history), *map(passage_part, passages)]
    words = sum(tokens.count(message.content) for message in chat.messages)
    parts = [part for part in _within(texts, words) if _is_there(part, passages, said)]
    rest = max(words - sum(part.tokens for part in parts), 0)
    seen = [image for message in chat.messages for image in message.images]
    pictures = image_parts((*earlier.paths, *wanted(request)), seen)
    total = words + sum(part.tokens for part in pictures)
    usage = Usage(total * times, chat.max_tokens * times)
    instruction = ContextPart(PartKind.INSTRUCTION, "instruction", "", rest, removable=False)
    return Preview(
        messages=tuple(map(without_bytes, chat.messages)),
        parts=(instruction, *pictures, *parts),
        tokens=total * times,
        answer_tokens=chat.max_tokens * times,
        cost_usd=prices.cost(model.model, model.place, usage),
        model=model.model,
        provider=model.provider,
        place=model.place,
        earlier_pictures=earlier.count,
    )


def _history_parts(history: Sequence[Message]) -> list[ContextPart]:
    if not history:
        return []
    size = sum(tokens.count(message.content) for message in history)
    return [ContextPart(PartKind.HISTORY, "history", "", size)]


def _within(parts: Sequence[ContextPart], total: int) -> list[ContextPart]:
    """Return the parts scaled down to what the messages can hold of them: long ones are trimmed there."""
    wanted = sum(part.tokens for part in parts)
    share = min(1.0, total / wanted) if wanted else 1.0
    return [replace(part, tokens=round(part.tokens * share)) for part in parts]


def _is_there(part: ContextPart, passages: Sequence[Passage], said: str) -> bool:
    """Whether anything of a passage made it into the messages; the last ones may not have fitted."""
    if part.kind not in (PartKind.PASSAGE, PartKind.PINNED):
        return True
    text = next(p.text for p in passages if passage_part(p).key == part.key)
    lines = [line.strip() for line in text.split("\n") if len(line.strip()) > 8] or [text.strip()]
    return any(line[:40] in said for line in lines)
