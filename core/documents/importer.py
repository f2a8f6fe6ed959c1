"""From files and folders that were dropped to documents in the library, each with its outcome."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.concurrency import CancelToken
from core.documents.library import Added, Library, Origin
from core.documents.process import Reading, read
from core.documents.sniff import SUFFIXES
from core.errors import DocumentError, DocumentUnreadable, EngineStopped, ModelError

log = logging.getLogger(__name__)

Read = Callable[..., Reading]
MOST_FILES = 5_000
"""Files taken from one drop; a home folder dropped by mistake is not read to its end."""


@dataclass(frozen=True, slots=True)
class Began:
    """A file is being read; `number` of `total`, from 1."""

    file: Path
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A file is in the library."""

    file: Path
    added: Added


@dataclass(frozen=True, slots=True)
class Refused:
    """A file could not be imported; the others are."""

    file: Path
    error: DocumentError | ModelError | EngineStopped
    """The latter two where a recording was to be transcribed."""


Outcome = Began | Imported | Refused


def import_files(
    paths: Iterable[Path],
    library: Library,
    *,
    cancel: CancelToken | None = None,
    watched: str = "",
    reader: Read = read,
) -> Iterator[Outcome]:
    """Read files, and the documents in folders, into the library; yields `Began` and then one outcome a file.

    Args:
        watched: the watched folder they come from.

    Raises:
        Cancelled: between or within files; what was imported stays.
    """
    token = cancel or CancelToken()
    library.sweep()
    files = list(found(paths))
    for number, file in enumerate(files, start=1):
        token.raise_if_cancelled()
        yield Began(file, number, len(files))
        try:
            yield Imported(file, _import(file, library, token, watched, reader))
        except (DocumentError, ModelError, EngineStopped) as error:
            log.info("a document was refused: %s", type(error).__name__)
            yield Refused(file, error)


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as they are, and of folders the documents in them, by name, each once.

    In folders, hidden files and files of kinds that are never read are passed over, links are not followed.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else (path,):
            absolute = file.absolute()
            if absolute not in seen:
                seen.add(absolute)
                yield absolute
            if len(seen) >= MOST_FILES:
                return


def _below(folder: Path) -> Iterator[Path]:
    """The documents in a folder and below; what may not be read is passed over."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name.casefold())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _below(entry)
        elif entry.suffix.lower() in SUFFIXES and entry.is_file():
            yield entry


def _import(file: Path, library: Library, cancel: CancelToken, watched: str, reader: Read) -> Added:
    try:
        file.stat()
    except (OSError, ValueError) as error:  # said here, without a process
        raise DocumentUnreadable("There is no such file, or it may not be read.", reason="missing") from error
    # Here, because the window imports this module at its start.
    from core.documents.recordings import digest_of, is_recording

    # A recording that is known is not heard again: that may cost money.
    if is_recording(file) and (known := library.known(digest_of(file))):
        return Added(known, was_known=True)
    reading = reader(file, cancel=cancel)
    origin = Origin(file, reading.content_hash, reading.size, watched)
    return library.add(reading.document, origin, now=time.time())
