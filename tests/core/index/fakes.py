"""A deterministic embedder, and small vaults of real files, for the tests of index and search."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import EmbeddingUnavailable, TextNotEmbedded
from core.index.cosine_spread import SENTENCES
from core.index.indexer import Indexer
from core.index.model import ChunkRow, Vector
from core.index.vault_index import VaultIndex, open_index
from core.vault.snapshot import scan

DIMENSIONS = 256
PAGE = 4096  # bytes of SQLite's pages
_WORD = re.compile(r"[一-鿿]|[^\W_]+")


_PARALLEL = {text for pair in SENTENCES for text in pair}


class HashingEmbedder:
    """Vectors from hashed words: texts that share words are near. Keeps what passages it was asked for."""

    dimensions = DIMENSIONS
    batch = 4
    ready = True

    def __init__(self, name: str = "hashing-1") -> None:
        self.name = name
        self.passages: list[str] = []
        self.poison: set[str] = set()
        self.is_down = False

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        if self.is_down:
            raise EmbeddingUnavailable
        for position, text in enumerate(texts):
            if any(word in text for word in self.poison):
                raise TextNotEmbedded(position=str(position))
        self.passages += [text for text in texts if text not in _PARALLEL]
        return np.stack([self._vector(text) for text in texts])

    def embed_at_once(self, texts: Sequence[str]) -> Vector:
        return self.embed_passages(texts)

    def embed_query(self, text: str) -> Vector:
        if self.is_down:
            raise EmbeddingUnavailable
        return self._vector(text)

    def close(self) -> None:
        pass

    def _vector(self, text: str) -> Vector:
        vector = np.full(DIMENSIONS, 1e-3, dtype=np.float32)
        for word in _WORD.findall(text.lower()):
            digest = hashlib.blake2b(f"{self.name}{word}".encode(), digest_size=4).digest()
            vector[int.from_bytes(digest[:2], "big") % DIMENSIONS] += 1.0 if digest[2] % 2 else -1.0
        return vector / np.linalg.norm(vector)


def write(vault: Path, notes: dict[str, str]) -> None:
    """Write notes of these texts under a folder."""
    for path, text in notes.items():
        file = vault / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def indexer_of(index: VaultIndex, vault: Path, embedder: HashingEmbedder) -> Indexer:
    """An indexer over the real folder."""
    return Indexer(
        index,
        vault,
        embedder,
        scan=partial(scan, vault),
        max_note_bytes=1_000_000,
        second=HashingEmbedder("second"),
    )


def open_for(home: Path, embedder: HashingEmbedder) -> VaultIndex:
    """Open the index that the embedder fills."""
    return open_index(home, embedder.name, embedder.dimensions)


def row(note_id: str, place: int = 0, text: str = "text", **changes: object) -> ChunkRow:
    """A chunk of a note, with any of its values changed."""
    values: dict[str, Any] = {
        "id": f"{note_id}:{place}",
        "note_id": note_id,
        "path": f"{note_id}.md",
        "title": f"title{note_id}",
        "heading_path": (),
        "start_line": place + 1,
        "end_line": place + 1,
        "text": text,
        "lang": "en",
        "text_hash": f"hash of {text}",
    }
    return ChunkRow(**(values | changes))


def spoil_pages(file: Path) -> None:
    """Overwrite all of an SQLite file but its first page, so that it opens and cannot be read."""
    data = file.read_bytes()
    assert len(data) > PAGE
    file.write_bytes(data[:PAGE] + b"rubbish!" * ((len(data) - PAGE) // 8))
