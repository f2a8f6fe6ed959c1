"""Vectors that were computed once, by model and text: moving, renaming or undoing embeds nothing.

Shared by all indexes of a vault, and kept when one of them is rebuilt. Vectors are stored as 16-bit floats
(unit vectors lose less than a thousandth of their cosine), and what is handed out was rounded the same way,
so that an index is the same whether its vectors came from here or from the model.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from core.index.database import Database
from core.index.model import Vector

SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL, day INTEGER NOT NULL,
    PRIMARY KEY (model, hash)
);
CREATE TABLE IF NOT EXISTS born (stamp INTEGER NOT NULL);
INSERT INTO born SELECT random() WHERE NOT EXISTS (SELECT 1 FROM born);
"""
"""With a row id: in a table without, what exceeds a quarter of a page takes a whole page more (SQLite's file
format, 1.6), which is every vector of 512 numbers. 2.0 kB a chunk for both encoders instead of 5.7."""
SECONDS_A_DAY = 86_400
KEPT_DAYS = 90  # how long a vector that no note uses is kept for an undo
_HASHES_A_QUERY = 500
_TOLERANCE = 0.01  # by which a vector's length may miss 1; rounding takes a thousandth at most


def rounded(vector: Vector) -> Vector:
    """Return the vector as it comes back from the cache."""
    return vector.astype(np.float16).astype(np.float32)


class VectorCache:
    """Vectors by text hash for one embedding model; usable from any thread and several processes."""

    def __init__(self, file: Path, model: str) -> None:
        self.database = Database(file, SCHEMA)
        self.model = model

    @property
    def born(self) -> int:
        """A number that only this file has: another means that the vectors were lost."""
        with self.database.reading() as connection:
            return int(connection.execute("SELECT stamp FROM born").fetchone()[0])

    def get(self, hashes: Sequence[str]) -> dict[str, Vector]:
        """The known vectors among `hashes`."""
        found: dict[str, Vector] = {}
        with self.database.reading() as connection:
            for start in range(0, len(hashes), _HASHES_A_QUERY):
                part = hashes[start : start + _HASHES_A_QUERY]
                marks = ",".join("?" * len(part))
                rows = connection.execute(
                    f"SELECT hash, vector FROM vectors WHERE model = ? AND hash IN ({marks})",
                    (self.model, *part),
                )
                found.update(_unpacked(rows.fetchall()))
        return found

    def put(self, vectors: Iterable[tuple[str, Vector]], *, now: float) -> None:
        """Remember vectors by text hash; what is already known is kept as it is."""
        day = int(now // SECONDS_A_DAY)
        rows = [(self.model, text_hash, _packed(vector), day) for text_hash, vector in vectors]
        with self.database.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?)", rows)

    def prune(self, used: Iterable[str], *, now: float) -> int:
        """Forget vectors of this model that are old and not among the hashes in `used`; returns how many."""
        before = int(now // SECONDS_A_DAY) - KEPT_DAYS
        with self.database.writing() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS used (hash TEXT PRIMARY KEY) WITHOUT ROWID")
            connection.execute("DELETE FROM used")
            connection.executemany(
                "INSERT OR IGNORE INTO used VALUES (?)", ((text_hash,) for text_hash in used)
            )
            gone = connection.execute(
                "DELETE FROM vectors WHERE model = ? AND day < ? AND hash NOT IN (SELECT hash FROM used)",
                (self.model, before),
            )
        return gone.rowcount

    def prove(self) -> None:
        """Read the whole file; raises `IndexDamaged` where a part of it is broken, be it one vector."""
        self.database.prove()
        with self.database.reading() as connection:
            every = connection.execute("SELECT hash, vector FROM vectors WHERE model = ?", (self.model,))
            while some := every.fetchmany(_HASHES_A_QUERY):
                _unpacked(some)

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def _packed(vector: Vector) -> bytes:
    return vector.astype(np.float16).tobytes()


def _unpacked(rows: Sequence[tuple[str, bytes]]) -> Iterable[tuple[str, Vector]]:
    """All rows at once: one by one takes ten times as long. Raises where one is no unit vector."""
    if not rows:
        return ()
    numbers = np.frombuffer(b"".join(blob for _, blob in rows), dtype=np.float16)
    vectors = numbers.astype(np.float32).reshape(len(rows), -1)
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=_TOLERANCE):
        raise sqlite3.DatabaseError("a vector has changed")
    return zip((text_hash for text_hash, _ in rows), vectors, strict=True)
