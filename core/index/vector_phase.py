"""The second phase of indexing: vectors for the chunks that have none."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from core.errors import TextNotEmbedded
from core.index.catalog import NoteEntry
from core.index.model import ChunkRow, IndexEmbedder, Vector
from core.index.run import Run
from core.index.vault_index import VaultIndex
from core.index.vectors import rounded
from core.text.chunks import embedding_text

log = logging.getLogger(__name__)

SLICE = 4  # chunks between two looks at the cancel token: a note just saved waits some 0.1 s for its turn
BATCH = 256  # chunks a commit: some 5 s of embedding against 20 ms of writing
COMMITS_A_TIDY = 40

Embed = Callable[[Sequence[str]], Vector]


class VectorPhase:
    """Computes missing vectors once each: the cache is asked first, another process's work is shared."""

    def __init__(
        self, index: VaultIndex, embedder: IndexEmbedder, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._clock = clock
        self._refused: set[str] = set()  # hashes of texts the model fails on; not tried again by this process

    @property
    def ready(self) -> bool:
        """Whether a few vectors are a matter of moments."""
        return self._embedder.ready

    def fill(self, run: Run, first: Sequence[str]) -> None:
        """Embed until nothing waits; see `Indexer.embed_pending`."""
        commits = 0
        while notes := self._index.catalog.waiting(BATCH, first=first):
            run.cancel.raise_if_cancelled()
            with self._index.embedding_lock:
                self._fill_batch(_up_to(notes, BATCH), run)
            commits += 1
            if commits % COMMITS_A_TIDY == 0:
                self._index.tidy()

    def compute(self, rows: Sequence[ChunkRow], run: Run, *, seconds: float = math.inf) -> dict[str, Vector]:
        """Vectors by text hash for `rows`, from the cache or else from the model.

        Cancelled in between, or after `seconds`, it returns what is there; a text that the model fails on is
        left out. Where the seconds count somebody waits, and the model is asked with more urgency.
        """
        end = time.monotonic() + seconds
        by_hash = {row.text_hash: row for row in rows}
        found = self._index.known_vectors(list(by_hash))
        missing = [row for text_hash, row in by_hash.items() if text_hash not in found]
        step, embed = self._embedder.batch, self._embedder.embed_passages
        if seconds < math.inf:
            step, embed = 1, self._embedder.embed_at_once
        for start in range(0, len(missing), step):
            if run.cancel.cancelled or time.monotonic() > end:
                break
            found |= self._embed(missing[start : start + step], run, embed)
        return found

    def _fill_batch(self, notes: Sequence[NoteEntry], run: Run) -> None:
        ids = [note.id for note in notes]
        rows = [row for row in self._index.store.waiting_rows(ids) if row.text_hash not in self._refused]
        run.tell(self._index.catalog, notes[0].path)
        vectors = self.compute(rows[:BATCH], run)
        filled = [replace(row, vector=vectors[row.text_hash]) for row in rows if row.text_hash in vectors]
        with self._index.writing() as writer:
            self._index.store.set_vectors(filled)
            left = dict.fromkeys(ids, 0)
            for row in self._index.store.waiting_rows(ids):
                left[row.note_id] += row.text_hash not in self._refused
            writer.set_waiting(left)
        run.cancel.raise_if_cancelled()

    def _embed(self, rows: Sequence[ChunkRow], run: Run, embed: Embed) -> dict[str, Vector]:
        texts = [embedding_text(row.title, row.heading_path, row.text) for row in rows]
        try:
            vectors = embed(texts)
        except TextNotEmbedded as error:
            return self._embed_singly(rows, run, error, embed)
        found = {row.text_hash: rounded(vector) for row, vector in zip(rows, vectors, strict=True)}
        self._index.vectors.put(found.items(), now=self._clock())
        run.embedded += len(found)
        return found

    def _embed_singly(
        self, rows: Sequence[ChunkRow], run: Run, error: TextNotEmbedded, embed: Embed
    ) -> dict[str, Vector]:
        """One text that the model fails on must not stop the others."""
        if len(rows) == 1:
            log.warning("a chunk of %d characters could not be embedded", len(rows[0].text), exc_info=error)
            self._refused.add(rows[0].text_hash)
            return {}
        found: dict[str, Vector] = {}
        for row in rows:
            found |= self._embed([row], run, embed)
        return found


def _up_to(notes: Sequence[NoteEntry], chunks: int) -> list[NoteEntry]:
    """The first notes that have `chunks` waiting chunks together, at least one note."""
    sums = np.cumsum([note.waiting for note in notes])
    return list(notes[: int(np.searchsorted(sums, chunks)) + 1])
