"""Watches the vault: says where to look, never what happened.

Events are a hint and the rescan is the truth. So every event only marks a path; marks are held back until the
path is quiet, since one save is many events; and whenever events cannot tell all, a rescan is asked for.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from watchdog.events import EVENT_TYPE_CLOSED, EVENT_TYPE_DELETED, EVENT_TYPE_MOVED, FileSystemEvent

from core.concurrency import Debounce
from core.vault import observe
from core.vault.ignore import IGNORE_FILE, Ignore
from core.vault.location import is_note_name, vault_root
from core.vault.model import Dirty, RescanReason, WatchTrouble

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)

QUIET_SECONDS = 0.3
BRIEF_SECONDS = 0.1
"""After a file was closed or renamed: whoever wrote it is done. Not while changes come one upon another."""
CALM_SECONDS = 0.5
CAP_SECONDS = 2.0
PERIOD_SECONDS = 600.0
POLL_SECONDS = 30.0
"""Between rescans where events do not reach us: network folders, a short limit of watches."""
BEAT_SECONDS = 2.0
"""Between looks at whether the vault's folder is still the same one."""
_SLACK_SECONDS = 0.05
"""Marks due this soon go along, so that both halves of a rename are told together."""
_SLEPT_SECONDS = 5.0


class Clock(Protocol):
    """Where the watcher gets its time from."""

    def now(self) -> float:
        """Return seconds that pass only while the machine is awake."""

    def asleep(self) -> float:
        """Return seconds that grow only while the machine sleeps."""


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> float:
        """Return seconds that pass only while the machine is awake."""
        return time.monotonic()

    def asleep(self) -> float:
        """Return seconds that grow while the machine sleeps, or where its clock is set forward."""
        boot_time = getattr(time, "CLOCK_BOOTTIME", None)
        elapsed = time.time() if boot_time is None else time.clock_gettime(boot_time)
        return elapsed - time.monotonic()


class RescanTimer:
    """Says when a rescan is due without any event: from time to time, and after sleep."""

    def __init__(self, clock: Clock, period: float) -> None:
        self.period = period
        self._clock = clock
        self._last = clock.now()
        self._asleep = clock.asleep()

    def due(self) -> RescanReason | None:
        """Return the reason for a rescan now, at most once for each."""
        slept = self._clock.asleep() - self._asleep
        self._asleep += slept
        if slept > _SLEPT_SECONDS:
            reason = RescanReason.RESUME
        elif self._clock.now() - self._last >= self.period:
            reason = RescanReason.PERIOD
        else:
            return None
        self._last = self._clock.now()
        return reason


