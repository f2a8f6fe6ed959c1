"""Paths within the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import NoteMissing, VaultMissing, VaultNotAFolder, VaultUnreadable
from core.vault.location import is_note_name, locate, vault_root


@pytest.mark.parametrize("name", ["a.md", "笔记.MD", "b.markdown", "a/b.md", "x.y.md"])
def test_markdown_files_are_notes(name):
    assert is_note_name(name)


@pytest.mark.parametrize("name", ["a.txt", "board.canvas", "page.org", "md", "a.md~", "a.md.tmp", ".md"])
def test_other_files_are_not(name):
    assert not is_note_name(name)


def test_the_root_is_the_real_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert vault_root(tmp_path / "link") == (tmp_path / "real").resolve()


def test_a_home_folder_written_short_is_found(isolated_home):
    (isolated_home / "notes").mkdir()
    assert vault_root(Path("~/notes")) == (isolated_home / "notes").resolve()


def test_a_missing_vault_and_a_file_are_told_apart(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(VaultMissing, match="gone"):
        vault_root(tmp_path / "gone")
    with pytest.raises(VaultNotAFolder):
        vault_root(tmp_path / "file")


def test_links_in_a_circle_are_no_vault(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(VaultUnreadable):
        vault_root(tmp_path / "a")


def test_a_note_lies_below_the_real_root(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert locate(tmp_path / "link", "a/笔 记#1.md") == (tmp_path / "real").resolve() / "a" / "笔 记#1.md"


@pytest.mark.parametrize("path", ["..", "../a.md", "a/../b.md", "/a.md", "", "./..", "x/\0.md"])
def test_paths_that_could_leave_the_vault_are_refused(tmp_path, path):
    with pytest.raises(NoteMissing):
        locate(tmp_path, path)
