"""The embedder that the rest of core uses: a prepared model in a child process.

    embedder = EmbeddingProcess(preparation.model_folder(model, models_dir))
    embedder.start()                        # optional; else the first text waits about a second for the model
    vectors = embedder.embed_passages(texts)
    vector = embedder.embed_query("...")    # waits for one passage at most
    embedder.close()

Safe to use from several threads. A child that dies is started again once per text; a text that the model
cannot take raises `TextNotEmbedded` for itself alone. A model that turns out to be damaged is given up:
`EmbeddingUnavailable` with `details["damaged"]`, from then on "not prepared", until `preparation.prepare` has
made it anew; the same embedder works then.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core import children
from core.children import Child
from core.errors import EmbeddingUnavailable, TextNotEmbedded
from core.index.embedding import card as cards
from core.index.embedding import preparation, process
from core.index.embedding.process import Request
from core.index.embedding.turns import Turns
from core.index.model import Vector

NOT_PREPARED = "The embedding model is not prepared."
START_SECONDS = 120.0  # loading takes one; a busy or cold machine takes its time
ANSWER_SECONDS = 60.0
CHARACTERS_PER_SECOND = 500  # a tenth of what a slow machine does; long texts get more time


class EmbeddingProcess:
    """Embeds texts in a child process, which is started when it is first needed."""

    def __init__(self, folder: Path) -> None:
        """Use the prepared model in `folder`.

        Raises:
            EmbeddingUnavailable: there is none; see `core.index.embedding.preparation.prepare`.
        """
        card = cards.read(folder)
        if card is None:
            raise EmbeddingUnavailable(NOT_PREPARED)
        self._folder = folder
        self._card = card
        self._turns = Turns()
        self._state = threading.Lock()  # guards what follows; never held while waiting
        self._child: Child | None = None
        self._ready: Child | None = None
        """The child whose model is loaded."""
        self._closed = False

    @property
    def name(self) -> str:
        """Fingerprint of model and preparation."""
        return self._card.name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._card.dimensions

    @property
    def pid(self) -> int | None:
        """Process id of the running child, for `doctor` and measurements."""
        with self._state:
            return self._child.process.pid if self._child else None

    @property
    def ready(self) -> bool:
        """Whether the next text need not wait for the model to be loaded."""
        with self._state:
            return self._child is not None and self._child is self._ready

    def start(self) -> None:
        """Load the model now; raises `EmbeddingUnavailable` if it cannot be."""
        with self._turns.take(hurry=True):
            self._running_child()

    def embed_passages(self, texts: Sequence[str], *, hurry: bool = False) -> Vector:
        """Return unit vectors, shape (len(texts), dimensions).

        Args:
            hurry: somebody waits for them; they go before other passages, at normal priority.

        Raises:
            TextNotEmbedded: the model cannot take the text at `details["position"]`.
            EmbeddingUnavailable: the model cannot be run at all, or `close` was called.
        """
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for position, text in enumerate(texts):
            with self._turns.take(hurry=hurry):
                vectors[position] = self._embed(Request(text, is_query=False, hurry=hurry), position)
        return vectors

    def embed_query(self, text: str) -> Vector:
        """Return one unit vector, shape (dimensions,); raises as `embed_passages` does."""
        with self._turns.take(hurry=True):
            return self._embed(Request(text, is_query=True))

    def close(self) -> None:
        """End the child, also while it works: whoever waits for it gets `EmbeddingUnavailable`."""
        with self._state:
            self._closed = True
            child = self._child
        if child is not None:
            child.kill()
        with self._turns.take(hurry=True):
            self._drop_child()

    def _embed(self, request: Request, position: int = 0) -> Vector:
        reason = ""
        for _attempt in range(2):
            child = self._running_child()
            try:
                answer = self._ask(child, request)
            except (EOFError, OSError) as error:  # it died or hangs: perhaps by chance, perhaps by this text
                reason = f"its process died ({type(error).__name__})"
                continue
            if not isinstance(answer, Exception):
                return answer
            reason = str(answer)
            break
        raise TextNotEmbedded(
            f"The embedding model could not take this text: {reason}.", position=str(position), reason=reason
        )

    def _running_child(self) -> Child:
        """Return the child, started if need be; the caller holds the turn."""
        with self._state:
            self._raise_if_closed()
            if self._child is not None:
                return self._child
            self._child = child = self._spawned()
        try:
            problem = _receive(child, START_SECONDS)
        except (EOFError, OSError) as error:
            problem = EmbeddingUnavailable(f"The embedding process ended while it started ({error!r}).")
        except BaseException:
            self._drop_child()
            raise
        if problem is not None:
            self._give_up(problem)
        with self._state:
            self._ready = child
        return child

    def _spawned(self) -> Child:
        if cards.read(self._folder) is None:
            raise EmbeddingUnavailable(NOT_PREPARED)
        try:
            return children.start(process.main, self._folder, name="pilotfish-embedding")
        except OSError as error:
            raise EmbeddingUnavailable(
                f"The embedding process cannot be started: {error.strerror}."
            ) from error

    def _give_up(self, problem: EmbeddingUnavailable) -> None:
        self._drop_child()
        with self._state:
            self._raise_if_closed()
        if "damaged" in problem.details:
            preparation.forget(self._folder)  # the next start prepares it anew
        raise problem

    def _ask(self, child: Child, request: Request) -> Vector | Exception:
        """Return the child's answer; without one, the child is dropped, so that none arrives late."""
        try:
            child.connection.send(request)
            answer: Vector | Exception = _receive(
                child, ANSWER_SECONDS + len(request.text) / CHARACTERS_PER_SECOND
            )
        except BaseException:
            self._drop_child()
            raise
        return answer

    def _drop_child(self) -> None:
        with self._state:
            child, self._child = self._child, None
        if child is not None:
            child.close()

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise EmbeddingUnavailable("The embedding process was closed.")


def _receive(child: Child, seconds: float) -> Any:
    if not child.connection.poll(seconds):
        raise TimeoutError(f"no answer within {seconds:.0f} s")
    return child.connection.recv()
