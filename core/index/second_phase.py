"""The third phase of indexing: the second encoder's vectors, for questions in a language not the note's."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Sequence

from core.errors import EmbeddingUnavailable
from core.index import cosine_spread
from core.index.model import ChunkRow, Embedder
from core.index.run import Run
from core.index.vault_index import VaultIndex
from core.text.chunks import embedding_text

log = logging.getLogger(__name__)

BATCH_NOTES = 50
LOOK_SECONDS = 0.05
SLICE = 16  # chunks between two looks at the cancel token, a few milliseconds each


class SecondPhase:
    """Fills the cache of the second encoder's vectors; search does without those that are missing."""

    def __init__(
        self,
        index: VaultIndex,
        embedder: Embedder,
        second: Embedder,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._second = second
        self._clock = clock
        self._loading: threading.Thread | None = None

    def fill(self, run: Run) -> None:
        """Do what is due; raises `Cancelled` between two slices."""
        if not self._index.catalog.second_due(1):
            return
        self._index.note_languages()
        self._wait_until_loaded(run)
        try:
            cosine_spread.remember(self._embedder, self._index.vectors, now=self._clock())
            while notes := self._index.catalog.second_due(BATCH_NOTES):
                self._embed(self._index.store.rows_of([note.id for note in notes]), run)
                self._index.catalog.second_done(notes)
        except EmbeddingUnavailable as error:
            log.warning("no second opinion: %s", error)

    def _wait_until_loaded(self, run: Run) -> None:
        """Let the encoder load on a thread of its own: a second in which a saved note would have to wait."""
        if self._loading is None:
            self._loading = threading.Thread(target=self._load, name="load-second-encoder", daemon=True)
            self._loading.start()
        while self._loading.is_alive():
            run.cancel.raise_if_cancelled()
            self._loading.join(LOOK_SECONDS)

    def _load(self) -> None:
        with contextlib.suppress(EmbeddingUnavailable):  # told where it is used
            self._second.embed_query("")

    def _embed(self, rows: Sequence[ChunkRow], run: Run) -> None:
        by_hash = {row.text_hash: row for row in rows}
        known = self._index.second_vectors.get(list(by_hash))
        missing = [row for text_hash, row in by_hash.items() if text_hash not in known]
        for start in range(0, len(missing), SLICE):
            run.cancel.raise_if_cancelled()
            part = missing[start : start + SLICE]
            vectors = self._second.embed_passages(
                [embedding_text(row.title, row.heading_path, row.text) for row in part]
            )
            pairs = zip((row.text_hash for row in part), vectors, strict=True)
            self._index.second_vectors.put(pairs, now=self._clock())