class VaultWatcher:
    """Calls `on_dirty` on a thread of its own whenever something in the vault may have changed.

    Start it first and scan afterwards: then nothing falls between the two. Events of what `ignore` skips are
    dropped; it is loaded anew when the vault's rules change.
    """

    def __init__(
        self,
        vault: Path,
        on_dirty: Callable[[Dirty], None],
        *,
        ignore: Ignore | None = None,
        clock: Clock | None = None,
        observer: Callable[[Path, observe.OnEvent, observe.OnLost], BaseObserver] = observe.observe,
    ) -> None:
        self._ignore = ignore or Ignore()
        self._vault = vault
        self._on_dirty = on_dirty
        self._clock = clock or SystemClock()
        self._start_observer = observer
        self._root = vault
        self._identity: tuple[int, int] | None = None
        self._observer: BaseObserver | None = None
        self._problem = ""
        self._trouble = WatchTrouble.NONE
        self._marks: Debounce[str | RescanReason] = Debounce(
            quiet=QUIET_SECONDS, cap=CAP_SECONDS, brief=BRIEF_SECONDS, calm=CALM_SECONDS
        )
        self._timer = RescanTimer(self._clock, PERIOD_SECONDS)
        self._wake = threading.Condition()
        self._wakes_at = 0.0
        """When the thread, if it sleeps, looks again by itself."""
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="vault-watch", daemon=True)

    @property
    def problem(self) -> str:
        """Why changes may be noticed late, in one sentence; empty while all is well."""
        return self._problem

    @property
    def trouble(self) -> WatchTrouble:
        """What kind of problem that is."""
        return self._trouble

    def start(self) -> None:
        """Begin to watch.

        Raises:
            VaultMissing, VaultNotAFolder, VaultUnreadable: there is nothing to watch.
        """
        self._root = vault_root(self._vault)
        self._attach()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; when it returns, `on_dirty` is not called any more."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join()
        self._detach()

    def _run(self) -> None:
        while self._wait():
            self._beat()

    def _wait(self) -> bool:
        """Sleep until something is due; return False when it is time to end."""
        with self._wake:
            if not self._stopping:
                self._wake.wait(self._pause())
            return not self._stopping

    def _pause(self) -> float:
        now, due = self._clock.now(), self._marks.next_due()
        self._wakes_at = now + BEAT_SECONDS if due is None else min(now + BEAT_SECONDS, due)
        return max(0.0, self._wakes_at - now)

    def _beat(self) -> None:
        """Look at the folder and the clock, then tell what is due."""
        is_deaf = self._observer is not None and not observe.is_working(self._observer)
        if is_deaf or self._identity != _identity(self._root):
            self._reattach()
        if reason := self._timer.due():
            self._mark(reason)
        with self._wake:
            due = self._marks.take(self._clock.now() + _SLACK_SECONDS)
        if not due:
            return
        rescans = frozenset(mark for mark in due if isinstance(mark, RescanReason))
        if RescanReason.RULES in rescans:
            self._ignore = self._ignore.reloaded()
        try:
            self._on_dirty(Dirty(frozenset(due) - rescans, rescans))
        except Exception:  # the next change is not to be lost because of this one
            log.exception("a change of the vault could not be handled")

    def _mark(self, *marks: str | RescanReason, is_complete: bool = False) -> None:
        """Hold these back together."""
        with self._wake:
            now = self._clock.now()
            due = min(self._marks.touch(mark, now, is_complete=is_complete) for mark in marks)
            if due < self._wakes_at:
                self._wake.notify_all()

    def _on_event(self, event: FileSystemEvent) -> None:
        kind = event.event_type
        goes_away = kind in (EVENT_TYPE_DELETED, EVENT_TYPE_MOVED)
        sources = (event.src_path, event.dest_path)
        paths = [observe.relative(self._root, source) for source in sources if source]
        if "" in paths:
            self._identity = None  # even if a new folder got the same inode, it is to be watched anew
            self._mark(RescanReason.ROOT)
        if IGNORE_FILE in paths:
            self._mark(RescanReason.RULES)
        marks = [path for path in paths if path and self._concerns_us(path, event.is_directory, goes_away)]
        if marks:
            self._mark(*marks, is_complete=kind in (EVENT_TYPE_CLOSED, EVENT_TYPE_MOVED))

    def _concerns_us(self, path: str, is_folder: bool, goes_away: bool) -> bool:
        """Tell whether a note may have changed; on Windows a deleted folder is reported as a file."""
        is_possible = path != IGNORE_FILE and (is_folder or goes_away or is_note_name(path))
        return is_possible and not self._ignore.skips_anywhere(path, is_folder=is_folder)

    def _on_lost(self, reason: RescanReason) -> None:
        if reason is RescanReason.LIMIT and not self._problem:
            limit = observe.watch_limit()
            self._problem = (
                f"The system lets you watch {limit} folders at a time and this vault needs more; changes may "
                f"show up {POLL_SECONDS:.0f} s late. Raise fs.inotify.max_user_watches."
            )
            self._trouble = WatchTrouble.LIMIT
            log.warning("%s", self._problem)
            self._timer.period = POLL_SECONDS
        self._mark(reason)

    def _attach(self) -> None:
        """Watch the folder that is there now."""
        self._problem, self._trouble = "", WatchTrouble.NONE
        self._timer.period = PERIOD_SECONDS
        self._identity = _identity(self._root)
        if self._identity is None:
            self._problem = f"There is no folder {self._root} at the moment."
            self._trouble = WatchTrouble.GONE
            return
        if observe.is_remote(self._root):
            self._problem = (
                f"This is a network folder; what others change shows up within {POLL_SECONDS:.0f} s."
            )
            self._trouble = WatchTrouble.REMOTE
            self._timer.period = POLL_SECONDS
        try:
            self._observer = self._start_observer(self._root, self._on_event, self._on_lost)
        except OSError as error:
            self._problem = (
                f"The system cannot watch this folder ({error.strerror}); it is looked at instead."
            )
            self._trouble = WatchTrouble.REFUSED
            self._timer.period = POLL_SECONDS
            log.warning("cannot watch: %s", error)

    def _detach(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observe.stop(observer)

    def _reattach(self) -> None:
        self._detach()
        self._attach()
        self._mark(RescanReason.ROOT)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells one folder from another of the same name; None where there is none."""
    try:
        status = os.stat(folder)  # noqa: PTH116  # Path.stat is the same with more words
    except OSError:
        return None
    return status.st_dev, status.st_ino
