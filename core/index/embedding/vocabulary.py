"""The word vectors of a model, one row a token, read from disk as texts need them.

The vocabulary is four fifths of a multilingual model: 366 MiB in float32 for e5-small, of which one vault
uses a small part. It is stored in int8 with a scale for each row (which keeps far more than one scale for
all), and rows are read from the file, where the system caches them: 0.1 ms a text. A mapped file would do the
same, but its pages count as memory of this process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[np.float32]

_SCALE_BYTES = 4  # a little-endian float32 after the steps of each row


class Vocabulary:
    """A stored vocabulary. Not for several threads at once; the file is open for as long as this lives."""

    def __init__(self, file: Path, dimensions: int) -> None:
        """Open the file; each of its rows has `dimensions` numbers."""
        self._file = file.open("rb", buffering=0)
        self._dimensions = dimensions
        self._width = dimensions + _SCALE_BYTES

    def vectors(self, ids: Sequence[int]) -> Rows:
        """Return the vectors of the tokens, shape (len(ids), dimensions); `OSError` if one has none."""
        distinct, places = np.unique(np.asarray(ids, np.int64), return_inverse=True)
        stored = np.empty((len(distinct), self._width), np.uint8)
        for row, number in zip(stored, distinct.tolist(), strict=True):
            self._file.seek(number * self._width)
            if self._file.readinto(row.data) != self._width:
                raise OSError(f"the vocabulary has no token {number}")
        return _restored(stored, self._dimensions)[places]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def write(parts: Iterable[Rows], file: Path) -> None:
    """Store a table, given in parts of some rows each, shape (rows, dimensions)."""
    with file.open("wb") as out:
        for rows in parts:
            out.write(_stored(rows).tobytes())


def _stored(rows: Rows) -> NDArray[np.uint8]:
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), np.float32(1e-12)) / np.float32(127)
    steps = np.rint(rows / scales).astype(np.int8)
    return np.concatenate([steps.view(np.uint8), scales.astype("<f4").view(np.uint8)], axis=1)


def _restored(stored: NDArray[np.uint8], dimensions: int) -> Rows:
    steps = stored[:, :dimensions].view(np.int8).astype(np.float32)
    scales = np.ascontiguousarray(stored[:, dimensions:]).view("<f4").astype(np.float32)
    restored: Rows = steps * scales
    return restored
