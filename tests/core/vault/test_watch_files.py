"""The watcher on real files, saved as real editors save them."""

from __future__ import annotations

import os
import random
import shutil
import threading
from pathlib import Path

import pytest

from core.errors import VaultMissing
from core.vault import observe, watch
from core.vault.model import Dirty, RescanReason, Snapshot
from core.vault.snapshot import diff, refresh, scan
from core.vault.watch import VaultWatcher
from tests.core.vault.helpers import ScriptedObserver


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
            return self.changed.wait_for(lambda: condition(self), timeout=60)

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


def make_a_mess(vault: Path, rng: random.Random, operations: int) -> None:
    """Write, delete, rename and move notes and folders at random, as fast as it goes."""
    folders = ["", "甲", "甲/乙", "丙", "丙/丁/戊"]
    for turn in range(operations):
        folder, other = (vault / rng.choice(folders) for _ in range(2))
        note = folder / f"{rng.randrange(8)}.md"
        match rng.randrange(6):
            case 0 | 1 | 2:
                folder.mkdir(parents=True, exist_ok=True)
                note.write_text("x" * turn, encoding="utf-8")
            case 3:
                note.unlink(missing_ok=True)
            case 4 if note.exists() and other.is_dir():
                note.replace(other / f"{rng.randrange(8)}.md")
            case 5 if folder not in (vault, other) and folder.is_dir():
                shutil.rmtree(vault / "moved", ignore_errors=True)
                folder.rename(vault / "moved")


@pytest.mark.parametrize("loses", [False, True], ids=["all events", "lost events"])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_mess_what_is_known_is_what_is_there(vault, seed, loses):
    rng = random.Random(seed)

    def observed(root, on_event, on_lost):
        def deliver(event):
            if loses and rng.random() < 0.2:
                on_lost(RescanReason.OVERFLOW)
            else:
                on_event(event)

        return observe.observe(root, deliver, on_lost)

    with Follower(vault, observer=observed) as follower:
        make_a_mess(vault, random.Random(seed), 300)
        assert follower.is_current()


def test_a_watcher_may_be_stopped_by_its_own_listener(vault):
    done = threading.Event()

    def stop_at_once(told):
        watcher.stop()
        done.set()

    watcher = VaultWatcher(vault, stop_at_once)
    watcher.start()
    (vault / "n.md").write_text("x", encoding="utf-8")
    assert done.wait(60)
    watcher._thread.join()


def test_nothing_is_told_after_stop(vault):
    told = []
    watcher = VaultWatcher(vault, told.append)
    watcher.start()
    watcher.stop()
    os.utime(vault / "n.md")
    (vault / "n.md").write_text("x", encoding="utf-8")
    assert told == []
