"""Folders of documents that the open vault follows: looked at when the system tells, and by the clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot

from core.concurrency import CancelToken
from desktop.bridge.tasks import TaskRunner

if TYPE_CHECKING:
    from core.documents.importer import Outcome
    from core.documents.library import Library
    from core.documents.watching import FolderSync, Removed, WatchedFolders

log = logging.getLogger(__name__)

LOOK_EVERY_MS = 30_000
PAUSE_MS = 1_000
"""After a word from the system: a file that is being copied comes in many pieces."""
_MOST_WATCHED = 200


class DocumentWatch(QObject):
    """Keeps the library in step with the folders it follows, quietly.

    Signals:
        folders_changed: Other folders are followed; carries them, a tuple of paths.
        stored: The text of a document is new or gone; carries its path.
        refused: A file could not be read; carries `Refused` of `core.documents.importer`.
        failed: The list of folders could not be kept; carries the error.
    """

    folders_changed = Signal(object)
    stored = Signal(str)
    refused = Signal(object)
    failed = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = TaskRunner(self, name="document-watch")
        self._folders: WatchedFolders | None = None
        self._sync: FolderSync | None = None
        self._known: tuple[Path, ...] = ()
        self._running: CancelToken | None = None
        self._again = False
        self._system = QFileSystemWatcher(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._clock = QTimer(self, interval=LOOK_EVERY_MS)
        self._system.directoryChanged.connect(lambda _path: self._pause.start())
        self._pause.timeout.connect(self.look)
        self._clock.timeout.connect(self.look)
        self._posted.connect(self._step, Qt.ConnectionType.QueuedConnection)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that are followed."""
        return self._known

    def use(self, library: Library | None) -> None:
        """Follow the folders of another vault; None for no vault."""
        from core.documents.watching import FolderSync, WatchedFolders

        self._stop()
        self._folders = WatchedFolders(library) if library is not None else None
        self._sync = FolderSync(library) if library is not None else None
        if folders := self._folders:
            self._tasks.submit(lambda _token: folders.folders(), done=self._listed, failed=self.failed.emit)
        else:
            self._listed(())

    def add(self, folder: Path) -> None:
        """Follow a folder from now on."""
        if folders := self._folders:
            self._change(lambda: folders.add(folder))

    def remove(self, folder: Path) -> None:
        """Follow it no more; its documents stay."""
        if folders := self._folders:
            self._change(lambda: folders.remove(folder))

    def look(self) -> None:
        """Look at the folders now, or once more where that is being done."""
        sync, folders = self._sync, self._known
        if sync is None or not folders:
            return
        if self._running is not None:
            self._again = True
            return

        def work(token: CancelToken) -> list[str]:
            for folder in folders:
                for outcome in sync.sync(folder, cancel=token):
                    self._posted.emit((token, outcome))
            return _inner_folders(folders)

        self._running = self._tasks.submit(work, done=self._looked, failed=self._broke)

    def close(self) -> None:
        """Stop following; a child that reads a document is killed."""
        self._stop()
        self._tasks.shutdown()

    def _change(self, change: Callable[[], object]) -> None:
        folders = self._folders
        assert folders is not None

        def work(_token: CancelToken) -> tuple[Path, ...]:
            change()
            return folders.folders()

        self._tasks.submit(work, done=self._listed, failed=self.failed.emit)

    def _listed(self, folders: Sequence[Path]) -> None:
        self._known = tuple(folders)
        self._watch([str(folder) for folder in folders])
        if self._known:
            self._clock.start()
        else:
            self._clock.stop()
        self.folders_changed.emit(self._known)
        self.look()

    def _watch(self, wanted: Sequence[str]) -> bool:
        """Ask the system about these folders; what it cannot watch the clock finds. Tells whether any is new.

        Those that are watched already stay so: what the system is about to tell of them would be lost.
        """
        there = {folder for folder in wanted[:_MOST_WATCHED] if Path(folder).is_dir()}
        before = set(self._system.directories())
        if gone := before - there:
            self._system.removePaths(sorted(gone))
        new = there - before
        refused = self._system.addPaths(sorted(new)) if new else []
        return bool(new.difference(refused))

    @Slot(object)
    def _step(self, posted: tuple[CancelToken, Outcome | Removed]) -> None:
        from core.documents.importer import Imported, Refused
        from core.documents.watching import Removed

        token, outcome = posted
        if isinstance(outcome, Removed):
            self.stored.emit(outcome.document.path)
        elif isinstance(outcome, Imported) and not outcome.added.was_known:
            self.stored.emit(outcome.added.document.path)
        elif isinstance(outcome, Refused) and not token.cancelled:
            self.refused.emit(outcome)

    def _looked(self, inner: list[str]) -> None:
        self._running = None
        # What came into a new folder before it was watched, or while this look went on, was not told.
        if self._watch([*(str(folder) for folder in self._known), *inner]) or self._again:
            self._again = False
            self.look()

    def _broke(self, error: Exception) -> None:
        log.error("a watched folder could not be looked at", exc_info=error)
        self._running = None

    def _stop(self) -> None:
        self._pause.stop()
        self._clock.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None
        self._again = False
        self._known = ()
        self._watch(())


def _inner_folders(folders: Sequence[Path]) -> list[str]:
    """The folders below, as many as the system can well watch."""
    found: list[str] = []
    for folder in folders:
        for inner in folder.rglob("*/"):
            if len(found) >= _MOST_WATCHED:
                return found
            if not any(part.startswith(".") for part in inner.relative_to(folder).parts):
                found.append(str(inner))
    return found
