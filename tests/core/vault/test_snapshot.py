"""Scanning a vault and telling what changed."""

from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from core.errors import VaultMissing, VaultNotAFolder, VaultUnreadable
from core.vault import snapshot
from core.vault.ignore import load_ignore
from core.vault.model import Change, ChangeKind, FileStamp, SkipKind, Skipped, Snapshot
from core.vault.snapshot import diff, scan
from tests.core.vault.helpers import put, told

NFC, NFD = unicodedata.normalize("NFC", "café.md"), unicodedata.normalize("NFD", "café.md")


def test_every_note_is_found_with_its_stamp(vault):
    for path in ("a.md", "日记/2026/一月.MD", "c/d/e.markdown", "带空格 与#井号 100%20.md", "😀.md"):
        put(vault, path, path)
    found = scan(vault)
    assert sorted(found.notes) == sorted(
        ["a.md", "日记/2026/一月.MD", "c/d/e.markdown", "带空格 与#井号 100%20.md", "😀.md"]
    )
    status = (vault / "a.md").stat()
    assert found.notes["a.md"] == FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
    assert found.skipped == ()


def test_other_files_are_none_of_ours_and_org_files_are_named(vault):
    for path in (
        "a.txt",
        "b.canvas",
        "c.png",
        "pages/d.org",
        ".obsidian/x.md",
        "node_modules/y.md",
        "~$z.md",
    ):
        put(vault, path)
    found = scan(vault)
    assert found.notes == {}
    assert [skipped.path for skipped in found.skipped] == ["pages/d.org"]
    assert "Org" in found.skipped[0].reason


def test_an_empty_vault_is_a_vault(vault):
    assert scan(vault) == Snapshot({})


def test_conflict_copies_are_listed_and_not_taken_for_notes(vault):
    put(vault, "a.md")
    put(vault, "a.sync-conflict-20261122-001500-ABCDEFG.md")
    found = scan(vault)
    assert list(found.notes) == ["a.md"]
    assert found.conflicts == ("a.sync-conflict-20261122-001500-ABCDEFG.md",)


def test_a_note_over_the_limit_is_skipped_with_the_reason(vault):
    put(vault, "big.md", "x" * 3_000_000)
    found = scan(vault, max_bytes=2_000_000)
    assert found.notes == {}
    assert "3 MiB" in found.skipped[0].reason


def test_the_person_s_own_rules_count(vault):
    put(vault, ".pilotfishignore", "私密/\n")
    put(vault, "私密/a.md")
    put(vault, "b.md")
    put(vault, "drafts/c.md")
    assert list(scan(vault, ignore=load_ignore(vault, ["drafts/"])).notes) == ["b.md"]


def test_links_to_folders_even_in_a_circle_are_not_followed(vault):
    put(vault, "a/b/n.md")
    (vault / "a" / "b" / "up").symlink_to(vault / "a")
    (vault / "self").symlink_to(vault)
    assert list(scan(vault).notes) == ["a/b/n.md"]


def test_links_out_of_the_vault_are_skipped_with_the_reason(vault):
    (vault.parent / "secret.md").write_text("secret", encoding="utf-8")
    (vault / "link.md").symlink_to(vault.parent / "secret.md")
    (vault / "dangling.md").symlink_to(vault / "gone.md")
    found = scan(vault)
    assert found.notes == {}
    assert sorted(skipped.path for skipped in found.skipped) == ["dangling.md", "link.md"]


def test_a_link_to_another_note_is_not_a_second_note(vault):
    put(vault, "real.md")
    (vault / "link.md").symlink_to("real.md")
    found = scan(vault)
    assert list(found.notes) == ["real.md"]
    assert found.skipped == (Skipped("link.md", "a link to real.md, which is read there", SkipKind.LINK_IN),)


def test_a_link_to_a_file_that_is_no_note_itself_is_one(vault):
    put(vault, ".hidden/real.md", "text")
    (vault / "link.md").symlink_to(".hidden/real.md")
    assert scan(vault).notes["link.md"].size == 4


def test_pipes_and_folders_with_the_name_of_a_note_are_none(vault):
    os.mkfifo(vault / "pipe.md")
    put(vault, "folder.md/inner.md")
    assert list(scan(vault).notes) == ["folder.md/inner.md"]


def test_a_name_that_is_no_unicode_is_skipped_and_printable(vault):
    Path(os.fsdecode(os.fsencode(vault) + b"/\xff\xfe.md")).write_text("x", encoding="utf-8")
    found = scan(vault)
    assert found.notes == {}
    assert found.skipped[0].path == r"\udcff\udcfe.md"


