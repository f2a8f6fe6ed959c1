"""Chunks in a table that many machines share: in an object store, or behind a LanceDB server.

The notes are synchronised by other means, and so each machine finds the same notes; what it stores of one is
what every other would store. Ids of rows come from the note's path alone, so writing a note twice is writing
it once, and a chunk that one machine has embedded is embedded by no other.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.index.conditions import one_of
from core.index.damage import index_errors
from core.index.lance import EVERYTHING, LanceStore, indexed_columns
from core.index.model import Vector
from core.index.rows import to_vector

HASHES_A_QUERY = 500


class SharedStore(LanceStore):
    """A `LanceStore` elsewhere; a network that fails raises `IndexUnavailable`, never `IndexDamaged`."""

    _is_only_writer = False  # what no commit knows may be another machine's, at work just now

    def create(self) -> None:
        """Make the table and its indexes, or what of them is missing, with one for looking up vectors."""
        super().create()
        from lancedb.index import BTree

        with index_errors(self.address):
            if "text_hash" not in indexed_columns(self._table):
                self._table.create_index("text_hash", config=BTree())

    def vectors_of(self, text_hashes: Sequence[str]) -> dict[str, Vector]:
        """The vectors that any machine has stored for these texts, by text hash."""
        found: dict[str, Vector] = {}
        for start in range(0, len(text_hashes), HASHES_A_QUERY):
            part = text_hashes[start : start + HASHES_A_QUERY]
            with index_errors(self.address):
                search = self._table.search().where(f"{one_of('text_hash', part)} AND vector IS NOT NULL")
                records = search.select(["text_hash", "vector"]).limit(EVERYTHING).to_list()
            found |= {record["text_hash"]: to_vector(record["vector"]) for record in records}
        return found
