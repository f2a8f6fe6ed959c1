"""Which files are none of ours."""

from __future__ import annotations

import pytest

from core.vault.ignore import Ignore, is_conflict_copy, load_ignore

FOLDERS = [".git", ".obsidian", ".trash", ".logseq", ".stversions", "logseq/bak", "graph/logseq/bak"]
FOLDERS += ["node_modules", "a/node_modules", "__pycache__", "@eaDir", "$RECYCLE.BIN", ".Trash-1000"]


@pytest.mark.parametrize("path", FOLDERS)
def test_folders_of_other_programs_are_skipped(path):
    assert Ignore().skips(path, is_folder=True)


@pytest.mark.parametrize(
    "path", ["a.md~", ".#a.md", "~$a.md", "4913", ".a.md.swp", "x/a.md.tmp", "a.part", "~syncthing~a.md.tmp"]
)
def test_files_that_live_for_a_moment_are_skipped(path):
    assert Ignore().skips(path)


@pytest.mark.parametrize(
    "path", ["a.md", "日记/2026.md", "logseq/notes.md", "journals/2026_01_01.md", "# 100%.md", "bak/x.md"]
)
def test_notes_are_not_skipped(path):
    assert not Ignore().skips_anywhere(path)


def test_everything_below_a_skipped_folder_is_skipped():
    ignore = Ignore(["私密/"])
    assert ignore.skips_anywhere("私密/深/处.md")
    assert ignore.skips_anywhere("a/私密/x", is_folder=True)
    assert not ignore.skips_anywhere("私密.md")


def test_a_file_is_not_taken_for_a_folder_of_the_same_name():
    ignore = Ignore(["drafts/"])
    assert ignore.skips_anywhere("drafts", is_folder=True)
    assert not ignore.skips_anywhere("drafts")


def test_rules_of_the_vault_and_of_the_settings_add_up_and_the_last_one_wins(tmp_path):
    (tmp_path / ".pilotfishignore").write_text(
        "# 注释\n\n*.private.md\n/archive/\n!.github/\n", encoding="utf-8-sig"
    )
    ignore = load_ignore(tmp_path, ["!keep.private.md", "drafts/"])
    skipped = ["a.private.md", "archive/x.md", "drafts/x.md", "x/drafts/y.md"]
    taken = ["keep.private.md", "x/archive/y.md", ".github/readme.md"]
    assert [path for path in skipped + taken if ignore.skips_anywhere(path)] == skipped


def test_a_vault_without_rules_has_ours(tmp_path):
    assert load_ignore(tmp_path).skips(".git", is_folder=True)


def test_a_line_that_is_no_pattern_is_passed_over(tmp_path):
    (tmp_path / ".pilotfishignore").write_text("!\n*.secret.md\n", encoding="utf-8")
    ignore = load_ignore(tmp_path)
    assert ignore.skips("a.secret.md")
    assert not ignore.skips("a.md")


@pytest.mark.parametrize(
    "name",
    [
        "笔记.sync-conflict-20261122-001500-ABCDEFG.md",
        "note (conflicted copy 2026-11-22).md",
        "note (Wei's conflicted copy 2026-11-22).md",
        "note (Case Conflict Copy).md",
        "note_conflict-20261122-001500.md",
        "note (Conflicted copy laptop 202611220015).md",
        "note Conflicted copy laptop 202611220015.md",
        "笔记 (小明 的冲突副本 2026-11-22).md",
        "筆記（衝突複本）.md",
    ],
)
def test_copies_that_sync_tools_left_are_recognised(name):
    assert is_conflict_copy(name)


@pytest.mark.parametrize(
    "name",
    ["conflict.md", "如何处理冲突副本.md", "resolve_conflict-notes.md", "a (copy).md", "conflicted.md"],
)
def test_notes_about_conflicts_are_ordinary_notes(name):
    assert not is_conflict_copy(name)


def test_rules_can_be_read_again_from_where_they_came(tmp_path):
    before = load_ignore(tmp_path, iter(["drafts/"]))
    (tmp_path / ".pilotfishignore").write_text("*.secret.md", encoding="utf-8")
    after = before.reloaded()
    assert not before.skips("a.secret.md")
    assert after.skips("a.secret.md")
    assert after.skips("drafts", is_folder=True)
    assert Ignore(["x/"]).reloaded().skips("x", is_folder=True)