def test_a_folder_that_may_not_be_read_is_listed_and_the_rest_is_found(vault, monkeypatch):
    put(vault, "open/a.md")
    put(vault, "locked/b.md")
    scandir = os.scandir

    def guarded(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = scan(vault)
    assert list(found.notes) == ["open/a.md"]
    reason = "the folder may not be read: Permission denied"
    assert found.skipped == (Skipped("locked", reason, SkipKind.FOLDER),)


def test_a_folder_that_goes_away_during_the_scan_is_just_gone(vault, monkeypatch):
    put(vault, "a.md")
    put(vault, "gone/b.md")
    scandir = os.scandir

    def vanishing(path):
        if str(path).endswith("/gone"):
            (vault / "gone/b.md").unlink()
            (vault / "gone").rmdir()
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert scan(vault) == Snapshot(scan(vault).notes)


def test_a_vault_that_is_missing_or_a_file_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(VaultMissing):
        scan(tmp_path / "gone")
    with pytest.raises(VaultNotAFolder):
        scan(tmp_path / "file")


def test_a_vault_that_may_not_be_read_is_an_error(vault, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(VaultUnreadable):
        scan(vault)


def test_a_disk_that_goes_away_during_the_scan_does_not_look_like_deleted_notes(vault, monkeypatch):
    put(vault, "a/b.md")
    walk = snapshot._Scan.walk

    def unplugged(self, folder):
        walk(self, folder)
        shutil.rmtree(vault)

    monkeypatch.setattr(snapshot._Scan, "walk", unplugged)
    with pytest.raises(VaultMissing):
        scan(vault)


def test_additions_changes_and_removals_are_told_by_path(vault):
    for path in ("same.md", "edited.md", "gone.md"):
        put(vault, path)
    old = scan(vault)
    put(vault, "edited.md", "longer")
    put(vault, "new.md", "brand new")
    (vault / "gone.md").unlink()
    changes = diff(old, scan(vault))
    assert ("removed", "gone.md", "") in told(changes)
    assert ("modified", "edited.md", "") in told(changes)
    assert ("added", "new.md", "") in told(changes)
    assert len(changes) == 3


def test_nothing_changed_means_no_change(vault):
    put(vault, "a.md")
    assert diff(scan(vault), scan(vault)) == []


def test_a_renamed_note_is_a_move_and_keeps_its_stamp(vault):
    put(vault, "old.md")
    old = scan(vault)
    (vault / "old.md").rename(vault / "新.md")
    new = scan(vault)
    assert diff(old, new) == [Change(ChangeKind.MOVED, "新.md", new.notes["新.md"], "old.md")]


def test_a_renamed_folder_is_a_move_of_every_note_in_it(vault):
    for number in range(5):
        put(vault, f"旧/{number}.md", "x" * number)
    old = scan(vault)
    (vault / "旧").rename(vault / "新")
    assert told(diff(old, scan(vault))) == [("moved", f"新/{n}.md", f"旧/{n}.md") for n in range(5)]


def test_a_rename_that_changes_only_case_is_a_move(vault):
    put(vault, "note.md")
    old = scan(vault)
    (vault / "note.md").rename(vault / "Note.md")
    assert told(diff(old, scan(vault))) == [("moved", "Note.md", "note.md")]


def test_a_name_written_anew_in_another_unicode_form_is_a_move(vault):
    put(vault, NFC)
    old = scan(vault)
    (vault / NFC).unlink()
    put(vault, NFD, "synced from a Mac")
    assert told(diff(old, scan(vault))) == [("moved", NFD, NFC)]


def test_a_note_replaced_by_another_of_the_same_size_is_no_move():
    old = Snapshot({"a.md": FileStamp(5, 100, 1)})
    new = Snapshot({"b.md": FileStamp(5, 200, 1)})
    assert told(diff(old, new)) == [("removed", "a.md", ""), ("added", "b.md", "")]


def test_files_without_an_inode_are_not_guessed_to_be_moves():
    old, new = Snapshot({"a.md": FileStamp(5, 100, 0)}), Snapshot({"b.md": FileStamp(5, 100, 0)})
    assert told(diff(old, new)) == [("removed", "a.md", ""), ("added", "b.md", "")]


def test_two_names_of_one_file_are_moved_once_each():
    stamp = FileStamp(5, 100, 7)
    old = Snapshot({"a.md": stamp, "b.md": stamp})
    new = Snapshot({"x/a.md": stamp, "x/b.md": stamp})
    assert told(diff(old, new)) == [("moved", "x/a.md", "a.md"), ("moved", "x/b.md", "b.md")]
