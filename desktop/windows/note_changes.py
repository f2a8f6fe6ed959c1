"""Bringing an answer into the notes: a copy of the file is kept first, then the text changes in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCursor

from core.assist.model import NoteContext
from core.errors import NoteMissing
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.bridge.writing_place import WritingPlace
from desktop.editor.anchor import TextAnchor
from desktop.editor.document_text import from_document
from desktop.editor.editor import Editor


class NoteChanges(WritingPlace):
    """Inserts, replaces, appends, and makes new notes from the editor, for whoever shows answers.

    What stands there now counts: a place that has changed while an answer was read is not replaced.
    """

    def __init__(
        self,
        editor: Editor,
        files: Callable[[], VaultFiles | None],
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._files = files
        self._tasks = tasks
        editor.context_changed.connect(self.changed)

    def context(self) -> tuple[NoteContext, object] | None:
        """Return what a request sees of the open note, and its caret or selection."""
        return self._editor.context()

    def owns(self, anchor: object) -> bool:
        """Whether an anchor lies in a document of the editor."""
        return isinstance(anchor, TextAnchor)

    def select_block(self) -> None:
        """Select the block under the caret, where nothing is selected: it is about to be worked on."""
        found = self._editor.context()
        cursor = self._editor.textCursor()
        if found is None or cursor.hasSelection() or not found[0].block.strip():
            return
        lines = found[0].block.count("\n") + 1
        block = cursor.block()
        wanted = found[0].block
        while block.isValid() and not _begins_here(block, wanted, lines):
            block = block.previous()
        if block.isValid():
            cursor.setPosition(block.position())
            for _ in range(lines - 1):
                block = block.next()
            cursor.setPosition(block.position() + len(block.text()), QTextCursor.MoveMode.KeepAnchor)
            self._editor.setTextCursor(cursor)

    def insert(self, anchor: object, text: str) -> None:
        """Insert at the anchor, or where the caret is now."""
        place = anchor if isinstance(anchor, TextAnchor) else TextAnchor(self._editor.textCursor())
        self._after_copy(lambda: self._focus(self._editor.insert_at(place, text)))

    def append(self, text: str) -> None:
        """Add a paragraph at the end of the open note."""
        end = QTextCursor(self._editor.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        before = end.block().text().strip()
        gap = "\n\n" if before else "\n" if end.position() and end.block().previous().text().strip() else ""
        place = TextAnchor(end)
        self._after_copy(lambda: self._focus(self._editor.insert_at(place, f"{gap}{text}\n")))

    def replace(self, anchor: object, text: str) -> None:
        """Replace the anchor's text, unless it has changed."""
        self._after_copy(lambda: self._replace(anchor, text))

    def new_note(self, title: str, text: str) -> None:
        """Write a note of its own beside the open one, named by its title."""
        files = self._files()
        if files is None:
            return
        folder = PurePosixPath(self._editor.path).parent
        self._tasks.submit(
            lambda _token: files.create_in(folder, title, text),
            done=lambda note: self.note_made.emit(note.path),
            failed=self.failed.emit,
        )

    def _replace(self, anchor: object, text: str) -> None:
        if isinstance(anchor, TextAnchor) and self._editor.replace(anchor, text):
            self._focus(True)
            self.replaced.emit()
        else:
            self.replace_refused.emit()

    def _focus(self, done: bool) -> None:
        if done:
            self._editor.setFocus()

    def _after_copy(self, change: Callable[[], None]) -> None:
        """Change the note once its file is safe as it is; a note that has no file yet needs no copy."""
        files, path = self._files(), self._editor.path
        if files is None or not path:
            change()
            return
        self._tasks.submit(
            lambda _token: _keep(files, path), done=lambda _none: change(), failed=self.failed.emit
        )


def _begins_here(block: QTextBlock, wanted: str, lines: int) -> bool:
    """Whether the `lines` lines from this one on are the wanted text."""
    found = []
    for _ in range(lines):
        found.append(from_document(block.text()))
        block = block.next()
    return "\n".join(found) == wanted


def _keep(files: VaultFiles, path: str) -> None:
    try:
        files.back_up(path)
    except NoteMissing:
        return
