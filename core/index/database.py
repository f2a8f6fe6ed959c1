"""SQLite files of the index: one connection per thread, write-ahead log, errors told as `IndexDamaged`."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from core.index.damage import index_errors
from core.transactions import transaction

BUSY_SECONDS = 30.0  # how long a statement waits for another process's transaction


class _Local(threading.local):
    """What one thread has open."""

    connection: sqlite3.Connection | None = None
    inode = 0


class Database:
    """One SQLite file with a fixed schema; made when it is missing, usable from any thread.

    A file that was deleted while open is noticed: every use raises `IndexDamaged`, where SQLite itself would
    go on writing into the nameless file. One that another process has put in its place is opened instead.
    """

    def __init__(self, file: Path, schema: str) -> None:
        self.file = file
        self._schema = schema
        self._local = _Local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from; every statement sees the newest commit."""
        with index_errors(str(self.file.parent)):
            yield self._connection()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back if the block raises. Not to be nested."""
        with index_errors(str(self.file.parent)):
            connection = self._connection()
            with transaction(connection):
                yield connection

    def was_replaced(self) -> bool:
        """Whether another file bears the name than the one this thread has open."""
        try:
            return self._local.connection is not None and self.file.stat().st_ino != self._local.inode
        except FileNotFoundError:
            return False

    def prove(self) -> None:
        """Read the whole file; raises `IndexDamaged` where a part of it is broken."""
        with self.reading() as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            opened, self._opened = self._opened, []
        self._local = _Local()
        for connection in opened:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection to the file that bears the name now."""
        connection = self._local.connection
        if connection is not None and self.file.stat().st_ino == self._local.inode:
            return connection
        connection = self._local.connection = self._open()
        self._local.inode = self.file.stat().st_ino
        return connection

    def _open(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        with self._lock:
            self._opened.append(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(self._schema)
        return connection


def remove(file: Path) -> None:
    """Delete a database with its log files; what is missing is passed over."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{suffix}")  # noqa: PTH108 a suffix after the suffix
