"""After a crash: offers the text that had not reached its note."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import NoteError, NoteMissing
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.note_desk import NoteDesk
from desktop.widgets.message_bar import Choice, MessageBar

if TYPE_CHECKING:
    from core.vault.recovery import Draft


class DraftOffer(QObject):
    """Goes through the drafts of a vault, one at a time."""

    def __init__(
        self, bar: MessageBar, desk: NoteDesk, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._desk = desk
        self._tasks = tasks
        self._files: VaultFiles | None = None
        self._waiting: list[Draft] = []
        self._restoring: dict[str, Draft] = {}
        """By note: what its session takes as soon as it is open."""
        desk.opened.connect(self._opened)

    def look(self, files: VaultFiles) -> None:
        """Look for drafts of this vault, and offer them."""
        self._files = files
        self._restoring.clear()
        self._found(())
        self._tasks.submit(
            lambda _token: _unsaved(files), done=self._found, failed=lambda _error: None
        )  # a draft that cannot be read is logged by core and stays where it is

    def _found(self, drafts: Sequence[Draft]) -> None:
        self._waiting = list(drafts)
        self._offer_next()

    def _offer_next(self) -> None:
        if not self._waiting:
            self._bar.rest()
            return
        draft = self._waiting[0]
        self._bar.say(
            self.tr("“{name}” has text that was not saved when Pilotfish last ended.").format(
                name=PurePosixPath(draft.path).stem
            ),
            Choice(self.tr("Restore it"), self._restore, is_primary=True),
            Choice(self.tr("Discard it"), self._discard),
        )

    def _restore(self) -> None:
        draft = self._waiting.pop(0)
        if (files := self._files) is not None:
            self._tasks.submit(
                lambda _token: _write_if_gone(files, draft),
                done=lambda _none: self._open(files, draft),
                failed=lambda _error: self._open(files, draft),  # which says what is wrong
            )
        self._offer_next()

    def _open(self, files: VaultFiles, draft: Draft) -> None:
        if files is not self._files:
            return
        self._restoring[draft.path] = draft
        current = self._desk.current
        if current is not None and current.path == draft.path:
            self._opened(draft.path)
        else:
            self._desk.open(draft.path)

    def _discard(self) -> None:
        draft = self._waiting.pop(0)
        if (files := self._files) is not None:
            self._tasks.submit(
                lambda _token: files.discard_draft(draft.path),
                done=lambda _none: None,
                failed=lambda _error: None,
            )
        self._offer_next()

    def _opened(self, path: str) -> None:
        session = self._desk.current
        if session is not None and (draft := self._restoring.pop(path, None)) is not None:
            session.restore(draft)


def _write_if_gone(files: VaultFiles, draft: Draft) -> None:
    """Write the note anew with the draft's text where its file is not there any more."""
    try:
        files.read(draft.path)
    except NoteMissing:
        files.create(draft.path, draft.text)
        files.discard_draft(draft.path)


def _unsaved(files: VaultFiles) -> list[Draft]:
    """Return the drafts that say something else than their notes; the others are dropped."""
    found = []
    for draft in files.drafts():
        with suppress(NoteError):
            if files.read(draft.path).text == draft.text:
                files.discard_draft(draft.path)
                continue
        found.append(draft)
    return found
