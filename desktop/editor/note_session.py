"""One open note between its document and its file: saving, changes made elsewhere, drafts.

What the person typed is never dropped. A save goes onto the bytes that were read, else nothing is written
and both versions are merged; where both changed the same lines the person decides. Everything that touches
the disk runs on the task runner, in order.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from core.concurrency import CancelToken
from core.errors import NoteChangedElsewhere, NoteMissing, NoteUnreadable
from core.vault.model import NoteText
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.note_document import NoteDocument
from desktop.theme.theme import Theme

if TYPE_CHECKING:
    from core.vault.recovery import Draft

T = TypeVar("T")

log = logging.getLogger(__name__)

SAVE_PAUSE_MS = 1000
DRAFT_EVERY_MS = 2000


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed the same lines; `mine` is in the editor, `theirs` is the file."""

    base: NoteText
    mine: str
    theirs: NoteText


class NoteSession(QObject):
    """Keeps one document and its file together.

    Signals:
        saved: The file holds the text now; carries the path.
        changed: `problem`, `conflict` or whether there is unsaved text changed.
        reloaded: A change made elsewhere went into the document.
        renamed: Somebody else gave the file another path; carries the old one and the new one.
    """

    saved = Signal(str)
    changed = Signal()
    reloaded = Signal()
    renamed = Signal(str, str)

    def __init__(
        self,
        note: NoteText,
        files: VaultFiles,
        tasks: TaskRunner,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = NoteDocument(note.text, theme, self)
        self.caret = 0
        """Where the caret was when the note was left."""
        self.scroll = 0
        self.problem: Exception | None = None
        """Why the text is not in the file; None when all is well."""
        self.conflict: Conflict | None = None
        self._note = note
        self._files = files
        self._tasks = tasks
        self._saving: CancelToken | None = None
        self._is_gone = False
        self._save_timer = QTimer(self, interval=SAVE_PAUSE_MS, singleShot=True)
        self._save_timer.timeout.connect(self.save)
        self._draft_timer = QTimer(self, interval=DRAFT_EVERY_MS)
        self._draft_timer.timeout.connect(self._keep_draft)
        self.document.contentsChanged.connect(self._edited)
        self.document.modificationChanged.connect(self._modification_changed)

    @property
    def path(self) -> str:
        """The note, relative to the vault."""
        return self._note.path

    @property
    def read_only_reason(self) -> str:
        """Why the note may not be edited; empty where it may."""
        return self._note.read_only_reason

    @property
    def is_dirty(self) -> bool:
        """Whether the document holds text that the file does not."""
        return self.document.isModified()

    @property
    def is_stuck(self) -> bool:
        """Whether the text cannot be saved without the person; that of a file that is gone need not be."""
        is_refused = self.problem is not None and not isinstance(self.problem, NoteMissing)
        return is_refused or self.conflict is not None

    def restore(self, draft: Draft) -> None:
        """Bring back what a crash left unsaved; where the file has changed since, the person decides."""
        if draft.base_hash == self._note.content_hash:
            self.document.rewrite(draft.text)
        elif draft.text != self._note.text:
            self.document.rewrite(draft.text)
            self._save_timer.stop()
            self.conflict = Conflict(self._note, draft.text, self._note)
            self.changed.emit()

    def save(self) -> None:
        """Save what is unsaved, unless the person has to decide something first."""
        self._save_timer.stop()
        if self.is_dirty and self._saving is None and self.conflict is None and not self.read_only_reason:
            self._write()

    def save_anew(self) -> None:
        """Write the note anew after it was deleted elsewhere."""
        self.document.setModified(True)
        self._write(recreate=True)

    def look_at_disk(self) -> None:
        """Take in what somebody else may have written."""
        self._submit(
            lambda _token: self._files.read(self.path), done=self._found_on_disk, failed=self._not_found
        )

    def look_for_it_at(self, path: str) -> None:
        """Find out whether the file at another path is this one, renamed."""
        self._submit(
            lambda _token: self._files.read(path),
            done=self._found_elsewhere,
            failed=lambda _error: self.look_at_disk(),
        )

    def keep_mine(self) -> None:
        """End a conflict: the text in the editor wins; the other one is kept as a backup."""
        if (conflict := self.conflict) is None:
            return
        self._submit(
            lambda _token: self._files.back_up(self.path),
            done=lambda _none: self._settle(conflict.theirs, self.document.text()),
            failed=self._failed,
        )

    def take_theirs(self) -> None:
        """End a conflict: the file wins; undo brings the person's own text back."""
        if self.conflict is not None:
            self._settle(self.conflict.theirs, self.conflict.theirs.text)

    def keep_both(self) -> None:
        """End a conflict: where both changed the same lines, mine stand before theirs."""
        if (conflict := self.conflict) is None:
            return
        from core.vault.merge import merge

        parts = merge(conflict.base.text, self.document.text(), conflict.theirs.text).parts
        both = "".join(p.ours + p.theirs if p.side == "conflict" else p.text for p in parts)
        self._settle(conflict.theirs, both)

    def move_to(self, path: str) -> None:
        """Go on under another path: the file was renamed."""
        old, self._note = self.path, replace(self._note, path=path)
        if isinstance(self.problem, NoteMissing):
            self.problem = None
        if self.is_dirty:
            self._keep_draft()
            self._save_timer.start()
        self._submit(
            lambda _token: self._files.discard_draft(old), done=lambda _none: None, failed=self._not_kept
        )
        self.changed.emit()

    def close(self) -> None:
        """Save now, on this thread; what cannot be saved stays as a draft.

        Call `TaskRunner.settle` before, so that no save of this note is under way.
        """
        self._save_timer.stop()
        self._draft_timer.stop()
        if not self.is_dirty or self.read_only_reason:
            return
        try:
            self._files.keep_draft(self._note, self.document.text(), self.caret)
            if self.conflict is None:
                self._note = self._files.write(self._note, self.document.text())
                self.document.setModified(False)
                self.saved.emit(self.path)
        except Exception as error:  # noqa: BLE001 -- leaving must not fail; the draft is offered at the next start
            log.warning("a note was left as a draft: %s", type(error).__name__)

    def keep_draft_now(self) -> None:
        """Keep what is unsaved as a draft, on this thread."""
        if self.is_dirty and not self.read_only_reason:
            self._files.keep_draft(self._note, self.document.text(), self.caret)

    def dispose(self) -> None:
        """Go away without a word: nothing that is still under way calls back."""
        self._is_gone = True
        self._save_timer.stop()
        self._draft_timer.stop()
        self.deleteLater()

    def _submit(
        self,
        work: Callable[[CancelToken], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> CancelToken:
        return self._tasks.submit(
            work,
            done=lambda result: None if self._is_gone else done(result),
            failed=lambda error: None if self._is_gone else failed(error),
        )

    def _edited(self) -> None:
        if self.is_dirty:
            self._save_timer.start()

    def _modification_changed(self, dirty: bool) -> None:
        if dirty:
            self._draft_timer.start()
        else:
            self._draft_timer.stop()
        self.changed.emit()

    def _keep_draft(self) -> None:
        if self._saving is not None:
            return  # a draft written behind that save would outlive it
        text = self.document.text()
        self._submit(
            lambda _token: self._files.keep_draft(self._note, text, self.caret),
            done=lambda _none: None,
            failed=self._not_kept,
        )

    @staticmethod
    def _not_kept(error: Exception) -> None:
        log.warning("no draft could be kept: %s", error)

    def _write(self, *, recreate: bool = False) -> None:
        text, version = self.document.text(), self.document.version
        note = self._note
        self._saving = self._submit(
            lambda _token: self._files.write(note, text, recreate=recreate),
            done=lambda saved: self._written(saved, version),
            failed=lambda error: self._not_written(error, note.path),
        )

    def _written(self, saved: NoteText, version: int) -> None:
        self._saving = None
        self._note = replace(saved, path=self.path)
        self.problem = None
        if self.document.version == version:
            self.document.setModified(False)
        else:
            self._save_timer.start()
        self.changed.emit()
        self.saved.emit(self.path)

    def _not_written(self, error: Exception, path: str) -> None:
        if path == self.path:
            self._failed(error)
        else:  # it was renamed meanwhile
            self._saving = None
            self._save_timer.start()

    def _failed(self, error: Exception) -> None:
        self._saving = None
        if isinstance(error, NoteChangedElsewhere):
            self.look_at_disk()
            return
        self.problem = error
        self.changed.emit()

    def _not_found(self, error: Exception) -> None:
        """The file went away or cannot be read: the text stays in the editor, as unsaved."""
        if isinstance(error, NoteMissing):
            self.document.setModified(True)
            self._save_timer.stop()
        self._failed(error)

    def _found_elsewhere(self, there: NoteText) -> None:
        if there.content_hash == self._note.content_hash:
            self.renamed.emit(self.path, there.path)
        else:
            self.look_at_disk()

    def _found_on_disk(self, theirs: NoteText) -> None:
        if theirs.content_hash == self._note.content_hash:
            if isinstance(self.problem, NoteMissing | NoteUnreadable):
                self._settle(theirs, self.document.text())  # it is back as it was
            return
        if not self.is_dirty:
            self._settle(theirs, theirs.text)
            return
        from core.vault.merge import merge

        merged = merge(self._note.text, self.document.text(), theirs.text)
        if merged.text is not None:
            self._settle(theirs, merged.text)
        else:
            self._save_timer.stop()
            self.conflict = Conflict(self._note, self.document.text(), theirs)
            self.changed.emit()

    def _settle(self, theirs: NoteText, text: str) -> None:
        """Put `text` into the document, over the file as it is now."""
        self._note = theirs
        self.conflict = None
        self.problem = None
        changed = self.document.rewrite(text)
        self.document.setModified(text != theirs.text)
        if text != theirs.text:
            self._save_timer.start()
        self.changed.emit()
        if changed:
            self.reloaded.emit()
