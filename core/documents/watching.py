"""Folders of documents that the library follows: what comes, changes or goes there does so in the library.

What a file is like is told by size and time alone until it differs; a file that was refused is tried again
once it has changed. A folder that is not there now, such as a stick that was pulled out, takes nothing away.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.concurrency import CancelToken
from core.documents.importer import Began, Imported, Read, Refused, found, import_files
from core.documents.library import Document, Library
from core.documents.process import read
from core.errors import DocumentMissing, DocumentNotStored
from core.files import write_atomically

log = logging.getLogger(__name__)

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Removed:
    """A document left the library with its file."""

    document: Document


class WatchedFolders:
    """Which folders the library of one vault follows, in a file beside the documents."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.folder / "watched" / "folders.json"

    def folders(self) -> tuple[Path, ...]:
        """The folders, in the order in which they were added; a file that cannot be read names none."""
        try:
            names = json.loads(self._file.read_text(encoding="utf-8"))
            return tuple(Path(name) for name in names if isinstance(name, str))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError):
            log.warning("the list of watched folders cannot be read")
            return ()

    def add(self, folder: Path) -> None:
        """Follow a folder from now on."""
        self._write((*(known for known in self.folders() if known != folder), folder))

    def remove(self, folder: Path) -> None:
        """Follow it no more; its documents stay, and belong to the person as if dropped by hand."""
        self._write(tuple(known for known in self.folders() if known != folder))

    def _write(self, folders: tuple[Path, ...]) -> None:
        """Keep the list.

        Raises:
            DocumentNotStored: the disk does not allow it.
        """
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps([str(folder) for folder in folders]).encode())
        except OSError as error:
            raise DocumentNotStored("The list of watched folders could not be stored.") from error


class FolderSync:
    """Brings the library in step with a folder, as often as it is asked; one call at a time."""

    def __init__(self, library: Library, *, reader: Read = read) -> None:
        self._library = library
        self._reader = reader
        self._seen: dict[Path, Stamp] = {}

    def sync(
        self, folder: Path, *, cancel: CancelToken | None = None
    ) -> Iterator[Began | Imported | Refused | Removed]:
        """Yield what is done: files read anew as by `import_files`, and documents whose file is gone.

        Raises:
            Cancelled: what was done stays.
        """
        token = cancel or CancelToken()
        if not folder.is_dir():
            return
        there = {file: stamp for file in found([folder]) if (stamp := _stamp(file)) is not None}
        known = {Path(document.source): document for document in self._library.documents()}
        fresh = [file for file, stamp in there.items() if self._is_news(file, stamp, known.get(file))]
        for outcome in import_files(
            fresh, self._library, cancel=token, watched=str(folder), reader=self._reader
        ):
            if not isinstance(outcome, Began):
                self._seen[outcome.file] = there[outcome.file]
            yield outcome
        yield from self._gone(folder, set(there), token)

    def _is_news(self, file: Path, stamp: Stamp, document: Document | None) -> bool:
        if file in self._seen or document is None:
            return self._seen.get(file) != stamp
        size, time_ns = stamp
        return size != document.size or time_ns > document.imported_at * 1e9

    def _gone(self, folder: Path, there: set[Path], cancel: CancelToken) -> Iterator[Removed]:
        for document in self._library.documents():
            cancel.raise_if_cancelled()
            if document.watched != str(folder) or Path(document.source) in there or not folder.is_dir():
                continue
            try:
                yield Removed(self._library.remove(document.path))
            except DocumentMissing:
                continue  # another process was faster


def _stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
