"""The place where the panel writes while it is the companion: the file of the note that is followed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from core.assist.model import NoteContext
from core.errors import NoteChangedElsewhere
from core.vault.place import Place
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.bridge.writing_place import WritingPlace
from desktop.companion.follower import Follower, followed_at

if TYPE_CHECKING:
    from core.vault.model import NoteText
    from core.vault.writing_at import Differs, PlaceWriter, Written
    from desktop.companion.follower import Followed


class FilePlace(WritingPlace):
    """Puts results into the file, below the block that was changed last, or in its place.

    Signals:
        saved: A note's file was written; carries its path.
        take_back_changed: There is something to take back now, or no longer.
        take_back_refused: The note was written on since, so nothing was taken back.
    """

    saved = Signal(str)
    take_back_changed = Signal()
    take_back_refused = Signal()

    def __init__(
        self,
        follower: Follower,
        files: Callable[[], VaultFiles | None],
        tasks: TaskRunner,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """`before` is called ahead of every change: what is typed elsewhere is to be in its file by then."""
        super().__init__(follower)
        self._follower = follower
        self._files = files
        self._tasks = tasks
        self._before = before
        self._last: Written | None = None
        follower.changed.connect(self.changed)
        follower.rewritten.connect(self._rewritten)

    @property
    def can_take_back(self) -> bool:
        """Whether the last change is still as it was made."""
        return self._last is not None

    def context(self) -> tuple[NoteContext, object] | None:
        """Return what a request sees of the note that is followed, and its block."""
        current = self._current()
        return (current.context, current.place) if current is not None else None

    def owns(self, anchor: object) -> bool:
        """Whether an anchor is a block in a file."""
        return isinstance(anchor, Place)

    def select_block(self) -> None:
        """Work on the block above where it is not known which one was changed."""
        self._follower.select_block()

    def insert(self, anchor: object, text: str) -> None:
        """Put a block below the anchor's, or below the one that was changed last."""
        place = anchor if isinstance(anchor, Place) else self._place()
        if place is not None:
            shaped = _shaped(text, place)
            told = self.tr("Put into “{note}”. It can be taken back above.")
            self._write(lambda writer: writer.insert(place, shaped), told)

    def append(self, text: str) -> None:
        """Put a block at the end of the note that is followed."""
        if (place := self._place()) is not None:
            told = self.tr("Put at the end of “{note}”. It can be taken back above.")
            self._write(lambda writer: writer.append(place.path, text), told)

    def replace(self, anchor: object, text: str) -> None:
        """Put a text in place of the anchor's block; if that has changed, both are shown first."""
        if isinstance(anchor, Place):
            told = self.tr("Replaced in “{note}”. It can be taken back above.")
            self._write(lambda writer: writer.replace(anchor, text), told)
        else:
            self.replace_refused.emit()

    def new_note(self, title: str, text: str) -> None:
        """Write a note of its own beside the one that is followed."""
        files, place = self._files(), self._place()
        if files is not None:
            folder = PurePosixPath(place.path).parent if place is not None else PurePosixPath()
            self._tasks.submit(
                lambda _token: files.create_in(folder, title, text),
                done=self._note_made,
                failed=self.failed.emit,
            )

    def _note_made(self, note: NoteText) -> None:
        self.note_made.emit(note.path)
        self.done.emit(self.tr("Made the note “{note}”.").format(note=PurePosixPath(note.path).stem))

    def take_back(self) -> None:
        """Make the note what it was before the last change, unless it was written on since."""
        files, last = self._files(), self._last
        if files is None or last is None:
            return
        self._set_last(None)
        self._tasks.submit(
            lambda _token: self._kept(files.place_writer().take_back(last)),
            done=lambda kept: self._go_on(*kept),
            failed=self._not_taken_back,
        )

    def forget(self) -> None:
        """Another vault is open: there is nothing to take back in it."""
        self._set_last(None)

    def _current(self) -> Followed | None:
        """Return what is followed, unless another vault has been opened meanwhile."""
        return self._follower.current if self._follower.files is self._files() else None

    def _place(self) -> Place | None:
        current = self._current()
        return current.place if current is not None else None

    def _write(self, change: Callable[[PlaceWriter], Written | Differs], told: str) -> None:
        from core.vault.writing_at import Differs

        files = self._files()
        if files is None:
            return
        self._before()

        def work(_token: object) -> tuple[Written, Followed] | Differs:
            result = change(files.place_writer())
            return result if isinstance(result, Differs) else self._kept(result)

        def done(result: tuple[Written, Followed] | Differs) -> None:
            if isinstance(result, Differs):
                self.differs.emit(result.place, result.place.words, result.wanted)
                return
            self._set_last(result[0])
            self._go_on(*result)
            self.done.emit(told.format(note=PurePosixPath(result[0].after.path).stem))

        self._tasks.submit(work, done=done, failed=self.failed.emit)

    def _kept(self, written: Written) -> tuple[Written, Followed]:
        """Know the text that was written, before anybody tells of it as news; on the files' thread."""
        self._follower.remember(written.after.path, written.after.text)
        return written, followed_at(written.place)

    def _go_on(self, written: Written, followed: Followed) -> None:
        self._follower.go_on_at(followed)
        self.saved.emit(written.after.path)

    def _not_taken_back(self, error: Exception) -> None:
        if isinstance(error, NoteChangedElsewhere):
            self.take_back_refused.emit()
        else:
            self.failed.emit(error)

    def _rewritten(self, path: str) -> None:
        if self._last is not None and self._last.after.path == path:
            self._set_last(None)

    def _set_last(self, written: Written | None) -> None:
        if self._last is not written:
            self._last = written
            self.take_back_changed.emit()


def _shaped(text: str, place: Place) -> str:
    """Return a text as the block below another: items where that one is an item of a list."""
    from core.assist.shaping import item_of, shaped
    from core.prompts.model import Output, Placement

    if item_of(place.words) is None:
        return text
    return shaped(text, NoteContext(place.path, block=place.words), Output.TEXT, Placement.INSERT)
