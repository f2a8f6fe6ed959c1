from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.index.embedding import vocabulary
from core.index.embedding.vocabulary import Rows, Vocabulary

TABLES = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 8), st.integers(1, 8)),
    elements=st.floats(-1000, 1000, width=32, allow_subnormal=False),
)


def _through_file(table: Rows, ids: list[int]) -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vocabulary.bin"
        vocabulary.write(np.array_split(table, 2), file)
        opened = Vocabulary(file, table.shape[1])
        try:
            return opened.vectors(ids)
        finally:
            opened.close()


@given(TABLES)
def test_every_weight_is_within_half_a_step_of_the_original(table: Rows):
    restored = _through_file(table, list(range(len(table))))
    steps = np.abs(table).max(axis=1, keepdims=True) / 127 + 1e-12
    assert (restored.shape, restored.dtype) == (table.shape, np.float32)
    assert (np.abs(restored - table) <= steps * 0.501).all()


@given(TABLES)
def test_a_row_of_large_weights_costs_the_others_no_precision(table: Rows):
    loud = np.full((1, table.shape[1]), 1e6, np.float32)
    alone = _through_file(table, list(range(len(table))))
    beside = _through_file(np.concatenate([loud, table]), list(range(1, len(table) + 1)))
    assert np.array_equal(alone, beside)


def test_rows_come_in_the_order_of_the_ids_with_repetitions():
    table = np.diag(np.arange(1, 6)).astype(np.float32)
    ids = [4, 0, 4, 2, 2, 0]
    assert np.allclose(_through_file(table, ids), table[ids], atol=0.02)


def test_no_ids_give_no_rows():
    assert _through_file(np.ones((3, 2), np.float32), []).shape == (0, 2)


def test_a_token_beyond_the_end_is_told():
    with pytest.raises(OSError, match="no token 3"):
        _through_file(np.ones((3, 2), np.float32), [0, 3])
