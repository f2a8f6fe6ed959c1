"""The system's notifications of file changes, and when they cannot be trusted.

inotify drops events when its queue is full and leaves folders unwatched when the user's limit is reached;
watchdog goes on in silence. Here both are told.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from core.vault.model import RescanReason

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

# WORKAROUND watchdog 7.1: a folder within a new folder may be found twice, by its own event and by the walk
# that follows its parent's; the second finding is harmless and still warned of. Stopping logs an error, too.
warnings.filterwarnings("ignore", "Callback with id .* already exists", RuntimeWarning)
logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)

log = logging.getLogger(__name__)

OnEvent = Callable[[FileSystemEvent], None]
OnLost = Callable[[RescanReason], None]

_WANTED: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileDeletedEvent, FileMovedEvent),
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
]
"""Reading a file is no change: else our own indexing would be answered by another look."""

PAIRING_SECONDS = 0.1
"""How long one half of a rename may come after the other."""

_REMOTE = re.compile(r"nfs\d?|cifs|smb\w*|9p|drvfs|afs|ceph|glusterfs|davfs\d?|vboxsf|fuse(\..+)?")
"""File systems whose changes may be made by another machine, which no notification tells of. `fuseblk` is a
local disk."""


def observe(root: Path, on_event: OnEvent, on_lost: OnLost) -> BaseObserver:
    """Start watching a folder and all below; return the running observer.

    `on_event` and `on_lost` are called on threads of the observer.

    Raises:
        OSError: the system cannot watch it at all.
    """
    observer = _new_observer(on_lost)
    try:
        observer.schedule(_Handler(on_event), str(root), recursive=True, event_filter=_WANTED)
        observer.start()
    except BaseException:
        stop(observer)
        raise
    return observer


def is_working(observer: BaseObserver) -> bool:
    """Tell whether the observer can be relied on: an error in one of its threads leaves it deaf."""
    is_running = all(thread.is_alive() for thread in (observer, *observer.emitters))
    return is_running and getattr(observer, "is_sound", True)


def stop(observer: BaseObserver, seconds: float = 5) -> None:
    """End the observer's threads, whether it ever ran or not."""
    for step in (observer.stop, observer.on_thread_stop):
        try:
            step()
        except Exception:  # what is broken must still end
            log.exception("stopping to watch failed")
    if observer.is_alive():
        observer.join(seconds)


def is_remote(folder: Path) -> bool:
    """Tell whether other machines can change the folder without this one being told."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return _REMOTE.fullmatch(file_system_of(str(folder), mounts)) is not None


def file_system_of(path: str, mountinfo: str) -> str:
    """Return the type of the file system that holds an absolute path; empty where it cannot be told.

    Args:
        mountinfo: text in the format of proc_pid_mountinfo(5).
    """
    best, kind = "", ""
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        mount = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), fields[4])
        is_above = path == mount or path.startswith(mount.rstrip("/") + "/")
        if is_above and len(mount) >= len(best):  # of two mounts on one place the later one is seen
            best, kind = mount, right.split(" ")[0]
    return kind


class _Handler(FileSystemEventHandler):
    """Hands every event on."""

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._on_event(event)


if sys.platform == "linux":
    from watchdog.observers.api import BaseObserver as _BaseObserver
    from watchdog.observers.inotify import InotifyEmitter
    from watchdog.observers.inotify_c import (
        CallbackId,
        InotifyEvent,
        InotifyFD,
        Mask,
        WatchCallback,
        WatchDescriptor,
    )
    from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

    # A note moved out of the vault, to the trash for one, has no other half to wait for; watchdog's own half
    # second would hold back every event after it. Halves that miss each other are told as two, which is all
    # the same to whoever looks at both paths.
    InotifyMoveEventGrouper.delay = PAIRING_SECONDS

    class TellingInotify(InotifyFD):
        """An inotify instance that says when events or folders are lost to it."""

        def __init__(self, on_lost: OnLost) -> None:
            super().__init__()
            self._on_lost = on_lost
            self.is_sound = True
            """Whether what it knows of the folders can be relied on."""

        def handle_event(self, event: InotifyEvent) -> None:
            """Handle one event of the kernel."""
            try:
                super().handle_event(event)  # which watches everything anew after an overflow
            except Exception:
                # WORKAROUND watchdog 7.1: a folder renamed to the name of one just deleted mixes up its books
                # (KeyError in `_remove_watch_internally`). They are not to be relied on after that.
                log.warning("watchdog lost track of a folder", exc_info=True)
                self.is_sound = False
                self._on_lost(RescanReason.OVERFLOW)
            if event.is_queue_overflow:
                self._on_lost(RescanReason.OVERFLOW)

        def add_callback(
            self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
        ) -> WatchDescriptor:
            """Watch one more folder; watchdog passes over the error for all but the topmost one."""
            try:
                return super().add_callback(path, mask, callback, id_)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    self._on_lost(RescanReason.LIMIT)
                raise

    class _InotifyObserver(_BaseObserver):
        """watchdog's `InotifyObserver` with an inotify instance of ours."""

        def __init__(self, on_lost: OnLost) -> None:
            self._telling = TellingInotify(on_lost)
            self._telling.start()
            super().__init__(InotifyEmitter, inotify_fd=self._telling)

        @property
        def is_sound(self) -> bool:
            """Whether the instance reads events and knows its folders."""
            return self._telling.is_alive() and self._telling.is_sound

        def on_thread_stop(self) -> None:
            try:
                super().on_thread_stop()
            finally:
                self._telling.stop()
                self._telling.join()

    def _new_observer(on_lost: OnLost) -> BaseObserver:
        return _InotifyObserver(on_lost)

else:

    def _new_observer(on_lost: OnLost) -> BaseObserver:
        return Observer()


def watch_limit() -> int:
    """Return how many folders this user may watch at a time; 0 where there is no such limit."""
    try:
        return int(Path("/proc/sys/fs/inotify/max_user_watches").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def relative(root: Path, path: str | bytes) -> str | None:
    """Return an event's path relative to the vault with `/`; empty for the vault itself, None outside."""
    text = os.fsdecode(path)
    top = str(root)
    if text == top:
        return ""
    inside = top.rstrip(os.sep) + os.sep
    return text[len(inside) :].replace(os.sep, "/") if text.startswith(inside) else None
