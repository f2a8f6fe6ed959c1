"""Where our own files live."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core import paths
from core.paths import models_dir, places, resources_dir


def test_nothing_of_ours_is_outside_the_home_folder_of_this_test(isolated_home):
    where = places()
    for folder in (where.config, where.data, where.state, where.cache):
        assert folder.is_relative_to(isolated_home)
    assert not any(isolated_home.iterdir())


def test_a_base_folder_moves_everything(tmp_path):
    where = places(tmp_path / "base")
    named = [where.settings_file, where.log_file, where.recovery, where.backups]
    assert all(path.is_relative_to(tmp_path / "base") for path in named)
    assert where.index_of(tmp_path / "vault").is_relative_to(tmp_path / "base")


def test_a_base_folder_may_be_written_short_or_relative(isolated_home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert places(Path("~/base")).config == isolated_home / "base" / "config"
    assert places(Path("base")).config == tmp_path / "base" / "config"


def test_each_vault_has_an_index_of_its_own_that_can_be_told_by_name(tmp_path):
    where = places(tmp_path)
    for name in ("a/笔记", "b/笔记"):
        (tmp_path / name).mkdir(parents=True)
    one, two = where.index_of(tmp_path / "a/笔记"), where.index_of(tmp_path / "b/笔记")
    assert one != two
    assert one.name.startswith("笔记-")


def test_a_vault_reached_by_a_link_has_the_same_index(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    where = places(tmp_path / "base")
    assert where.index_of(tmp_path / "link") == where.index_of(tmp_path / "real")


def test_a_vault_with_a_very_long_name_has_an_index(tmp_path):
    vault = tmp_path / ("长" * 80)
    vault.mkdir()
    places(tmp_path / "base").index_of(vault).mkdir(parents=True)


def test_prepared_models_belong_to_the_installation(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    (tmp_path / "venv").mkdir()
    assert models_dir(places()) == tmp_path / "venv" / "share" / "pilotfish" / "models"


@pytest.mark.parametrize("obstacle", ["a file in the way", "no right to write"])
def test_where_the_installation_is_closed_models_go_to_the_cache(tmp_path, monkeypatch, obstacle):
    (tmp_path / "venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    if obstacle == "a file in the way":
        (tmp_path / "venv" / "share").write_text("x", encoding="utf-8")
    else:
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    where = places(tmp_path / "base")
    assert models_dir(where) == where.cache / "models"


def test_read_only_data_lies_beside_the_packages():
    assert resources_dir() == Path(paths.__file__).resolve().parents[1] / "resources"
    assert (resources_dir() / "vault").is_dir()


def test_documents_of_a_vault_lie_in_our_data_folder_and_not_beside_the_index(tmp_path):
    where = places(tmp_path / "base")
    documents, index = where.documents_of(tmp_path / "vault"), where.index_of(tmp_path / "vault")
    assert documents.is_relative_to(where.data)
    assert documents != index
    assert documents.name == index.name
    assert where.documents_of(tmp_path / "other") != documents


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_vault_whose_name_is_no_unicode_has_an_index_that_lancedb_can_open(tmp_path):
    vault = tmp_path / os.fsdecode(b"caf\xe9")
    vault.mkdir()
    assert places(tmp_path).index_of(vault).name.startswith("caf_-")
