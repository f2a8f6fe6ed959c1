"""An embedder that may be used before its model is prepared: until then it is unavailable, then it works."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from core.concurrency import CancelToken
from core.errors import EmbeddingUnavailable
from core.index.embedding import card as cards
from core.index.embedding import preparation, remote
from core.index.embedding.client import EmbeddingProcess
from core.index.embedding.remote import RemoteEmbedder
from core.index.embedding.stages import OnStage
from core.index.model import Vector
from core.index.vector_phase import SLICE
from core.llm.endpoint import host, is_loopback

BUILT_IN_DIMENSIONS = 384  # of multilingual-e5-small, known before it is prepared
QUESTIONS = 64
"""Remembered: what is searched for is compared with what was found a moment later."""


class LateEmbedder:
    """The `IndexEmbedder` of one model, prepared or not."""

    def __init__(self, model: str, models_dir: Path) -> None:
        """`model` is the setting; a named one must have been prepared, for its dimensions are not known else.

        Raises:
            EmbeddingUnavailable: the model cannot be found, or is named and not prepared.
        """
        self._model = model
        self._models_dir = models_dir
        self._folder = preparation.model_folder(model, models_dir)
        self._process: EmbeddingProcess | RemoteEmbedder | None = None
        self._lock = threading.Lock()
        self._asked = lru_cache(QUESTIONS)(lambda text: self._running().embed_query(text))
        self._dimensions = _dimensions(model, self._folder)
        if not self._dimensions:
            raise EmbeddingUnavailable(f"The embedding model {model} is not prepared yet.", model=model)

    @property
    def name(self) -> str:
        """Fingerprint of model and preparation."""
        return self._folder.name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._dimensions

    @property
    def batch(self) -> int:
        """How many texts are best given at once: more where each call is a journey."""
        return remote.BATCH if remote.names_endpoint(self._model) else SLICE

    @property
    def sent_to(self) -> str:
        """The host that sees the texts; empty where they stay on this machine."""
        base_url = self._model.partition("#")[0] if remote.names_endpoint(self._model) else ""
        return "" if not base_url or is_loopback(base_url) else host(base_url)

    @property
    def prepared(self) -> bool:
        """Whether texts can be embedded; a prepared model that turns out to be damaged no longer counts."""
        return preparation.is_prepared(self._model, self._models_dir)

    @property
    def ready(self) -> bool:
        """Whether a few texts are a matter of moments: the model is loaded, and no network is in between."""
        with self._lock:
            return isinstance(self._process, EmbeddingProcess) and self._process.ready

    def prepare(self, on_stage: OnStage, token: CancelToken) -> None:
        """Prepare the model where that has not been done; takes up to a minute. Raises as `preparation`."""
        preparation.prepare(self._model, self._models_dir, on_stage=on_stage, token=token)

    def start(self) -> None:
        """Load the model, so that the first query need not wait for it."""
        self._running().start()

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """See `Embedder`; raises `EmbeddingUnavailable` until the model is prepared."""
        return self._running().embed_passages(texts)

    def embed_at_once(self, texts: Sequence[str]) -> Vector:
        """As `embed_passages`, for a few texts that somebody waits for."""
        running = self._running()
        if isinstance(running, EmbeddingProcess):
            return running.embed_passages(texts, hurry=True)
        return running.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """See `Embedder`; raises `EmbeddingUnavailable` until the model is prepared. Not to be written to."""
        return self._asked(text)

    def close(self) -> None:
        """Give up the model and its process."""
        with self._lock:
            if self._process is not None:
                self._process.close()

    def _running(self) -> EmbeddingProcess | RemoteEmbedder:
        with self._lock:
            if self._process is None:
                is_remote = remote.names_endpoint(self._model)
                self._process = (
                    RemoteEmbedder(self._model, self._folder) if is_remote else EmbeddingProcess(self._folder)
                )
            return self._process


def _dimensions(model: str, folder: Path) -> int:
    """The length of a model's vectors, 0 where it is not known yet."""
    if remote.names_endpoint(model):
        return remote.dimensions_of(folder)
    card = cards.read(folder)
    return card.dimensions if card else 0 if model else BUILT_IN_DIMENSIONS
