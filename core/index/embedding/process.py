"""The embedding child process: one model, one text at a time, nothing on disk.

    parent -> child   Request
    child  -> parent  a vector, or the error that this text met

Before the first request the child sends None once the model is loaded, or the error that prevents it. It ends
when the pipe closes.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from core import children
from core.errors import EmbeddingUnavailable
from core.index.embedding import onnx_model
from core.index.embedding.onnx_model import OnnxModel
from core.index.model import Vector

IDLE_SECONDS = 2.0  # without a request, before memory is given back


@dataclass(frozen=True, slots=True)
class Request:
    """One text to be embedded, as a query or as a passage."""

    text: str
    is_query: bool
    hurry: bool = False
    """Whether somebody waits for it, as for every query: it is answered at our first priority."""


def main(connection: Connection, folder: Path) -> None:
    """Serve requests until the parent is gone."""
    children.leave_interrupts_to_parent()
    # Somebody waits for the model to load and for questions: this thread keeps the priority it begins with.
    with suppress(EOFError, OSError), ThreadPoolExecutor(1, "questions") as urgent:  # else the parent is gone
        try:
            model = urgent.submit(onnx_model.load, folder).result()
        except EmbeddingUnavailable as error:
            connection.send(error)
            return
        children.lower_priority()
        connection.send(None)
        while True:
            if not connection.poll(IDLE_SECONDS):
                model.rest()
            connection.send(_answer(model, connection.recv(), urgent))


def _answer(model: OnnxModel, request: Request, urgent: Executor) -> Vector | Exception:
    embed = model.embed_query if request.is_query else model.embed_passage
    try:
        if request.is_query or request.hurry:
            return urgent.submit(embed, request.text).result()
        return embed(request.text)
    except Exception as error:  # noqa: BLE001 (one text must not end the process; the parent is told)
        return ValueError(str(error) or type(error).__name__)
