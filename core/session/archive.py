"""The SQLite file of sessions, traces and what the person kept; migrated by numbered steps.

Several processes may use it at once (a window for each vault, the command line). A file that is damaged is
set aside and a new one begun: it holds nothing that a note depends on.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from core.errors import SessionsUnavailable
from core.transactions import transaction

log = logging.getLogger(__name__)

FILE_NAME = "sessions.sqlite"
BUSY_SECONDS = 10.0

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY, vault TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL,
        created_at REAL NOT NULL, updated_at REAL NOT NULL,
        branched_from TEXT NOT NULL DEFAULT '', named_by_person INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX sessions_by_vault ON sessions (vault, updated_at);
    CREATE TABLE messages (
        id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
        author TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, created_at REAL NOT NULL,
        extra TEXT NOT NULL DEFAULT '{}'
    );
    CREATE INDEX messages_by_session ON messages (session_id);
    CREATE TABLE traces (
        id TEXT PRIMARY KEY, request_id TEXT NOT NULL, started_at REAL NOT NULL, day TEXT NOT NULL,
        operation TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, place TEXT NOT NULL,
        prompt_id TEXT NOT NULL, prompt_version INTEGER NOT NULL,
        input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL,
        cost_usd REAL, first_token_s REAL, duration_s REAL NOT NULL,
        finish_reason TEXT NOT NULL, error_type TEXT NOT NULL
    );
    CREATE INDEX traces_by_day ON traces (day);
    CREATE INDEX traces_by_request ON traces (request_id);
    CREATE TABLE outcomes (
        request_id TEXT NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (request_id, kind)
    );
    """,
    """
    CREATE TABLE examples (
        request_id TEXT PRIMARY KEY, at REAL NOT NULL, outcome TEXT NOT NULL,
        messages TEXT NOT NULL, answer TEXT NOT NULL
    );
    """,
)
"""Step N brings a file of `user_version` N to N + 1; a step that was released is never changed."""


class Archive:
    """One SQLite file; every method of its users may be called on any thread, and may wait for a disk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back if the block raises.

        Raises:
            SessionsUnavailable: the file cannot be used at the moment.
        """
        with self._lock:
            try:
                connection = self._opened()
                with transaction(connection):
                    yield connection
            except sqlite3.DatabaseError as error:
                self._failed(error)
                raise SessionsUnavailable(
                    "The file of sessions cannot be used at the moment.", path=str(self.file)
                ) from error

    def close(self) -> None:
        """Close the file; it is opened again when it is needed."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = self._open()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise  # locked, full, not allowed: the file itself is whole
                self._set_aside()
                self._connection = self._open()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SessionsUnavailable(f"{self.file.parent} cannot be made: {error.strerror}.") from error
        connection = sqlite3.connect(
            self.file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            _keep_a_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _failed(self, error: sqlite3.DatabaseError) -> None:
        log.warning("%s: %s", self.file.name, error)
        self.close()
        if not isinstance(error, (sqlite3.OperationalError, sqlite3.IntegrityError)):
            self._set_aside()

    def _set_aside(self) -> None:
        kept = self.file.with_name(f"{self.file.name}.bad-{time.strftime('%Y%m%d-%H%M%S')}")
        log.warning("%s is damaged and is kept as %s", self.file.name, kept.name)
        with contextlib.suppress(OSError):
            self.file.replace(kept)
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, the one statement for which SQLite itself does not wait its turn."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version, one committed step at a time."""
    while True:
        with transaction(connection):
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if version >= len(MIGRATIONS):
                break
            for statement in MIGRATIONS[version].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(MIGRATIONS):
        raise SessionsUnavailable("The sessions were written by a newer version of Pilotfish.")
