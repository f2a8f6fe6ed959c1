"""SQLite files of the index: one connection a thread, write-ahead log, and errors told as `IndexDamaged`."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from core.errors import IndexDamaged

log = logging.getLogger(__name__)

BUSY_SECONDS = 30.0  # how long a statement waits for another process's transaction


class Database:
    """One SQLite file with a fixed schema; made when it is missing, usable from any thread.

    A file that was deleted while open is noticed: every use raises `IndexDamaged` from then on, where SQLite
    itself would go on writing into the nameless file.
    """

    def __init__(self, file: Path, schema: str) -> None:
        self.file = file
        self._schema = schema
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from; every statement sees the newest commit."""
        with self._damage_told():
            yield self._connection()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back if the block raises. Not to be nested."""
        with self._damage_told():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            opened, self._opened = self._opened, []
        self._local = threading.local()
        for connection in opened:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._open()
            self._local.inode = self.file.stat().st_ino
        elif self.file.stat().st_ino != self._local.inode:
            raise sqlite3.DatabaseError("the file was replaced while it was open")
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

    @contextlib.contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, FileNotFoundError) as error:
            log.warning("the index file %s failed: %s", self.file, error)
            raise IndexDamaged("The index cannot be read; it is rebuilt from the notes.") from error


def remove(file: Path) -> None:
    """Delete a database with its log files; what is missing is passed over."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{file}{suffix}")  # noqa: PTH108 a suffix after the suffix
