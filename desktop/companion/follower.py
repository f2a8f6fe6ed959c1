"""Stays with the note that was saved last, and with the block that was changed in it.

Files are read and compared on the thread of the vault's files, one after the other; what is known of the
notes is touched there alone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from core.assist.model import NoteContext
from core.engine.model import NotesChanged
from core.errors import NoteError
from core.vault.following import MOST, Following
from core.vault.known_texts import MOST_NOTES, KnownTexts
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles

if TYPE_CHECKING:
    from core.concurrency import CancelToken
    from core.vault.place import Place


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Followed:
    """The block of a note that was changed last, and what a request sees of it."""

    place: Place
    context: NoteContext
    block: Followed | None = None
    """The block above, for a place that has no lines."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """Notes that are other ones by now, and those of them that may be followed."""

    news: tuple[str, ...]
    followed: dict[str, Followed]


def followed_at(place: Place) -> Followed:
    """Return a place with its context; costs a look at the whole note."""
    from core.assist.place_context import context_at, with_block

    block = with_block(place)
    has_block = bool(block.lines) and not place.lines
    return Followed(place, context_at(place), Followed(block, context_at(block)) if has_block else None)


class Follower(QObject):
    """Takes what is told of saves, and says which block is worked on.

    Signals:
        changed: `current` is another one.
        rewritten: Somebody else changed a note; carries its path.
    """

    changed = Signal()
    rewritten = Signal(str)

    def __init__(
        self, tasks: TaskRunner, parent: QObject | None = None, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._now = now
        self.files: VaultFiles | None = None
        """The vault whose notes are followed."""
        self._following = Following()
        self._known = KnownTexts()
        self._looks: dict[str, Followed] = {}
        self.current: Followed | None = None
        self.is_resting = False
        """Nobody sees `current`: what is saved by our own editor is known then, and not looked into."""
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self._take)

    def start(self, files: VaultFiles) -> None:
        """Begin with the note that was saved last of all; the latest ones are read to be compared with."""
        self.stop()
        self.files = files
        known = self._known
        self._submit(files, lambda: _first_look(files, known), self._begin)

    def stop(self) -> None:
        """Follow nothing any more, and forget what was known."""
        self.files = None
        self._settle.stop()
        self._following, self._known = Following(), KnownTexts()
        self._looks.clear()
        self._show(None)

    def notes_changed(self, event: NotesChanged) -> None:
        """Take what the vault's watcher found; our own saves are among it."""
        for path in event.removed:
            self._gone(path)
        self._look(event.changed, own=False)

    def note_saved(self, path: str) -> None:
        """Take a save of our own editor."""
        files, known = self.files, self._known
        if not self.is_resting:
            self._look((path,), own=True)
        elif files is not None:
            self._submit(files, lambda: _read(files, path, known), lambda _none: None)

    def go_on_at(self, followed: Followed) -> None:
        """Go on with what was just put into a note from here."""
        self._following.stay_with(followed.place.path)
        self._settle.stop()
        self._show(followed)

    def remember(self, path: str, text: str) -> None:
        """Know a text that is being written from here; called on the files' thread."""
        self._known.keep(path, text)

    def select_block(self) -> None:
        """Work on the block above, where it is not known which block was changed."""
        if self.current is not None and self.current.block is not None:
            self._show(self.current.block)

    def _look(self, paths: tuple[str, ...], *, own: bool) -> None:
        if (files := self.files) is None:
            return
        known, before = self._known, self.current.place if self.current else None
        self._submit(
            files, lambda: _look_at(files, paths, known, before), lambda looks: self._looked(looks, own=own)
        )

    def _looked(self, looks: _Looks, *, own: bool) -> None:
        if not looks.news:
            return
        self._looks |= looks.followed
        if own:
            self._following.own_save(looks.news[0], self._now())
        else:
            self._following.outside_saves(looks.news, self._now())
        for path in looks.news:
            self.rewritten.emit(path)
        if (present := self._following.present) in looks.followed:
            self._show(looks.followed[present])
        self._wait()

    def _wait(self) -> None:
        due = self._following.next_due()
        if due is None:
            self._settle.stop()
            self._looks.clear()
        else:
            self._settle.start(max(0, round((due - self._now()) * 1000)) + 1)

    def _take(self) -> None:
        if path := self._following.take(self._now()):
            self._show(self._looks.get(path))
        self._wait()

    def _begin(self, found: Followed | None) -> None:
        if found is not None and not self._following.present:
            self._following.stay_with(found.place.path)
            self._show(found)

    def _gone(self, path: str) -> None:
        self._following.gone(path)
        self._looks.pop(path, None)
        if self.current is not None and self.current.place.path == path:
            self._show(None)

    def _show(self, followed: Followed | None) -> None:
        if followed != self.current:
            self.current = followed
            self.changed.emit()

    def _submit(self, files: VaultFiles, work: Callable[[], object], done: Callable[..., None]) -> None:
        """Work on the files' thread; what comes back after another vault was opened is dropped."""

        def finish(result: object) -> None:
            if self.files is files:
                done(result)

        def run(_token: CancelToken) -> object:
            return work()

        self._tasks.submit(run, done=finish, failed=_not_followed)


def _not_followed(error: Exception) -> None:
    log.warning("the notes cannot be followed: %s", type(error).__name__)


def _first_look(files: VaultFiles, known: KnownTexts) -> Followed | None:
    """Read the notes that were saved last, and return the very last one."""
    from core.vault.last_change import end_of
    from core.vault.place import Place

    stamps = files.scan().notes
    newest = sorted(stamps, key=lambda path: stamps[path].mtime_ns, reverse=True)[:MOST_NOTES]
    for path in reversed(newest):
        _read(files, path, known)
    text = known.get(newest[0]) if newest else None
    return None if text is None else followed_at(Place(newest[0], text, end_of(text)))


def _look_at(files: VaultFiles, paths: tuple[str, ...], known: KnownTexts, before: Place | None) -> _Looks:
    """Read notes and tell what was changed in them; of many at once only the one at hand."""
    present = before.path if before is not None else ""
    looked_at = [path for path in paths if len(paths) <= MOST or path == present]
    news, followed = [], {}
    for path in paths:
        if path not in looked_at:
            news.append(path)
            if path in known:
                _read(files, path, known)
        elif (found := _news_of(files, path, known, before)) is not None:
            news.append(path)
            followed[path] = found
    return _Looks(tuple(news), followed)


def _news_of(files: VaultFiles, path: str, known: KnownTexts, before: Place | None) -> Followed | None:
    """Return the block that was changed in a note; None where nothing was, or it cannot be read."""
    from core.vault.last_change import last_change

    try:
        change = last_change(files.read(path), known, before)
    except NoteError:
        known.forget(path)
        return None
    return followed_at(change.place) if change.is_new else None


def _read(files: VaultFiles, path: str, known: KnownTexts) -> None:
    """Know a note as it is now."""
    try:
        known.keep(path, files.read(path).text)
    except NoteError:
        known.forget(path)
