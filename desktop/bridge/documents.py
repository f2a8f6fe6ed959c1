"""The imported documents of the open vault, for the window: imports on one thread, quick looks on another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.concurrency import CancelToken
from desktop.bridge.documents_watch import DocumentWatch
from desktop.bridge.hearing import Ear
from desktop.bridge.tasks import TaskRunner

if TYPE_CHECKING:
    from core.documents.importer import Outcome
    from core.documents.library import Document, Library

log = logging.getLogger(__name__)


class DocumentShelf(QObject):
    """Imports, lists, reads and removes documents; every signal comes on the GUI thread.

    Signals:
        listed: The documents of the vault, by name; a tuple of `Document`.
        stepped: Carries `Began`, `Imported` or `Refused` of `core.documents.importer`.
        ended: Nothing is being imported any more; carries whether the person cancelled it.
        changed: The text of a document is new or gone; carries its path, for the index.
        failed: Something could not be done at all; carries the error.
    """

    listed = Signal(object)
    stepped = Signal(object)
    ended = Signal(bool)
    changed = Signal(str)
    failed = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._imports = TaskRunner(self, name="documents")
        self._looks = TaskRunner(self, name="document-looks")
        self._library: Library | None = None
        self._running: list[CancelToken] = []
        self._posted.connect(self._step, Qt.ConnectionType.QueuedConnection)
        self.watch = DocumentWatch(self)
        self.watch.stored.connect(self._stored)
        self.watch.failed.connect(self.failed)

    @property
    def is_busy(self) -> bool:
        """Whether documents are being imported."""
        return bool(self._running)

    def use(self, folder: Path | None) -> None:
        """Turn to the documents of another vault, in `folder`; None for no vault."""
        from core.documents.library import Library

        self._forget_imports()
        self._library = Library(folder) if folder is not None else None
        self.watch.use(self._library)
        self.refresh()

    def refresh(self) -> None:
        """List the documents anew."""
        library = self._library
        if library is None:
            self.listed.emit(())
            return
        self._looks.submit(
            lambda _token: tuple(library.documents()),
            done=self._listed_from(library),
            failed=self.failed.emit,
        )

    def add(self, paths: Sequence[Path], reader: Ear | None = None) -> None:
        """Import files and the documents in folders, after those that are being imported.

        `reader` reads them; None for the usual one.
        """
        library = self._library
        if library is None or not paths:
            return

        def work(token: CancelToken) -> None:
            from core.documents.importer import import_files

            imported = partial(import_files, reader=reader) if reader else import_files
            for outcome in imported(paths, library, cancel=token):
                self._posted.emit((token, outcome))

        running: list[CancelToken] = []
        token = self._imports.submit(
            work,
            done=lambda _none: self._done(running[0]),
            failed=lambda error: self._broke(running[0], error),
        )
        running.append(token)
        self._running.append(token)

    def cancel(self) -> None:
        """Stop importing; what is in the library stays."""
        if self._running:
            self._forget_imports()
            self.refresh()
            self.ended.emit(True)

    def remove(self, path: str) -> None:
        """Forget a document; its file is not touched."""
        library = self._library
        if library is None:
            return

        def done(_document: object) -> None:
            self.changed.emit(path)
            self.refresh()

        self._looks.submit(lambda _token: library.remove(path), done=done, failed=self.failed.emit)

    def read(self, path: str, done: Callable[[Document, str], None]) -> None:
        """Hand a document and its text to `done`."""
        library = self._library
        if library is None:
            return

        def work(_token: CancelToken) -> tuple[Document, str]:
            document = library.document(path)
            return document, library.text(document)

        self._looks.submit(work, done=lambda found: done(*found), failed=self.failed.emit)

    def close(self) -> None:
        """End what is under way; the child that reads a document is killed."""
        self._forget_imports()
        self.watch.close()
        self._imports.shutdown()
        self._looks.shutdown()

    def _listed_from(self, library: Library) -> Callable[[tuple[Document, ...]], None]:
        """Show a list only while its vault is open."""
        return lambda found: self.listed.emit(found) if library is self._library else None

    def _forget_imports(self) -> None:
        for token in self._running:
            token.cancel()
        self._running.clear()

    @Slot(object)
    def _step(self, posted: tuple[CancelToken, Outcome]) -> None:
        """One step of an import, on this thread; late steps of a cancelled one still tell what is stored."""
        from core.documents.importer import Imported

        token, outcome = posted
        added = outcome.added if isinstance(outcome, Imported) else None
        if added is not None and not added.was_known:
            self.changed.emit(added.document.path)
        if token.cancelled:
            return
        self.stepped.emit(outcome)
        if added is not None:
            self.refresh()

    def _stored(self, path: str) -> None:
        self.changed.emit(path)
        self.refresh()

    def _done(self, token: CancelToken) -> None:
        self._running.remove(token)
        if not self._running:
            self.refresh()
            self.ended.emit(False)

    def _broke(self, token: CancelToken, error: Exception) -> None:
        log.error("an import broke off", exc_info=error)
        self.failed.emit(error)
        self._done(token)
