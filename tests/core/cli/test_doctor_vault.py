"""What `doctor` says of a vault: what is left out and why, and whether changes will be noticed."""

import json

import pytest

from core.cli import doctor
from core.cli.main import main
from core.errors import IndexUnavailable
from core.index.catalog import Catalog
from core.paths import places
from core.settings import IndexSettings, Settings, save
from core.vault import observe


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "项目").mkdir(parents=True)
    (folder / "项目" / "计划.md").write_text("# 计划\n", encoding="utf-8")
    (folder / "old.org").write_text("* Old\n", encoding="utf-8")
    (folder / "Plan.sync-conflict-20261122-031500-ABC.md").write_text("copy\n", encoding="utf-8")
    return folder


@pytest.fixture
def look(vault, tmp_path, capsys):
    def look():
        assert main(["--base-dir", str(tmp_path / "base"), "doctor", str(vault), "--json"]) == 0
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    return look


def test_files_left_out_are_named_with_their_reasons(look):
    found = look()
    assert found["file old.org"] == {
        "ok": False,
        "value": "not indexed",
        "hint": "an Org file; only Markdown is read",
    }
    assert not found["file Plan.sync-conflict-20261122-031500-ABC.md"]["ok"]
    assert "file 项目/计划.md" not in found


def test_notes_left_out_by_tag_are_counted_and_not_named(look, vault, tmp_path):
    (vault / "日记.md").write_text("今天。#私人\n", encoding="utf-8")
    (vault / "信.md").write_text("---\ntags: 私人/信\n---\n", encoding="utf-8")
    where, index = places(tmp_path / "base"), IndexSettings(exclude_tags=("私人",))
    save(Settings(index=index), where.settings_file)
    assert main(["--base-dir", str(tmp_path / "base"), "index", str(vault), "--json"]) == 0
    found = look()
    assert found["left out by tag"] == {"ok": True, "value": "2 notes", "hint": ""}
    assert "日记" not in json.dumps(found, ensure_ascii=False)


def test_an_index_that_cannot_be_used_is_told_like_all_else(look, monkeypatch):
    def unusable(_catalog):
        raise IndexUnavailable("The index cannot be written: Read-only file system.")

    monkeypatch.setattr(Catalog, "totals", unusable)
    found = look()
    assert found["index"]["value"] == "The index cannot be written: Read-only file system."
    assert found["index"]["hint"] == IndexUnavailable.hint
    assert found["python"]["ok"]


def test_a_vault_that_is_not_there_is_told_like_all_else(look, vault):
    vault.rename(vault.with_name("moved"))
    assert not look()["index"]["ok"]


def test_a_vault_that_can_be_watched_is_well(look):
    assert look()["watching"] == {"ok": True, "value": "2 folders", "hint": ""}


def test_a_short_limit_is_told_with_the_remedy(look, monkeypatch):
    monkeypatch.setattr(observe, "watch_limit", lambda: 1)
    watching = look()["watching"]
    assert not watching["ok"]
    assert "max_user_watches" in watching["hint"]


def test_a_network_folder_is_told(vault, monkeypatch):
    monkeypatch.setattr(observe, "is_remote", lambda _folder: True)
    assert not doctor._watching(vault).ok
