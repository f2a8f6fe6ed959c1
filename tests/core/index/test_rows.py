"""Chunk rows as columns and back: nothing of a row is lost, and what UTF-8 cannot hold harms nobody."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.index.model import ChunkRow
from core.index.rows import CHUNK, from_chunk, tag_and_parents, to_table
from core.text.surrogates import without_surrogates

TEXTS = st.text(st.characters(), max_size=30)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
LINES = st.integers(1, 2**31 - 1)
ROWS = st.builds(
    ChunkRow,
    id=st.uuids().map(str),
    note_id=st.uuids().map(str),
    path=TEXTS,
    title=TEXTS,
    heading_path=LISTS,
    start_line=LINES,
    end_line=LINES,
    text=TEXTS,
    lang=st.sampled_from(("zh", "en")),
    text_hash=st.uuids().map(str),
    names=LISTS,
    tags=LISTS,
)


def whole(row):
    """The row as it should come back."""
    return replace(
        row,
        path=without_surrogates(row.path),
        title=without_surrogates(row.title),
        text=without_surrogates(row.text),
        heading_path=tuple(map(without_surrogates, row.heading_path)),
        names=tuple(map(without_surrogates, row.names)),
        tags=tuple(map(without_surrogates, tag_and_parents(row.tags))),
    )


@given(ROWS)
def test_a_row_comes_back_whole(row):
    (record,) = to_table([row], [], 4).to_pylist()
    assert from_chunk(record[CHUNK]) == whole(row)


@given(ROWS)
def test_what_is_searched_is_what_is_read(row):
    (record,) = to_table([row], [], 4).to_pylist()
    read = from_chunk(record[CHUNK])
    for column in ("id", "note_id", "path", "text", "lang", "text_hash"):
        assert record[column] == getattr(read, column)
    assert tuple(record["tags"]) == read.tags


@given(ROWS)
def test_a_vector_is_kept_beside_and_never_read_with_the_rest(row):
    vector = np.array([0.5, -0.5, 0.5, 0.5], dtype=np.float32)
    (record,) = to_table([replace(row, vector=vector)], [], 4).to_pylist()
    assert record["vector"] == vector.tolist()
    assert from_chunk(record[CHUNK]).vector is None


def test_the_rows_of_a_shorter_note_are_nulls():
    (record,) = to_table([], ["a:3"], 4).to_pylist()
    assert record.pop("id") == "a:3"
    assert set(record.values()) == {None}
