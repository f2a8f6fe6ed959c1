"""The notes that are open: one in the editor, a few more kept at hand with their history of undo."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from core.concurrency import CancelToken
from core.documents.naming import is_document
from core.engine.model import NotesChanged
from core.vault.model import NoteText
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.editor import Editor
from desktop.editor.history import History, Place
from desktop.editor.note_session import NoteSession
from desktop.theme.theme import Theme

AT_HAND = 12
"""Notes kept open behind the one in sight."""


class NoteDesk(QObject):
    """Brings notes of one vault into the editor and back into their files.

    Signals:
        document_requested: What was to be opened is a document; carries path and line.
        opened: A note is in the editor; carries its path. An empty path: none is any more.
        open_failed: A note could not be opened; carries path and error.
        saved: A note was written; carries its path.
        changed: Something about an open note or the history is different.
        moved: An open or a closed note has another path; carries the old one and the new one.
        gone: A note was moved to the trash; carries its path.
        closing: Everything is about to be let go of.
    """

    document_requested = Signal(str, int)
    opened = Signal(str)
    open_failed = Signal(str, object)
    saved = Signal(str)
    changed = Signal()
    moved = Signal(str, str)
    gone = Signal(str)
    closing = Signal()

    def __init__(
        self, editor: Editor, tasks: TaskRunner, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tasks = tasks
        self._theme = theme
        self._files: VaultFiles | None = None
        self._sessions: dict[str, NoteSession] = {}
        self._current: NoteSession | None = None
        self._opening: CancelToken | None = None
        self._leaving: set[str] = set()
        self.history = History()

    @property
    def current(self) -> NoteSession | None:
        """The note in the editor."""
        return self._current

    @property
    def has_note(self) -> bool:
        """Whether a note is in the editor or on its way there."""
        return self._current is not None or self._opening is not None

    @property
    def open_notes(self) -> list[str]:
        """The notes at hand, the latest first."""
        return [path for path in reversed(self._sessions) if path not in self._leaving]

    def is_dirty(self, path: str) -> bool:
        """Whether an open note's text is not in its file."""
        return path in self._sessions and self._sessions[path].is_dirty

    def is_stuck(self, path: str) -> bool:
        """Whether an open note cannot be saved without the person."""
        return path in self._sessions and self._sessions[path].is_stuck

    @property
    def place(self) -> Place | None:
        """Where the reader is."""
        return Place(self._current.path, self._editor.line()) if self._current else None

    def use(self, files: VaultFiles | None) -> None:
        """Work on another vault; call `close` before. What is being opened there is not brought here."""
        self._stop_opening()
        self._files = files
        self.history = History()

    def open(self, path: str, line: int = 0, *, remember: bool = True) -> None:
        """Bring a note into the editor, the caret on `line` (from 1) unless 0; a document is asked for."""
        if is_document(path):
            self.document_requested.emit(path, line)
            return
        self._stop_opening()
        if remember and self.place is not None and (path != self.place.path or line):
            self.history.leave(self.place)
        if session := self._sessions.get(path):
            self._show(session, line)
        elif (files := self._files) is not None:
            self._opening = self._tasks.submit(
                lambda _token: files.read(path),
                done=lambda note: self._read(note, line),
                failed=lambda error: self._not_read(path, error),
            )

    def back(self) -> None:
        """Return to the place before this one."""
        if place := self.history.back(self.place):
            self.open(place.path, place.line, remember=False)

    def forward(self) -> None:
        """Go on to the place that `back` was taken from."""
        if place := self.history.forward(self.place):
            self.open(place.path, place.line, remember=False)

    def save(self) -> None:
        """Save every note that is not saved yet."""
        for session in self._sessions.values():
            session.save()

    def keep_drafts(self) -> None:
        """Keep everything unsaved as a draft, now and on this thread: the program may be about to end."""
        for session in self._sessions.values():
            session.keep_draft_now()

    def files_changed(self, event: NotesChanged) -> None:
        """Look at the open notes that somebody may have changed, and follow those that were renamed."""
        new_paths = {old: new for old, new in event.moved if new not in self._sessions}
        for path in {*event.changed, *event.removed} & set(self._sessions):
            if path in new_paths:
                self._sessions[path].look_for_it_at(new_paths[path])
            else:
                self._sessions[path].look_at_disk()
        for old, new in event.moved:
            if old not in self._sessions:
                self.history.rename(old, new)

    def put_away(self, path: str) -> None:
        """Let go of a note as soon as it is saved; one that turns out not to be savable stays."""
        if (session := self._sessions.get(path)) is None:
            return
        self._leaving.add(path)
        if session is self._current:
            self._leave()
            self._show_nothing()
        session.save()
        self._let_go_of_old()

    def note_moved(self, old: str, new: str) -> None:
        """Follow an open note to its new path."""
        self.history.rename(old, new)
        self.moved.emit(old, new)
        if session := self._sessions.pop(old, None):
            session.move_to(new)
            self._sessions[new] = session
            if session is self._current:
                self._remember_place(session)
                self._editor.show_note(new, session.document)
                self._restore(session)
                self.opened.emit(new)

    def note_gone(self, path: str) -> None:
        """Let go of a note that the person moved to the trash."""
        self.history.forget(path)
        self.gone.emit(path)
        if session := self._sessions.pop(path, None):
            if session is self._current:
                self._show_nothing()
            session.dispose()

    def close(self) -> None:
        """Save and let go of everything; what cannot be saved is kept as a draft."""
        self.closing.emit()
        self._stop_opening()
        self._leave()
        self._tasks.settle()
        for session in self._sessions.values():
            session.close()
        self._show_nothing()
        for session in self._sessions.values():
            session.dispose()
        self._sessions.clear()

    def _stop_opening(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None

    def _not_read(self, path: str, error: Exception) -> None:
        self._opening = None
        self.open_failed.emit(path, error)

    def _read(self, note: NoteText, line: int) -> None:
        self._opening = None
        assert self._files is not None
        session = NoteSession(note, self._files, self._tasks, self._theme, self)
        session.saved.connect(self.saved)
        session.renamed.connect(self.note_moved)
        session.changed.connect(self._session_changed)
        self._sessions[note.path] = session
        self._show(session, line)

    def _show(self, session: NoteSession, line: int) -> None:
        self._leaving.discard(session.path)
        if session is not self._current:
            self._leave()
            self._current = session
            self._sessions[session.path] = self._sessions.pop(session.path)  # the newest stands last
            self._editor.show_note(session.path, session.document)
            self._editor.setReadOnly(bool(session.read_only_reason))
            self._restore(session)
            self._let_go_of_old()
        if line:
            self._editor.go_to(line)
        self.opened.emit(session.path)
        self.changed.emit()

    def _show_nothing(self) -> None:
        self._current = None
        self._editor.show_nothing()
        self.opened.emit("")
        self.changed.emit()

    def _leave(self) -> None:
        """Remember where the reader was in the note that goes out of sight, and save it."""
        if (session := self._current) is not None:
            self._remember_place(session)
            session.save()

    def _remember_place(self, session: NoteSession) -> None:
        session.caret = self._editor.textCursor().position()
        session.scroll = self._editor.verticalScrollBar().value()

    def _restore(self, session: NoteSession) -> None:
        cursor = QTextCursor(session.document)
        cursor.setPosition(min(session.caret, session.document.characterCount() - 1))
        self._editor.setTextCursor(cursor)
        self._editor.verticalScrollBar().setValue(session.scroll)

    def _session_changed(self) -> None:
        self._leaving = {path for path in self._leaving if not self.is_stuck(path)}
        self._let_go_of_old()
        self.changed.emit()

    def _let_go_of_old(self) -> None:
        old = list(self._sessions)[:-AT_HAND]
        for path in {*old, *self._leaving} & set(self._sessions):
            session = self._sessions[path]
            if session is not self._current and not session.is_dirty and session.conflict is None:
                del self._sessions[path]
                self._leaving.discard(path)
                session.dispose()
