from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import EmbeddingUnavailable
from core.index.embedding import builtin, e5_weights
from tests.core.index.embedding.tiny import e5_file


def _q4(nibbles: list[int], scale: float) -> bytes:
    """One Q4_0 block of 32 weights, written as the format says: low nibbles first."""
    packed = bytes(low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True))
    return np.float16(scale).tobytes() + packed


def test_shape_and_plain_tensors_are_read():
    bias = np.arange(64, dtype="<f4")
    weights = e5_weights.parse(e5_file({"emb.ln.b": (bias.tobytes(), 64)}))
    assert (weights.shape.hidden, weights.shape.layers, weights.shape.feed_forward) == (64, 1, 128)
    assert (weights.shape.vocabulary, weights.shape.positions, weights.shape.padding_id) == (5, 16, 1)
    assert weights.shape.epsilon == pytest.approx(1e-12)
    assert np.array_equal(weights.tensor("emb.ln.b", 64), bias)


@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, 15), min_size=32, max_size=32),
            st.floats(-4, 4, width=16, allow_subnormal=False),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_four_bit_blocks_are_steps_from_minus_eight_times_their_scale(blocks: list[tuple[list[int], float]]):
    raw = b"".join(_q4(nibbles, scale) for nibbles, scale in blocks)
    matrix = e5_weights.parse(e5_file({"l0.q.w": (raw, 32 * len(blocks))})).tensor("l0.q.w", len(blocks), 32)
    expected = [[(nibble - 8) * scale for nibble in nibbles] for nibbles, scale in blocks]
    assert np.allclose(matrix, np.array(expected, np.float32))


def test_tensors_are_found_by_name_whatever_their_order():
    first, second = np.full(4, 1, "<f4"), np.full(8, 2, "<f4")
    weights = e5_weights.parse(e5_file({"a": (first.tobytes(), 4), "b": (second.tobytes(), 8)}))
    assert weights.tensor("b", 2, 4).tolist() == [[2] * 4] * 2
    assert weights.tensor("a", 4).tolist() == [1] * 4


def test_a_tensor_of_another_size_is_refused():
    weights = e5_weights.parse(e5_file({"a": (bytes(16), 4)}))
    with pytest.raises(EmbeddingUnavailable, match=r"tensor a has 16 bytes"):
        weights.tensor("a", 5)
    with pytest.raises(EmbeddingUnavailable, match="no tensor b"):
        weights.tensor("b", 4)


def test_another_format_is_refused():
    with pytest.raises(EmbeddingUnavailable, match="E5S1"):
        e5_weights.parse(e5_file({}, magic=b"GGUF"))
    with pytest.raises(EmbeddingUnavailable, match="64 weights instead of 32"):
        e5_weights.parse(e5_file({}, block=64))


def test_a_file_cut_short_anywhere_is_refused():
    whole = e5_file({"a": (bytes(16), 4), "b": (bytes(32), 8)})
    for size in range(len(whole)):
        with pytest.raises(EmbeddingUnavailable):
            e5_weights.parse(whole[:size])


@given(st.binary(max_size=200), st.integers(0, 150))
def test_damaged_bytes_never_raise_anything_else(noise: bytes, place: int):
    whole = e5_file({"a": (bytes(64), 16)})
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    try:
        e5_weights.parse(damaged).tensor("a", 16)
    except EmbeddingUnavailable as error:
        assert "cannot be read" in str(error)


def test_a_missing_and_an_empty_file_are_refused(tmp_path: Path):
    (tmp_path / "empty.bin").touch()
    for name in ("missing.bin", "empty.bin"):
        with pytest.raises(EmbeddingUnavailable, match="cannot be read"):
            e5_weights.read(tmp_path / name)


def test_the_installed_file_is_that_of_multilingual_e5_small():
    shape = e5_weights.read(builtin.packaged_file(*builtin.WEIGHTS)).shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions, shape.padding_id) == (250037, 512, 1)
