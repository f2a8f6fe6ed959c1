"""Embedding by an endpoint: another machine's model in place of ours, where a person says so in the settings.

A model behind an endpoint is written `https://host/v1#name`. What is known of it (the length of its vectors)
lies in a small file where prepared models lie; to prepare it is to ask it once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from core.errors import EmbeddingUnavailable, ModelError, RequestRefused, TextNotEmbedded
from core.files import write_atomically
from core.index.model import Vector
from core.llm.endpoint import OPENAI_URL, Endpoint, is_offline, origin
from core.llm.keys import Keys, system_keyring
from core.llm.openai_embeddings import OpenAIEmbeddings
from core.llm.wire import Patience
from core.loop_thread import LoopThread

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH = 64  # texts a request: some 20 000 tokens, well below every provider's limit
KNOWN = "endpoint.json"
PROBE = "领航鱼 pilot fish"
PATIENT = Patience(read=60.0, headers=120.0, attempts=5, longest_delay=30.0)
HURRIED = Patience(connect=3.0, read=8.0, headers=8.0, attempts=1)
"""For a question that somebody waits for; words alone answer it otherwise."""


def names_endpoint(model: str) -> bool:
    """Tell whether a model is one behind an endpoint."""
    return model.startswith(("https://", "http://")) and "#" in model


def folder_of(model: str, models_dir: Path) -> Path:
    """Where what is known of the model lies; the folder's name is stamped on every index built with it."""
    base_url, _, name = model.partition("#")
    digest = hashlib.blake2b(f"{base_url.rstrip('/')}\n{name}".encode(), digest_size=6).hexdigest()
    return models_dir / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', name)[:60]}-{digest}"


def dimensions_of(folder: Path) -> int:
    """The length of the model's vectors; 0 where it was never asked."""
    try:
        return int(json.loads((folder / KNOWN).read_text(encoding="utf-8"))["dimensions"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def prepare(model: str, models_dir: Path) -> Path:
    """Ask the model once and note how long its vectors are; raises `EmbeddingUnavailable`."""
    folder = folder_of(model, models_dir)
    if not dimensions_of(folder):
        embedder = RemoteEmbedder(model, folder)
        try:
            dimensions = len(embedder.ask([PROBE], PATIENT)[0])
        finally:
            embedder.close()
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / KNOWN, json.dumps({"dimensions": dimensions}).encode())
    return folder


class RemoteEmbedder:
    """The `Embedder` of a model behind an endpoint. Safe to use from several threads."""

    def __init__(self, model: str, folder: Path) -> None:
        """`folder` is `folder_of` the model; it tells the length of its vectors once it is prepared."""
        base_url, _, name = model.partition("#")
        endpoint = Endpoint(name, base_url, _key_of(base_url))
        self.name = folder.name
        self.dimensions = dimensions_of(folder)
        self._client = OpenAIEmbeddings(endpoint, name, offline=is_offline(os.environ))
        self._loop = LoopThread("embeddings")

    def start(self) -> None:
        """There is nothing to load here."""

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return unit vectors, shape (len(texts), dimensions).

        Raises:
            TextNotEmbedded: the endpoint refuses what is in these texts.
            EmbeddingUnavailable: it cannot be used now, or is another model than it was.
        """
        return self._checked(self._asked_in_batches(texts, PATIENT))

    def embed_query(self, text: str) -> Vector:
        """Return one unit vector, shape (dimensions,); raises as `embed_passages`, sooner."""
        vector: Vector = self._checked(self._asked_in_batches([text], HURRIED))[0]
        return vector

    def ask(self, texts: Sequence[str], patience: Patience) -> list[list[float]]:
        """Return what the endpoint answers; raises as `embed_passages`."""
        try:
            return self._run(self._client.embed(texts, patience))
        except RequestRefused as error:
            raise TextNotEmbedded(str(error), position="0", reason=str(error)) from error
        except ModelError as error:
            raise EmbeddingUnavailable(str(error), reason=str(error)) from error

    def close(self) -> None:
        """Close the connections and end the thread."""
        if self._loop.is_closed:
            return
        with suppress(Exception):
            self._run(self._client.close())
        self._loop.close()

    def _asked_in_batches(self, texts: Sequence[str], patience: Patience) -> list[list[float]]:
        found: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            found += self.ask(texts[start : start + BATCH], patience)
        return found

    def _checked(self, found: list[list[float]]) -> Vector:
        """As unit vectors of the length that the index was made for."""
        lengths = {len(vector) for vector in found}
        if lengths - {self.dimensions}:
            raise EmbeddingUnavailable(
                f"The embedding model answers with vectors of {max(lengths)} numbers instead of "
                f"{self.dimensions}: it is another model than before. Choose it anew in the settings."
            )
        vectors = np.array(found, np.float32).reshape(len(found), self.dimensions)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(norms).all() or not norms.all():
            raise TextNotEmbedded("The embedding model gave no vector for this text.", position="0")
        units: Vector = (vectors / norms).astype(np.float32)
        return units

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop.is_closed:
            work.close()
            raise EmbeddingUnavailable("The connection to the embedding model was closed.")
        return self._loop.begin(work).result()


def _key_of(base_url: str) -> str:
    """The key that is kept for the endpoint, or the environment's where it belongs to the same address."""
    if key := Keys(system_keyring()).get(base_url):
        return key
    if origin(os.environ.get("OPENAI_BASE_URL") or OPENAI_URL) == origin(base_url):
        return os.environ.get("OPENAI_API_KEY", "")
    return ""
