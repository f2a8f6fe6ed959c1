"""Vaults that other programs know."""

import json
import sys

import pytest

from core.vault import discovery
from core.vault.discovery import FoundVault, find_vaults, program_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the programs keep their lists elsewhere")


def obsidian(folder):
    (folder / ".obsidian").mkdir(parents=True)
    return folder


def logseq(folder):
    (folder / "logseq").mkdir(parents=True)
    (folder / "logseq" / "config.edn").touch()
    return folder


def listed(home, entries, where=".config"):
    file = home / where / "obsidian" / "obsidian.json"
    file.parent.mkdir(parents=True)
    file.write_text(entries if isinstance(entries, str) else json.dumps({"vaults": entries}))


def paths(home):
    return [vault.path for vault in find_vaults(home, {})]


def test_obsidians_own_list_comes_first_the_latest_at_the_top(tmp_path):
    old, new = obsidian(tmp_path / "far" / "away" / "deep" / "old"), obsidian(tmp_path / "其他" / "新")
    listed(tmp_path, {"a": {"path": str(old), "ts": 1}, "b": {"path": str(new), "ts": 2}})
    assert paths(tmp_path) == [new, old]


@pytest.mark.parametrize("where", [".var/app/md.obsidian.Obsidian/config", "snap/obsidian/current/.config"])
def test_a_sandboxed_obsidian_is_found_as_well(tmp_path, where):
    vault = obsidian(tmp_path / "a" / "b" / "c" / "d")
    listed(tmp_path, {"a": {"path": str(vault), "ts": 1}}, where)
    assert paths(tmp_path) == [vault]


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"vaults": 3}', '{"vaults": {"a": 7}}', '{"vaults": {"a": {"path": 7}}}']
)
def test_a_broken_list_is_passed_over(tmp_path, broken):
    listed(tmp_path, broken)
    vault = logseq(tmp_path / "Documents" / "graph")
    assert paths(tmp_path) == [vault]


def test_a_vault_that_is_gone_is_not_offered(tmp_path):
    listed(tmp_path, {"a": {"path": str(tmp_path / "gone"), "ts": 1}})
    assert paths(tmp_path) == []


def test_logseq_names_its_graphs_by_their_caches(tmp_path):
    graph = tmp_path / "one" / "two" / "three" / "图谱"
    graph.mkdir(parents=True)
    cache = tmp_path / ".logseq" / "graphs"
    cache.mkdir(parents=True)
    (cache / f"logseq_local_{str(graph).replace('/', '++')}.transit").touch()
    assert find_vaults(tmp_path, {}) == [FoundVault(graph, "Logseq")]


def test_folders_that_look_like_a_vault_are_found_two_levels_deep(tmp_path):
    near, far = obsidian(tmp_path / "笔记" / "主库"), obsidian(tmp_path / "a" / "b" / "c")
    found = paths(tmp_path)
    assert near in found
    assert far not in found


def test_each_vault_is_offered_once_and_nothing_inside_it(tmp_path):
    vault = obsidian(tmp_path / "Documents" / "v")
    obsidian(vault / "inner")
    listed(tmp_path, {"a": {"path": str(vault), "ts": 1}})
    assert paths(tmp_path) == [vault]


def test_links_are_not_followed(tmp_path):
    target = obsidian(tmp_path / "x" / "y" / "z" / "real")
    (tmp_path / "link").symlink_to(target.parent)
    assert paths(tmp_path) == []


def test_a_huge_home_is_looked_at_in_part(tmp_path, monkeypatch):
    monkeypatch.setattr(discovery, "_MOST_FOLDERS", 12)
    for number in range(40):
        (tmp_path / f"{number:02}").mkdir()
    obsidian(tmp_path / "99")
    assert paths(tmp_path) == []


def test_a_folder_that_may_not_be_read_is_passed_over(tmp_path, monkeypatch):
    def refuse(_folder):
        raise PermissionError

    monkeypatch.setattr(discovery.os, "scandir", refuse)
    assert paths(tmp_path) == []


def test_what_lies_in_a_folder_tells_whose_it_is(tmp_path):
    both = logseq(obsidian(tmp_path / "both"))
    assert [program_of(both), program_of(tmp_path)] == ["Logseq", ""]
