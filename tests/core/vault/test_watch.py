"""The watcher: with a clock that stands still, and with real files saved as real editors save them."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)

from core.errors import VaultMissing
from core.vault import observe
from core.vault.ignore import Ignore, load_ignore
from core.vault.model import Dirty, RescanReason
from core.vault.watch import (
    BRIEF_SECONDS,
    CAP_SECONDS,
    PERIOD_SECONDS,
    POLL_SECONDS,
    QUIET_SECONDS,
    RescanTimer,
    SystemClock,
    VaultWatcher,
)
from tests.core.vault.helpers import ScriptedObserver, StandingClock


class Stage:
    """A watcher without its thread: `beat` is called by the test."""

    def __init__(self, vault: Path) -> None:
        self.vault = vault.resolve()
        self.clock = StandingClock()
        self.system = ScriptedObserver()
        self.told: list[Dirty] = []
        self.watcher = VaultWatcher(vault, self.told.append, clock=self.clock, observer=self.system)
        self.watcher._root = self.vault
        self.watcher._attach()

    def file(self, path: str) -> str:
        return str(self.vault / path)

    def happen(self, event) -> None:
        self.system.on_event(event)

    def later(self, seconds: float) -> list[Dirty]:
        """Let time pass and return what was told."""
        self.clock.awake += seconds
        self.watcher._beat()
        told, self.told[:] = list(self.told), []
        return told


@pytest.fixture
def stage(tmp_path):
    (tmp_path / "vault").mkdir()
    return Stage(tmp_path / "vault")


def dirty(*paths: str) -> Dirty:
    return Dirty(frozenset(paths))


def rescan(reason: RescanReason) -> Dirty:
    return Dirty(rescans=frozenset({reason}))


def test_a_note_is_told_once_it_has_been_quiet(stage):
    stage.happen(FileModifiedEvent(stage.file("笔记.md")))
    assert stage.later(QUIET_SECONDS / 2) == []
    stage.happen(FileModifiedEvent(stage.file("笔记.md")))
    assert stage.later(QUIET_SECONDS / 2) == []
    assert stage.later(QUIET_SECONDS) == [dirty("笔记.md")]
    assert stage.later(10) == []


def test_a_note_whose_writer_is_done_is_told_at_once(stage):
    stage.happen(FileModifiedEvent(stage.file("笔记.md")))
    stage.happen(FileClosedEvent(stage.file("笔记.md")))
    assert stage.later(BRIEF_SECONDS) == [dirty("笔记.md")]
    assert stage.later(10) == []


def test_a_save_by_rename_is_told_at_once_and_whole(stage):
    for event in (
        FileMovedEvent(stage.file("a.md"), stage.file("a.md~")),
        FileCreatedEvent(stage.file("a.md")),
        FileModifiedEvent(stage.file("a.md")),
        FileClosedEvent(stage.file("a.md")),
        FileDeletedEvent(stage.file("a.md~")),
    ):
        stage.happen(event)
    assert stage.later(BRIEF_SECONDS) == [dirty("a.md")]


def test_a_note_saved_again_and_again_is_told_no_more_often_than_by_the_cap(stage):
    told = []
    for _ in range(100):
        stage.happen(FileClosedEvent(stage.file("a.md")))
        told += stage.later(BRIEF_SECONDS)
    assert 5 <= len(told) <= 7  # in 10 s


def test_both_names_of_a_rename_are_told_together_though_one_was_told_just_now(stage):
    stage.happen(FileMovedEvent(stage.file("a.md"), stage.file("b.md")))
    assert stage.later(BRIEF_SECONDS) == [dirty("a.md", "b.md")]
    stage.happen(FileMovedEvent(stage.file("b.md"), stage.file("c.md")))
    assert stage.later(BRIEF_SECONDS) == []
    assert stage.later(QUIET_SECONDS) == [dirty("b.md", "c.md")]


def test_a_note_written_without_end_is_told_after_the_cap(stage):
    told, passed = [], 0.0
    while not told:
        stage.happen(FileModifiedEvent(stage.file("log.md")))
        told = stage.later(QUIET_SECONDS / 2)
        passed += QUIET_SECONDS / 2
    assert told == [dirty("log.md")]
    assert passed <= CAP_SECONDS + QUIET_SECONDS


def test_both_names_of_a_rename_are_told_together(stage):
    stage.happen(FileMovedEvent(stage.file("a.md"), stage.file("b.md")))
    stage.happen(DirMovedEvent(stage.file("旧"), stage.file("新")))
    assert stage.later(1) == [dirty("a.md", "b.md", "旧", "新")]


def test_files_that_are_no_notes_are_not_told_but_folders_are(stage):
    stage.happen(FileCreatedEvent(stage.file("a.png")))
    stage.happen(FileModifiedEvent(stage.file("a.canvas")))
    stage.happen(DirCreatedEvent(stage.file("日记")))
    assert stage.later(1) == [dirty("日记")]


def test_something_deleted_may_have_been_a_folder(stage):
    stage.happen(FileDeletedEvent(stage.file("日记")))
    stage.happen(DirDeletedEvent(stage.file("pages")))
    assert stage.later(1) == [dirty("日记", "pages")]


def test_what_is_skipped_is_not_told(stage):
    stage.watcher._ignore = Ignore(["私密/"])
    for path in (".git/index.md", "私密/a.md", "a.md~", "x.tmp", "node_modules/x/readme.md"):
        stage.happen(FileCreatedEvent(stage.file(path)))
    stage.happen(FileMovedEvent(stage.file(".a.md.tmp"), stage.file("a.md")))
    assert stage.later(1) == [dirty("a.md")]


def test_events_from_outside_the_vault_are_not_told(stage):
    stage.happen(FileMovedEvent(stage.file("../elsewhere.md"), "/tmp/other.md"))
    assert stage.later(1) == []


def test_a_change_of_the_rules_asks_for_a_rescan(stage):
    stage.happen(FileModifiedEvent(stage.file(".pilotfishignore")))
    assert stage.later(1) == [rescan(RescanReason.RULES)]


def test_changed_rules_hold_for_the_events_after_them(stage):
    stage.watcher._ignore = load_ignore(stage.vault, ["drafts/"])
    (stage.vault / ".pilotfishignore").write_text("私密/", encoding="utf-8")
    stage.happen(FileModifiedEvent(stage.file(".pilotfishignore")))
    stage.later(1)
    for path in ("私密/a.md", "drafts/a.md", "a.md"):
        stage.happen(FileCreatedEvent(stage.file(path)))
    assert stage.later(1) == [dirty("a.md")]


def test_lost_events_ask_for_a_rescan(stage):
    stage.system.on_lost(RescanReason.OVERFLOW)
    (told,) = stage.later(1)
    assert told == rescan(RescanReason.OVERFLOW)
    assert told.rescan
    assert not dirty("a.md").rescan


def test_a_storm_of_overflows_asks_for_one_rescan_in_two_seconds(stage):
    told = []
    for _ in range(40):
        stage.system.on_lost(RescanReason.OVERFLOW)
        told += stage.later(0.1)
    assert 1 <= len(told) <= 2


def test_a_short_limit_is_explained_and_made_up_for_by_looking_often(stage):
    stage.system.on_lost(RescanReason.LIMIT)
    stage.system.on_lost(RescanReason.LIMIT)
    assert "max_user_watches" in stage.watcher.problem
    assert stage.later(1) == [rescan(RescanReason.LIMIT)]
    stage.later(POLL_SECONDS)
    assert stage.later(1) == [rescan(RescanReason.PERIOD)]


def test_every_ten_minutes_the_vault_is_looked_at_whatever_happens(stage):
    assert stage.later(PERIOD_SECONDS - 1) == []
    stage.later(1)
    assert stage.later(1) == [rescan(RescanReason.PERIOD)]
    assert stage.later(PERIOD_SECONDS / 2) == []


def test_after_sleep_the_vault_is_looked_at(stage):
    stage.clock.slept += 3600
    stage.later(0.1)
    assert stage.later(1) == [rescan(RescanReason.RESUME)]
    assert stage.later(1) == []


def test_a_clock_that_is_corrected_a_little_is_no_sleep(stage):
    stage.clock.slept += 1
    stage.later(0.1)
    assert stage.later(1) == []


def test_the_timer_tells_each_reason_once():
    clock = StandingClock()
    timer = RescanTimer(clock, 10)
    clock.awake += 10
    assert (timer.due(), timer.due()) == (RescanReason.PERIOD, None)


def test_the_system_s_clock_runs_and_does_not_sleep_meanwhile():
    clock = SystemClock()
    before = (clock.now(), clock.asleep())
    assert clock.now() >= before[0]
    assert abs(clock.asleep() - before[1]) < 60


def test_a_vault_that_is_deleted_and_comes_back_is_watched_anew(stage):
    shutil.rmtree(stage.vault)
    stage.later(0)
    assert stage.watcher.problem
    assert stage.later(1) == [rescan(RescanReason.ROOT)]
    assert stage.later(5) == []
    stage.vault.mkdir()
    stage.later(0)
    assert stage.later(1) == [rescan(RescanReason.ROOT)]
    assert stage.watcher.problem == ""
    assert stage.system.started == [stage.vault, stage.vault]
    assert stage.system.stopped == 1


def test_a_vault_made_anew_under_the_same_number_is_watched_anew(stage):
    stage.happen(DirDeletedEvent(str(stage.vault)))
    stage.later(0)
    assert stage.later(1) == [rescan(RescanReason.ROOT)]
    assert len(stage.system.started) == 2


def test_a_watch_whose_thread_has_died_is_made_anew(stage):
    stage.system.alive = False
    stage.later(0)
    stage.system.alive = True
    assert stage.later(1) == [rescan(RescanReason.ROOT)]
    assert len(stage.system.started) == 2


def test_where_the_system_cannot_watch_the_vault_is_looked_at_often(tmp_path):
    stage = Stage(tmp_path)
    stage.system.error = OSError(errno.EMFILE, "Too many open files")
    stage.watcher._reattach()
    assert "Too many open files" in stage.watcher.problem
    stage.later(POLL_SECONDS)
    assert rescan(RescanReason.PERIOD) in stage.later(1)


def test_a_network_folder_is_watched_and_looked_at_often(tmp_path, monkeypatch):
    monkeypatch.setattr(observe, "is_remote", lambda root: True)
    stage = Stage(tmp_path)
    assert "network" in stage.watcher.problem
    assert stage.system.started
    stage.later(POLL_SECONDS)
    assert stage.later(1) == [rescan(RescanReason.PERIOD)]


def test_a_listener_that_fails_is_called_again_for_the_next_change(stage, caplog):
    def fail(told):
        raise RuntimeError("listener")

    stage.watcher._on_dirty = fail
    stage.happen(FileModifiedEvent(stage.file("a.md")))
    stage.later(1)
    assert "could not be handled" in caplog.text
    stage.watcher._on_dirty = stage.told.append
    stage.happen(FileModifiedEvent(stage.file("b.md")))
    assert stage.later(1) == [dirty("b.md")]


def test_a_missing_vault_is_refused_at_start(tmp_path):
    with pytest.raises(VaultMissing):
        VaultWatcher(tmp_path / "gone", lambda told: None).start()


def test_a_watcher_that_never_started_can_be_stopped(tmp_path):
    VaultWatcher(tmp_path, lambda told: None).stop()
