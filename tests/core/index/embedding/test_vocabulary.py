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
        bits = vocabulary.write(lambda: np.array_split(table, 2), file)
        opened = Vocabulary(file, table.shape[1], bits)
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


@st.composite
def _four_bit_tables(draw: st.DrawFn) -> Rows:
    """Tables as a Q4_0 file gives them: in each block a half as scale, and one weight of -8 steps."""
    rows, blocks = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    steps = draw(arrays.arrays(np.int8, (rows, blocks, 32), elements=st.integers(-8, 7)))
    steps[..., draw(st.integers(0, 31))] = -8
    halves = st.floats(-100, 100, width=16, allow_subnormal=False)
    scales = draw(arrays.arrays(np.float16, (rows, blocks, 1), elements=halves))
    return (steps * scales.astype(np.float32)).reshape(rows, -1)


@given(_four_bit_tables(), st.booleans())
def test_a_table_that_comes_in_four_bits_is_kept_exactly_in_four_bits(table: Rows, halved: bool):
    """Half precision on the way changes nothing that is stored: the scales are still to be seen."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vocabulary.bin"
        given_table = table.astype(np.float16).astype(np.float32) if halved else table
        assert vocabulary.write(lambda: [given_table], file) == 4
        assert file.stat().st_size == table.size * 18 // 32
    assert np.array_equal(_through_file(given_table, list(range(len(table)))), table)


def test_one_row_that_does_not_fit_keeps_the_whole_table_in_bytes(tmp_path: Path):
    table = np.tile(np.arange(-8, 8, dtype=np.float32), (3, 4))
    assert vocabulary.write(lambda: np.array_split(table, 3), tmp_path / "a") == 4
    table[2, 5] += 0.25
    assert vocabulary.write(lambda: np.array_split(table, 3), tmp_path / "b") == 8


@pytest.mark.parametrize("weight", [1e-7, 3e6])
def test_a_scale_that_half_precision_cannot_hold_is_stored_in_bytes(tmp_path: Path, weight: float):
    table = np.full((2, 32), -weight, np.float32)
    table[:, 0] = weight / 8
    assert vocabulary.write(lambda: [table], tmp_path / "a") == 8
