"""The word vectors of a model, one row per token, read from disk as texts need them.

The vocabulary is four fifths of a multilingual model: 366 MiB in float32 for e5-small, of which one vault
uses a small part. It is stored in int8 with a scale for each row (which keeps far more than one scale for
all), or in 4 bits where it came in 4 bits, which loses nothing. Rows are read from the file, where the system
caches them: 0.1 ms a text. A mapped file would do the same, but its pages count as memory of this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.float32]
Stored: TypeAlias = NDArray[np.uint8]

_SCALE_BYTES = 4  # a little-endian float32 after the steps of each row
_BLOCK = 32  # weights that share a scale in the 4-bit form, ggml's Q4_0 (see `e5_weights`)
_HALF_BYTES = 2  # of that scale
_HALF_PRECISION = 2**-10  # the table may have gone through half precision since


class Vocabulary:
    """A stored vocabulary. Not for several threads at once; the file is open for as long as this lives."""

    def __init__(self, file: Path, dimensions: int, bits: int = 8) -> None:
        """Open the file; each of its rows has `dimensions` numbers of `bits` bits, as `write` said."""
        self._form = _FORMS[bits]
        self._file = file.open("rb", buffering=0)
        self._dimensions = dimensions
        self._width = self._form.width(dimensions)

    def vectors(self, ids: Sequence[int]) -> Rows:
        """Return the vectors of the tokens, shape (len(ids), dimensions); `OSError` if one has none."""
        distinct, places = np.unique(np.asarray(ids, np.int64), return_inverse=True)
        stored = np.empty((len(distinct), self._width), np.uint8)
        for row, number in zip(stored, distinct.tolist(), strict=True):
            self._file.seek(number * self._width)
            if self._file.readinto(row.data) != self._width:
                raise OSError(f"the vocabulary has no token {number}")
        return self._form.restore(stored, self._dimensions)[places]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write(parts: Callable[[], Iterable[Rows]], file: Path) -> int:
    """Store a table and return the bits a weight takes: 4 where that keeps the table as it is, else 8.

    `parts` gives the table in parts of some rows each, shape (rows, dimensions), every time it is called.
    """
    bits = 4 if all(_is_four_bit(rows) for rows in parts()) else 8
    with file.open("wb") as out:
        for rows in parts():
            out.write(_FORMS[bits].store(rows).tobytes())
    return bits


class _Form(NamedTuple):
    """One way to store rows."""

    width: Callable[[int], int]
    """The bytes of a row of that many dimensions."""
    store: Callable[[Rows], Stored]
    restore: Callable[[Stored, int], Rows]


def _stored_in_bytes(rows: Rows) -> Stored:
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.float32(1e-12)) / np.float32(127)
    steps = np.rint(rows / scales).astype(np.int8)
    return np.concatenate([steps.view(np.uint8), scales.astype("<f4").view(np.uint8)], axis=1)


def _restored_from_bytes(stored: Stored, dimensions: int) -> Rows:
    steps = stored[:, :dimensions].view(np.int8).astype(np.float32)
    scales = np.ascontiguousarray(stored[:, dimensions:]).view("<f4").astype(np.float32)
    restored: Rows = steps * scales
    return restored


def _is_four_bit(rows: Rows) -> bool:
    """Whether the rows are made of 4-bit blocks, so that storing them so changes nothing."""
    dimensions = rows.shape[1]
    if dimensions % _BLOCK:
        return False
    restored = _restored_from_nibbles(_stored_in_nibbles(rows), dimensions)
    return np.allclose(restored, rows, rtol=_HALF_PRECISION, atol=0)


def _stored_in_nibbles(rows: Rows) -> Stored:
    """Store each block as a scale and 16 bytes; its largest weight is -8 steps, as in every Q4_0 block."""
    blocks = rows.reshape(len(rows), rows.shape[1] // _BLOCK, _BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2)
    with np.errstate(over="ignore"):  # too large for half precision; the comparison will tell
        scales = (largest / np.float32(-8)).astype("<f2")
    divisors = np.where(scales == 0, 1, scales).astype(np.float32)
    nibbles = (np.clip(np.rint(blocks / divisors), -8, 7) + 8).astype(np.uint8)
    low, high = nibbles[..., : _BLOCK // 2], nibbles[..., _BLOCK // 2 :]
    packed = np.concatenate([scales.view(np.uint8), low | high << 4], axis=2)
    return packed.reshape(len(rows), packed.shape[1] * packed.shape[2])


def _restored_from_nibbles(stored: Stored, dimensions: int) -> Rows:
    blocks = stored.reshape(len(stored), dimensions // _BLOCK, _HALF_BYTES + _BLOCK // 2)
    scales = np.ascontiguousarray(blocks[..., :_HALF_BYTES]).view("<f2").astype(np.float32)
    packed = blocks[..., _HALF_BYTES:]
    steps = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - np.float32(8)
    with np.errstate(invalid="ignore"):  # no steps of an infinite scale
        restored: Rows = (steps * scales).reshape(len(stored), dimensions)
    return restored


_FORMS = {
    8: _Form(lambda dimensions: dimensions + _SCALE_BYTES, _stored_in_bytes, _restored_from_bytes),
    4: _Form(
        lambda dimensions: dimensions // _BLOCK * (_HALF_BYTES + _BLOCK // 2),
        _stored_in_nibbles,
        _restored_from_nibbles,
    ),
}
