"""Copies of notes before they are changed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from core.errors import NoteMissing, NoteNotSaved, NoteUnreadable
from core.vault import backups
from core.vault.backups import KEEP_SECONDS, Backups


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "日记").mkdir(parents=True)
    (folder / "日记" / "n.md").write_bytes("一\r\n".encode("gbk"))
    return folder


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kept(tmp_path, vault, clock):
    return Backups(tmp_path / "backups", vault, now=clock)


def test_a_copy_holds_the_very_bytes_and_lies_outside_the_vault(kept, vault, tmp_path, clock):
    backup = kept.snapshot("日记/n.md")
    assert backup.read() == "一\r\n".encode("gbk")
    assert backup.saved_at == clock.now
    assert backup.file.is_relative_to(tmp_path / "backups")
    assert kept.list("日记/n.md") == [backup]


def test_copies_are_listed_newest_first(kept, vault, clock):
    for turn in range(3):
        (vault / "日记/n.md").write_text(str(turn), encoding="utf-8")
        clock.now += 60
        kept.snapshot("日记/n.md")
    assert [backup.read() for backup in kept.list("日记/n.md")] == [b"2", b"1", b"0"]


def test_the_same_content_is_not_kept_twice_in_a_row_but_again_later(kept, vault, clock):
    first = kept.snapshot("日记/n.md")
    clock.now += 5
    assert kept.snapshot("日记/n.md") == first
    (vault / "日记/n.md").write_text("x", encoding="utf-8")
    kept.snapshot("日记/n.md")
    (vault / "日记/n.md").write_bytes(first.read())
    kept.snapshot("日记/n.md")
    assert len(kept.list("日记/n.md")) == 3


def test_two_copies_within_one_tick_of_the_clock_keep_their_order(kept, vault):
    for text in "abc":
        (vault / "日记/n.md").write_text(text, encoding="utf-8")
        kept.snapshot("日记/n.md")
    assert [backup.read() for backup in kept.list("日记/n.md")] == [b"c", b"b", b"a"]


def test_copies_older_than_a_month_go_but_the_newest_three_stay(kept, vault, clock):
    for turn in range(6):
        (vault / "日记/n.md").write_text(str(turn), encoding="utf-8")
        kept.snapshot("日记/n.md")
        clock.now += 60
    clock.now += KEEP_SECONDS
    (vault / "日记/n.md").write_text("now", encoding="utf-8")
    kept.snapshot("日记/n.md")
    assert [backup.read() for backup in kept.list("日记/n.md")] == [b"now", b"5", b"4"]


def test_notes_and_vaults_are_kept_apart(tmp_path, kept, vault):
    other = tmp_path / "other"
    (other / "日记").mkdir(parents=True)
    kept.snapshot("日记/n.md")
    assert kept.list("n.md") == []
    assert Backups(tmp_path / "backups", other).list("日记/n.md") == []


def test_somebody_who_looks_by_hand_finds_the_note_s_path(kept):
    backup = kept.snapshot("日记/n.md")
    assert (backup.file.parent / "note.txt").read_text(encoding="utf-8") == "日记/n.md\n"


def test_a_missing_note_has_no_copy(kept):
    with pytest.raises(NoteMissing):
        kept.snapshot("gone.md")
    with pytest.raises(NoteMissing):
        kept.snapshot("../secret.md")
    assert kept.list("gone.md") == []


def test_a_note_that_cannot_be_read_says_so(kept, monkeypatch):
    def fail(self):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(NoteUnreadable):
        kept.snapshot("日记/n.md")


def test_a_full_disk_forbids_the_change_that_was_to_follow(kept, monkeypatch):
    def fail(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NoteNotSaved) as caught:
        kept.snapshot("日记/n.md")
    assert caught.value.details["reason"] == "backup"


def test_an_old_copy_that_cannot_be_removed_is_no_reason_to_fail(kept, vault, clock, monkeypatch, caplog):
    for turn in range(5):
        (vault / "日记/n.md").write_text(str(turn), encoding="utf-8")
        kept.snapshot("日记/n.md")
    clock.now += KEEP_SECONDS * 2
    (vault / "日记/n.md").write_text("now", encoding="utf-8")
    monkeypatch.setattr(backups, "KEEP_AT_LEAST", 4)
    unlink = Path.unlink

    def refuse(self, missing_ok=False):
        if self.is_relative_to(vault.parent / "backups") and not self.name.endswith(".tmp"):
            raise OSError(errno.EACCES, "denied")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    kept.snapshot("日记/n.md")
    assert "could not be removed" in caplog.text
