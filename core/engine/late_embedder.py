"""An embedder that may be used before its model is prepared: until then it is unavailable, then it works."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from core.concurrency import CancelToken
from core.errors import EmbeddingUnavailable
from core.index.embedding import card as cards
from core.index.embedding import preparation
from core.index.embedding.client import EmbeddingProcess
from core.index.embedding.stages import OnStage
from core.index.model import Vector

BUILT_IN_DIMENSIONS = 384  # of multilingual-e5-small, known before it is prepared


class LateEmbedder:
    """The `Embedder` of one model, prepared or not."""

    def __init__(self, model: str, models_dir: Path) -> None:
        """`model` is the setting; a named one must have been prepared, for its dimensions are not known else.

        Raises:
            EmbeddingUnavailable: the model cannot be found, or is named and not prepared.
        """
        self._model = model
        self._models_dir = models_dir
        self._folder = preparation.model_folder(model, models_dir)
        self._process: EmbeddingProcess | None = None
        self._lock = threading.Lock()
        card = cards.read(self._folder)
        if model and card is None:
            raise EmbeddingUnavailable(f"The embedding model {model} is not prepared yet.", model=model)
        self._dimensions = card.dimensions if card else BUILT_IN_DIMENSIONS

    @property
    def name(self) -> str:
        """Fingerprint of model and preparation."""
        return self._folder.name

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._dimensions

    @property
    def prepared(self) -> bool:
        """Whether texts can be embedded; a prepared model that turns out to be damaged no longer counts."""
        return preparation.is_prepared(self._model, self._models_dir)

    def prepare(self, on_stage: OnStage, token: CancelToken) -> None:
        """Prepare the model where that has not been done; takes up to a minute. Raises as `preparation`."""
        preparation.prepare(self._model, self._models_dir, on_stage=on_stage, token=token)

    def start(self) -> None:
        """Load the model, so that the first query need not wait for it."""
        self._running().start()

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """See `Embedder`; raises `EmbeddingUnavailable` until the model is prepared."""
        return self._running().embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        """See `Embedder`; raises `EmbeddingUnavailable` until the model is prepared."""
        return self._running().embed_query(text)

    def close(self) -> None:
        """Give up the model and its process."""
        with self._lock:
            if self._process is not None:
                self._process.close()

    def _running(self) -> EmbeddingProcess:
        with self._lock:
            if self._process is None:
                self._process = EmbeddingProcess(self._folder)
            return self._process
