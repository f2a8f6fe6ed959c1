"""Is it the index that is broken, or the disk that cannot be used now? Only the first calls for a rebuild."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.errors import IndexDamaged, IndexUnavailable
from core.index.store_address import is_remote, without_options

log = logging.getLogger(__name__)

PROBE = b"\0" * 65_536  # as much as a small commit writes

_FAILURES = (RuntimeError, ValueError, OSError, sqlite3.DatabaseError)
_PANIC = "RustPanic"
"""A broken file may make LanceDB panic; its Rust half makes the class, which no module lets one import."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextlib.contextmanager
def index_errors(place: str) -> Iterator[None]:
    """Turn what LanceDB (which uses plain Python types for everything) and SQLite raise into our errors.

    Args:
        place: folder or address of the index.

    Raises:
        IndexUnavailable: the disk does not take a file there, another program keeps the index busy, or
            another machine keeps it and does not answer.
        IndexDamaged: anything else.
    """
    try:
        yield
    except UnicodeEncodeError:  # a text that cannot be stored is the caller's mistake, though a ValueError
        raise
    except Exception as error:
        if not isinstance(error, _FAILURES) and type(error).__name__ != _PANIC:
            raise
        log.warning("the index at %s failed: %s", place, error)
        if getattr(error, "sqlite_errorcode", None) in _BUSY:
            raise IndexUnavailable("Another program keeps the index busy.") from error
        if is_remote(place):
            raise IndexUnavailable(
                f"The index at {without_options(place)} cannot be reached or used.",
                address=without_options(place),
            ) from error
        if problem := _disk_problem(Path(place)):
            raise IndexUnavailable(f"The index cannot be written: {problem}.", reason=problem) from error
        raise IndexDamaged("The index cannot be read; it is rebuilt from the notes.") from error


def _disk_problem(folder: Path) -> str:
    """Why a file cannot be written to an existing folder, in the system's words; empty if it can."""
    if not folder.is_dir():
        return ""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""
