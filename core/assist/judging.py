"""What a model says to a claim and its passages, taken for true only with words that stand in them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence

from core.assist.citations import citation
from core.assist.context import fenced, visible
from core.assist.json_output import checked_json
from core.assist.model import Citation, Verdict
from core.assist.support import find_words
from core.assist.wording import wording_for
from core.llm.chat import ChatModel, ChatRequest, Message, Purpose, Role, read_all
from core.search.model import Passage
from core.text import tokens

PASSAGE_TOKENS = 400
ANSWER_TOKENS = 200
_LEAST_QUOTE = 6
"""Characters; less would stand anywhere."""


async def judged(
    claim: str, passages: Sequence[Passage], model: ChatModel, *, request_id: str
) -> tuple[Verdict, tuple[Citation, ...]]:
    """Return the model's verdict with the quote it gave; `NOT_FOUND` where the quote stands in no passage.

    Raises:
        ModelError: as the model's own `stream`.
    """
    request = ChatRequest(
        _messages(claim, passages),
        temperature=0.0,
        max_tokens=ANSWER_TOKENS,
        purpose=Purpose(request_id, "check"),
    )
    return verdict_of(await read_all(model, request), passages)


def verdict_of(answer: str, passages: Sequence[Passage]) -> tuple[Verdict, tuple[Citation, ...]]:
    """Return what an answer comes to once its quote was looked up."""
    text, problem = checked_json(answer, {"type": "object"})
    said = {} if problem else json.loads(text)
    quote = str(said.get("quote") or "")
    try:
        verdict = Verdict(str(said.get("verdict", "")))
    except ValueError:
        verdict = Verdict.NOT_FOUND
    if verdict is Verdict.NOT_FOUND or len(quote) < _LEAST_QUOTE:
        return Verdict.NOT_FOUND, ()
    for n, passage in enumerate(passages, start=1):
        if (found := find_words(quote, passage)).found:
            return verdict, (citation(n, passage, found),)
    return Verdict.NOT_FOUND, ()


def _messages(claim: str, passages: Sequence[Passage]) -> tuple[Message, ...]:
    nonce = secrets.token_hex(4)
    words = wording_for(claim)
    shown = [
        fenced(
            f"[{n}] {visible(passage.title or passage.path)}",
            tokens.trim(visible(passage.text), PASSAGE_TOKENS),
            nonce,
        )
        for n, passage in enumerate(passages, start=1)
    ]
    return (
        Message(Role.SYSTEM, words.judge.format(nonce=nonce)),
        Message(Role.USER, "\n\n".join([*shown, words.claim.format(text=claim)])),
    )
