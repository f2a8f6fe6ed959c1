"""How a model's answer ended, where its end is no end: withheld, or without a word."""

from __future__ import annotations

from core.errors import AnswerEmpty, AnswerWithheld, ModelError
from core.llm.chat import LOCAL, NamedModel

FILTERED = "content_filter"


def shortfall(text: str, finish_reason: str | None, model: NamedModel) -> ModelError | None:
    """Return what to say of an answer whose stream is over, None where it says enough itself.

    The error's `reason` is why the model stopped: `length` where its thinking took all the room it had.
    """
    host = "" if model.place == LOCAL else model.place
    details = {"host": host, "model": model.model, "reason": finish_reason or ""}
    if finish_reason == FILTERED:
        return AnswerWithheld("The provider's content filter stopped the answer.", **details)
    if not text.strip():
        return AnswerEmpty(f"The model {model.model} ended without a word.", **details)
    return None
