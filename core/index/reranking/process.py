"""The reranking child process: one cross-encoder, nothing on disk, nothing fetched.

    parent -> child   Request
    child  -> parent  the scores, None where they would be late, or the error that the request met

Before the first request the child sends `Loaded`, or the error that prevents it. It ends when the pipe
closes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from core import children

BATCH = 4
"""Passages between two looks at the clock."""
LONGEST_TOKENS = 256
"""Of question and passage together; a chunk is rarely longer, and time grows with it."""
UNKNOWN_SHARE = 0.2
"""Share of unknown tokens in plain Chinese from which a model is taken not to read it."""
CHINESE = "我们计划在三月开放测试，因为等待名单已经超过两千人，试点的流失率也降到了百分之三。"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with passages, and the seconds within which an answer is of use."""

    question: str
    passages: Sequence[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is there."""

    reads_chinese: bool


def main(connection: Connection, name: str) -> None:
    """Serve requests until the parent is gone."""
    children.leave_interrupts_to_parent()
    with suppress(EOFError, OSError):  # the parent is gone, so there is nobody to tell
        try:
            model = load(name)
            loaded = Loaded(reads_chinese(model))
        except Exception as error:  # noqa: BLE001 -- whatever a model's files make the library raise
            connection.send(ValueError(str(error)[:300] or type(error).__name__))
            return
        connection.send(loaded)
        while True:
            connection.send(answer(model, connection.recv()))


def load(name: str) -> Any:
    """Return the cross-encoder of this name or folder; only what is on this machine already."""
    import torch
    from sentence_transformers import CrossEncoder

    torch.set_num_threads(2)
    return CrossEncoder(name, max_length=LONGEST_TOKENS, local_files_only=True, trust_remote_code=False)


def reads_chinese(model: Any) -> bool:
    """Whether the model's vocabulary holds Chinese: an English one sees nothing but unknown words."""
    tokens = model.tokenizer.tokenize(CHINESE)
    unknown = sum(token == model.tokenizer.unk_token for token in tokens)
    return len(tokens) > 0 and unknown / len(tokens) < UNKNOWN_SHARE


def answer(model: Any, request: Request) -> list[float] | Exception | None:
    """Return one score per passage, the higher the better; None as soon as time is up."""
    until = time.monotonic() + request.seconds
    pairs = [(request.question, passage) for passage in request.passages]
    scores: list[float] = []
    try:
        for start in range(0, len(pairs), BATCH):
            if time.monotonic() > until:
                return None
            found = model.predict(pairs[start : start + BATCH], show_progress_bar=False)
            scores += [float(score) for score in found]
    except Exception as error:  # noqa: BLE001 -- one request must not end the process; the parent is told
        return ValueError(str(error)[:300] or type(error).__name__)
    return scores
