"""Chunk rows as Arrow columns, and back: the shape of the table, with no word of who stores it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.documents.naming import is_document
from core.index.model import ChunkRow, Vector
from core.index.naming import fold
from core.text.surrogates import without_surrogates

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = "chunk"
"""The column that is read: all of a row but its vector, as JSON. The others are there to be searched.

A column costs as much to read at some 200 places as the next, however short it is: at 100 000 rows that takes
8 ms, out of twelve columns 10.5; at 10 000 it is 6 either way. It takes 0.6 kB a row.
"""
_LISTS = ("heading_path", "names", "tags")
_JOINT = re.compile(r"[_./-]+|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)")
"""Where a name like `Vim_Plugin` or `readMe2` falls into parts."""


def schema(dimensions: int) -> pa.Schema:
    """Return the table's columns for vectors of `dimensions` numbers; all but `id` may be null."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            ("note_id", pa.string()),
            ("path", pa.string()),
            ("tags", pa.list_(pa.string())),
            ("text", pa.string()),
            ("place", pa.string()),
            ("lang", pa.string()),
            ("text_hash", pa.string()),
            (CHUNK, pa.string()),
            ("vector", pa.list_(pa.float32(), dimensions)),
        ]
    )


def to_table(rows: Sequence[ChunkRow], dead: Iterable[str], dimensions: int) -> pa.Table:
    """Return `rows` as a table; each id in `dead` follows as a row of nulls, which no search can find."""
    import pyarrow as pa

    records = [_record(row) for row in rows] + [{"id": chunk_id} for chunk_id in dead]
    return pa.Table.from_pylist(records, schema=schema(dimensions))


def from_chunk(chunk: str) -> ChunkRow:
    """Return the row, without its vector, that the column `CHUNK` holds."""
    fields = json.loads(chunk)
    for name in _LISTS:
        fields[name] = tuple(fields[name])
    return ChunkRow(**fields)


def to_vector(numbers: Sequence[float]) -> Vector:
    """Return the numbers of one row as a vector."""
    return np.asarray(numbers, dtype=np.float32)


def tag_and_parents(tags: Iterable[str]) -> list[str]:
    """Return each tag in lower case with its parents: `A/b` gives `a/b` and `a`, as Obsidian matches them."""
    found: dict[str, None] = {}
    for tag in tags:
        parts = fold(tag).split("/")
        for end in range(len(parts), 0, -1):
            found["/".join(parts[:end])] = None
    return list(found)


def _record(row: ChunkRow) -> dict[str, Any]:
    tags = tag_and_parents(row.tags)
    return {
        "id": row.id,
        "note_id": row.note_id,
        "path": without_surrogates(row.path),
        "tags": [without_surrogates(tag) for tag in tags],
        "text": without_surrogates(row.text),
        "place": _place_words(row),
        "lang": row.lang,
        "text_hash": row.text_hash,
        CHUNK: _to_chunk(replace(row, tags=tuple(tags), vector=None)),
        "vector": row.vector,
    }


def _to_chunk(row: ChunkRow) -> str:
    fields = asdict(row)
    del fields["vector"]
    return without_surrogates(json.dumps(fields, ensure_ascii=False, separators=(",", ":")))


def _place_words(row: ChunkRow) -> str:
    """The words a chunk is called by: its note's title, aliases, folders and tags, and its headings.

    A name like `Vim_Plugin` or `readMe2` is one word to the tokenizer, so its parts follow.
    """
    folders = [] if is_document(row.path) else row.path.split("/")[:-1]
    names = list(dict.fromkeys((row.title, *row.names, *row.heading_path, *row.tags, *folders)))
    parts = [spaced for name in names if (spaced := _JOINT.sub(" ", name)) != name]
    return without_surrogates("\n".join(name for name in (*names, *parts) if name))
