"""The watcher: with a clock that stands still, and with real files saved as real editors save them."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path

import pytest
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)

from core.errors import VaultMissing
from core.vault import observe, watch
from core.vault.ignore import Ignore, load_ignore
from core.vault.model import Dirty, RescanReason, Snapshot
from core.vault.snapshot import diff, refresh, scan
from core.vault.watch import (
    CAP_SECONDS,
    PERIOD_SECONDS,
    POLL_SECONDS,
    QUIET_SECONDS,
    RescanTimer,
    SystemClock,
    VaultWatcher,
)


class StandingClock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.awake = 1000.0
        self.slept = 5.0

    def now(self) -> float:
        return self.awake

    def asleep(self) -> float:
        return self.slept


class ScriptedObserver:
    """Stands in for the system: the test says what happens."""

    def __init__(self) -> None:
        self.started: list[Path] = []
        self.stopped = 0
        self.alive = True
        self.emitters: tuple = ()
        self.error: OSError | None = None
        self.on_event = self.on_lost = None

    def __call__(self, root, on_event, on_lost):
        self.started.append(root)
        if self.error is not None:
            raise self.error
        self.on_event, self.on_lost = on_event, on_lost
        return self

    def stop(self) -> None:
        self.stopped += 1

    def on_thread_stop(self) -> None:
        pass

    def is_alive(self) -> bool:
        return self.alive

    def join(self, seconds: float) -> None:
        pass


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


class Follower:
    """Keeps a snapshot current by what the watcher tells, as the indexer does."""

    def __init__(self, vault: Path, **options) -> None:
        self.vault = vault
        self.known = Snapshot({})
        self.rescans: set[RescanReason] = set()
        self.changed = threading.Condition()
        self.watcher = VaultWatcher(vault, self.follow, **options)

    def __enter__(self):
        self.watcher.start()
        self.known = scan(self.vault)
        return self

    def __exit__(self, *exception) -> None:
        self.watcher.stop()

    def follow(self, told: Dirty) -> None:
        with self.changed:
            try:
                if told.rescan:
                    self.known = scan(self.vault)
                else:
                    self.known, _ = refresh(self.vault, self.known, told.paths)
            except VaultMissing:
                self.known = Snapshot({})
            self.rescans |= told.rescans
            self.changed.notify_all()

    def until(self, condition) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: condition(self), timeout=20)

    def is_current(self) -> bool:
        return self.until(lambda me: not diff(me.known, scan(me.vault)))

    def knows(self, path: str, text: str) -> bool:
        return self.until(
            lambda me: path in me.known.notes and me.known.notes[path].size == len(text.encode())
        )


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "库"
    folder.mkdir()
    (folder / "n.md").write_text("old", encoding="utf-8")
    return folder.resolve()


@pytest.fixture
def follower(vault):
    with Follower(vault) as following:
        yield following


def append_in_place(vault: Path) -> None:
    with (vault / "n.md").open("a", encoding="utf-8") as file:
        file.write(" and more")


def rename_a_temporary_file_over_it(vault: Path) -> None:
    (vault / "n.tmp").write_text("written beside", encoding="utf-8")
    (vault / "n.tmp").replace(vault / "n.md")


def rename_away_and_write_anew(vault: Path) -> None:
    (vault / "n.md").rename(vault / "n.md~")
    (vault / "n.md").write_text("as vim does", encoding="utf-8")
    (vault / "n.md~").unlink()


def write_into_a_new_folder(vault: Path) -> None:
    (vault / "新 folder" / "deep").mkdir(parents=True)
    (vault / "新 folder" / "deep" / "新笔记.md").write_text("# 新", encoding="utf-8")


def rename_a_folder(vault: Path) -> None:
    (vault / "a").mkdir()
    (vault / "a" / "x.md").write_text("x", encoding="utf-8")
    (vault / "a").rename(vault / "b")


def move_a_folder_of_notes_in(vault: Path) -> None:
    outside = vault.parent / "outside"
    outside.mkdir()
    for number in range(50):
        (outside / f"n{number}.md").write_text("x", encoding="utf-8")
    outside.rename(vault / "arrived")


def delete_it(vault: Path) -> None:
    (vault / "n.md").unlink()


def move_it_out(vault: Path) -> None:
    (vault / "n.md").rename(vault.parent / "n.md")


STYLES = [
    append_in_place,
    rename_a_temporary_file_over_it,
    rename_away_and_write_anew,
    write_into_a_new_folder,
]
STYLES += [rename_a_folder, move_a_folder_of_notes_in, delete_it, move_it_out]


@pytest.mark.parametrize("save", STYLES, ids=lambda save: save.__name__)
def test_every_way_of_saving_is_noticed_by_events_alone(follower, vault, save):
    before = follower.known
    save(vault)
    assert follower.until(lambda me: diff(before, me.known))
    assert follower.is_current()
    assert follower.rescans == set()


def test_a_later_change_in_a_folder_that_was_moved_in_is_noticed(follower, vault):
    move_a_folder_of_notes_in(vault)
    assert follower.knows("arrived/n7.md", "x")
    (vault / "arrived" / "n7.md").write_text("changed later", encoding="utf-8")
    assert follower.knows("arrived/n7.md", "changed later")


def test_a_vault_deleted_and_made_anew_is_followed(follower, vault, monkeypatch):
    monkeypatch.setattr(watch, "BEAT_SECONDS", 0.05)
    shutil.rmtree(vault)
    assert follower.until(lambda me: not me.known.notes)
    vault.mkdir()
    (vault / "again.md").write_text("again", encoding="utf-8")
    assert follower.knows("again.md", "again")
    (vault / "again.md").write_text("and again", encoding="utf-8")
    assert follower.knows("again.md", "and again")


def test_what_an_overflow_swallowed_is_found_by_the_rescan(vault):
    deaf = ScriptedObserver()
    with Follower(vault, observer=deaf) as follower:
        (vault / "unseen.md").write_text("unseen", encoding="utf-8")
        deaf.on_lost(RescanReason.OVERFLOW)
        assert follower.knows("unseen.md", "unseen")
        assert follower.rescans == {RescanReason.OVERFLOW}


def test_what_a_short_limit_leaves_unwatched_is_found_by_the_next_look(vault, monkeypatch):
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(watch, "BEAT_SECONDS", 0.05)
    deaf = ScriptedObserver()
    with Follower(vault, observer=deaf) as follower:
        deaf.on_lost(RescanReason.LIMIT)
        assert follower.until(lambda me: RescanReason.LIMIT in me.rescans)
        (vault / "unseen.md").write_text("unseen", encoding="utf-8")
        assert follower.knows("unseen.md", "unseen")


def test_a_watcher_may_be_stopped_by_its_own_listener(vault):
    done = threading.Event()

    def stop_at_once(told):
        watcher.stop()
        done.set()

    watcher = VaultWatcher(vault, stop_at_once)
    watcher.start()
    (vault / "n.md").write_text("x", encoding="utf-8")
    assert done.wait(20)
    watcher._thread.join()


def test_nothing_is_told_after_stop(vault):
    told = []
    watcher = VaultWatcher(vault, told.append)
    watcher.start()
    watcher.stop()
    os.utime(vault / "n.md")
    (vault / "n.md").write_text("x", encoding="utf-8")
    assert told == []
