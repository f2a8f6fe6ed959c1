"""Rows of chunks with full text and vectors in a LanceDB table, every write one commit.

Measured choices (LanceDB 0.40, 2 cores):

- `merge_insert` alone touches only the rows of its source (6 ms at 10 000 and at 100 000 rows), while its
  "delete what the source lacks" scans the table (15 ms, 104 ms). So a note is replaced by one `merge_insert`
  that overwrites surplus rows with nulls: no search finds a row without words and vector, and `optimize`
  sweeps them out.
- Full text is segmented by ICU: the default tokenizer finds nothing in Chinese. English words are reduced to
  their stems, which no Chinese word has: nDCG@10 of the fused ranking on SciFact .737 against .711, on XQuAD
  en .985 against .984, on XQuAD zh .976 either way. Stop words stay: "to be" can be what is looked for.
- What is read of a row is one column of JSON: it takes three quarters of the time that its columns would.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.index.conditions import one_of, quoted, within
from core.index.connecting import connect, session_for
from core.index.damage import index_errors
from core.index.lance_search import LanceReader, LanceSearch
from core.index.model import ChunkRow, ChunkSearch, Scope, Vector, chunk_id
from core.index.rows import CHUNK, from_chunk, schema, to_table, to_vector
from core.index.store_address import is_remote, table_of

TABLE = "chunks"
VECTOR_INDEX_FROM_ROWS = 50_000
PROVED_TEXTS = 10
OLD_VERSIONS_KEPT = timedelta(minutes=10)  # other processes may still be reading them
EVERYTHING = 2**31 - 1
NO_VERSION = 0


class LanceStore:
    """Chunks of one vault in a LanceDB table; see `core.index.model.ChunkStore` for what each call promises.

    Nothing is opened before the first use. Calls may come from any thread; writers of several processes must
    take turns (`core.index.vault_index` holds the lock). Every call raises `IndexDamaged` where the table
    cannot be read, `IndexUnavailable` where the disk does not allow it.
    """

    _is_only_writer = True
    """Whether files that no commit knows are the remains of a killed writer, and may be deleted."""

    def __init__(
        self, address: str, dimensions: int, *, committed: Callable[[], int] = lambda: NO_VERSION
    ) -> None:
        """`committed` says which version there must be at least: an older one is never served."""
        self.address = address
        self.dimensions = dimensions
        self._committed = committed

    @property
    def version(self) -> int:
        """Number of the newest commit, whoever made it."""
        with index_errors(self.address):
            return int(self._table.version)

    def replace_note(self, note_id: str, rows: Sequence[ChunkRow]) -> None:
        """Make `rows` the only rows of the note; no rows removes it."""
        self.replace_notes({note_id: rows})

    def replace_notes(
        self, notes: Mapping[str, Sequence[ChunkRow]], *, formerly: Mapping[str, int] | None = None
    ) -> None:
        """`replace_note` for many notes in one commit; see `ChunkStore`."""
        fresh = [row for rows in notes.values() for row in rows]
        kept = {row.id for row in fresh}
        with index_errors(self.address):
            dead = [chunk_id for chunk_id in self._stored(notes, formerly or {}) if chunk_id not in kept]
            if fresh:
                self._upsert(fresh, dead)
            elif dead:
                self._table.delete(one_of("id", dead))

    def set_vectors(self, rows: Sequence[ChunkRow]) -> None:
        """Fill in vectors of rows that still exist with the same text; others are passed over."""
        with index_errors(self.address):
            known = self._text_hashes([row.id for row in rows])
            current = [row for row in rows if known.get(row.id) == row.text_hash]
            if current:
                self._upsert(current, [])

    def rows_of(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """All rows of these notes, without their vectors, in the order of notes and lines."""
        return self._rows_of_notes("", note_ids)

    def waiting_rows(self, note_ids: Sequence[str]) -> list[ChunkRow]:
        """The rows of these notes that have no vector yet, in the order of notes and lines."""
        return self._rows_of_notes(" AND vector IS NULL", note_ids)

    def newest(self) -> ChunkSearch:
        """The newest rows, to be searched."""
        with index_errors(self.address):
            return LanceSearch(self._reader)

    def prove(self) -> None:
        """Read every chunk and use each index once; raises as every call where something is broken."""
        with index_errors(self.address):
            texts = self._table.search().where("text IS NOT NULL").select(["text", CHUNK]).limit(EVERYTHING)
            first = [batch.column("text")[0].as_py() for batch in texts.to_batches() if batch.num_rows]
            for column in ("id", "note_id", "path", "lang"):
                self._table.count_rows(f"{column} = {quoted('nothing')}")
            self._table.count_rows(within(Scope(tag="nothing")))
        any_vector, newest = np.ones(self.dimensions, dtype=np.float32), self.newest()
        newest.by_vector(any_vector, scope=Scope(), limit=1).result()
        for text in first[:PROVED_TEXTS]:
            newest.by_words(text, scope=Scope(), limit=1).result()

    def count(self) -> int:
        """Number of rows."""
        with index_errors(self.address):
            return int(self._table.count_rows("note_id IS NOT NULL"))

    def count_in(self, lang: str) -> int:
        """Number of rows in one language."""
        with index_errors(self.address):
            return int(self._table.count_rows(f"lang = {quoted(lang)}"))

    def state(self) -> dict[str, tuple[int, int]]:
        """Rows and rows without a vector, by note id; reads the whole table, for repairs only."""
        with index_errors(self.address):
            rows = self._select("note_id IS NOT NULL", ["note_id"])
            waiting = self._select("note_id IS NOT NULL AND vector IS NULL", ["note_id"])
        counted = dict.fromkeys((record["note_id"] for record in rows), (0, 0))
        for record in rows:
            total, open_ = counted[record["note_id"]]
            counted[record["note_id"]] = (total + 1, open_)
        for record in waiting:
            total, open_ = counted[record["note_id"]]
            counted[record["note_id"]] = (total, open_ + 1)
        return counted

    def vectors(self) -> Iterator[list[tuple[str, Vector]]]:
        """Every stored (text hash, vector), in batches; to save them before a rebuild."""
        with index_errors(self.address):
            known = self._table.search().where("vector IS NOT NULL").select(["text_hash", "vector"])
            for batch in known.limit(EVERYTHING).to_batches():
                yield [(record["text_hash"], to_vector(record["vector"])) for record in batch.to_pylist()]

    def text_hashes(self) -> set[str]:
        """The text hash of every row; reads one column of the whole table."""
        with index_errors(self.address):
            return {record["text_hash"] for record in self._select("text_hash IS NOT NULL", ["text_hash"])}

    def optimize(self) -> None:
        """Compact, clean up and bring the indexes up to date; called when idle, by one writer at a time."""
        with index_errors(self.address):
            if self._table.count_rows("note_id IS NULL"):
                self._table.delete("note_id IS NULL")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                self._table.optimize(
                    cleanup_older_than=OLD_VERSIONS_KEPT, delete_unverified=self._is_only_writer
                )
            self._index_vectors()

    def exists(self) -> bool:
        """Whether the table has been made."""
        if not is_remote(self.address):  # asked at every write: LanceDB's own way lists the folder
            return (Path(self.address) / f"{TABLE}.lance").is_dir()
        with index_errors(self.address):
            return table_of(self.address, TABLE) in self._database.list_tables().tables

    def create(self) -> None:
        """Make the table and its indexes, or what of them is missing; one writer at a time."""
        with index_errors(self.address):
            table = self._database.create_table(
                table_of(self.address, TABLE), schema=schema(self.dimensions), exist_ok=True
            )
            _create_indexes(table)

    def close(self) -> None:
        """Let go of the table; the next call opens it anew."""
        for opened in ("_reader", "_table", "_database", "_session"):
            self.__dict__.pop(opened, None)

    @cached_property
    def _session(self) -> Any:
        return session_for(self.address)

    @cached_property
    def _database(self) -> Any:
        return connect(self.address, self._session)

    @cached_property
    def _table(self) -> Any:
        committed = self._committed()  # asked first: a writer may be at work
        table = self._database.open_table(table_of(self.address, TABLE))
        if table.version < committed:
            raise RuntimeError(f"version {committed} of the rows has gone, {table.version} is left")
        return table

    @cached_property
    def _reader(self) -> LanceReader:
        _ = self._table  # it is there, and no older than it has to be
        return LanceReader(self.address, table_of(self.address, TABLE), self._session)

    def _rows_of_notes(self, condition: str, note_ids: Sequence[str]) -> list[ChunkRow]:
        if not note_ids:
            return []
        with index_errors(self.address):
            return _in_order(self._rows_where(one_of("note_id", note_ids) + condition), note_ids)

    def _rows_where(self, condition: str) -> list[ChunkRow]:
        return _living(self._select(condition, [CHUNK]))

    def _upsert(self, rows: Sequence[ChunkRow], dead: Sequence[str]) -> None:
        data = to_table(rows, dead, self.dimensions)
        merge = self._table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
        merge.execute(data, on_bad_vectors="null")  # else LanceDB refuses rows that have no vector yet

    def _stored(self, note_ids: Iterable[str], counts: Mapping[str, int]) -> list[str]:
        """The ids of all rows of these notes, looked up (5 to 10 ms) only where their number is not known."""
        known = [chunk_id(note_id, place) for note_id, count in counts.items() for place in range(count)]
        unknown = [note_id for note_id in note_ids if note_id not in counts]
        if not unknown:
            return known
        return known + [record["id"] for record in self._select(one_of("note_id", unknown), ["id"])]

    def _text_hashes(self, chunk_ids: Sequence[str]) -> dict[str, str]:
        if not chunk_ids:
            return {}
        found = self._select(one_of("id", chunk_ids), ["id", "text_hash"])
        return {record["id"]: record["text_hash"] for record in found}

    def _select(self, condition: str, columns: list[str]) -> list[dict[str, Any]]:
        search = self._table.search().where(condition).select(columns).limit(EVERYTHING)
        return list(search.to_list())

    def _index_vectors(self) -> None:
        """Give a large table its vector index, once; `optimize` keeps it up to date from then on."""
        from lancedb.index import IvfSq

        if "vector" in indexed_columns(self._table):
            return
        if self._table.count_rows("vector IS NOT NULL") < VECTOR_INDEX_FROM_ROWS:
            return
        self._table.create_index("vector", config=IvfSq(distance_type="cosine"))


def indexed_columns(table: Any) -> set[str]:
    """The columns of a table that have an index."""
    return {column for index in table.list_indices() for column in index.columns}


def _create_indexes(table: Any) -> None:
    from lancedb.index import FTS, Bitmap, BTree, LabelList

    words = FTS(base_tokenizer="icu", stem=True, language="English", remove_stop_words=False)
    wanted = dict.fromkeys(("text", "place"), words)
    wanted |= dict.fromkeys(("id", "note_id", "path"), BTree())
    wanted |= {"lang": Bitmap(), "tags": LabelList()}
    made = indexed_columns(table)
    for column, config in wanted.items():
        if column not in made:
            table.create_index(column, config=config)


def _living(records: Iterable[Mapping[str, Any]]) -> list[ChunkRow]:
    """The rows that were read, but for those that a shorter note has left as nulls."""
    return [from_chunk(record[CHUNK]) for record in records if record[CHUNK] is not None]


def _in_order(rows: Iterable[ChunkRow], note_ids: Sequence[str]) -> list[ChunkRow]:
    place = {note_id: position for position, note_id in enumerate(note_ids)}

    def order(row: ChunkRow) -> tuple[int, int]:
        return place[row.note_id], int(row.id.rpartition(":")[2])

    return sorted(rows, key=order)
