"""Looking again at a few paths of a vault."""

from __future__ import annotations

import os
import random
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.errors import VaultMissing
from core.vault import snapshot
from core.vault.ignore import Ignore
from core.vault.model import Change, ChangeKind, FileStamp, Snapshot
from core.vault.snapshot import refresh, scan, spelling
from tests.core.vault.helpers import put, told

NFC, NFD = unicodedata.normalize("NFC", "café.md"), unicodedata.normalize("NFD", "café.md")


def test_looking_at_one_note_tells_its_change_alone(vault):
    for path in ("a.md", "b.md", "c/d.md"):
        put(vault, path)
    old = scan(vault)
    put(vault, "a.md", "longer")
    put(vault, "b.md", "longer too")
    new, changes = refresh(vault, old, ["a.md"])
    assert told(changes) == [("modified", "a.md", "")]
    assert new.notes["b.md"] == old.notes["b.md"]


def test_looking_in_place_ends_alike_and_copies_nothing(vault):
    for path in ("a.md", "b.md", "旧/c.md"):
        put(vault, path)
    old = scan(vault)
    put(vault, "a.md", "longer")
    (vault / "旧").rename(vault / "新")
    copied, changes = refresh(vault, old, ["a.md", "旧", "新"])
    assert "旧/c.md" in old.notes
    new, same_changes = refresh(vault, old, ["a.md", "旧", "新"], in_place=True)
    assert (new, same_changes) == (copied, changes)
    assert new.notes is old.notes


def test_looking_at_both_names_of_a_folder_tells_the_moves(vault):
    put(vault, "旧/a.md")
    put(vault, "旧/深/b.md")
    put(vault, "旧的/c.md")
    old = scan(vault)
    (vault / "旧").rename(vault / "新")
    new, changes = refresh(vault, old, ["旧", "新", "新/a.md"])
    assert told(changes) == [("moved", "新/a.md", "旧/a.md"), ("moved", "新/深/b.md", "旧/深/b.md")]
    assert new == scan(vault)


def test_looking_at_a_folder_that_became_a_note_and_back(vault):
    put(vault, "x.md/inner.md")
    old = scan(vault)
    shutil.rmtree(vault / "x.md")
    put(vault, "x.md")
    new, changes = refresh(vault, old, ["x.md"])
    assert told(changes) == [("removed", "x.md/inner.md", ""), ("added", "x.md", "")]
    (vault / "x.md").unlink()
    put(vault, "x.md/inner.md")
    again, changes = refresh(vault, new, ["x.md", "x.md/inner.md"])
    assert told(changes) == [("removed", "x.md", ""), ("added", "x.md/inner.md", "")]
    assert again == scan(vault)


def test_looking_at_what_is_skipped_finds_nothing(vault):
    put(vault, ".git/a.md")
    put(vault, "a.txt")
    (vault / "out.md").symlink_to("/etc/hostname")
    new, changes = refresh(
        vault, Snapshot({}), [".git/a.md", ".git", "a.txt", "../x.md", "gone.md", "out.md"]
    )
    assert (dict(new.notes), changes) == ({}, [])


def test_looking_at_the_vault_itself_is_a_scan(vault):
    put(vault, "a.md")
    new, changes = refresh(vault, Snapshot({}), ["", "a.md"])
    assert (new, told(changes)) == (scan(vault), [("added", "a.md", "")])


def test_what_was_skipped_or_in_conflict_is_kept_current(vault):
    put(vault, "big.md", "x" * 50)
    put(vault, "d/n.sync-conflict-20261122-001500-ABC.md")
    put(vault, "keep.sync-conflict-20261122-001500-ABC.md")
    old = scan(vault, max_bytes=40)
    put(vault, "big.md", "small")
    shutil.rmtree(vault / "d")
    new, changes = refresh(vault, old, ["big.md", "d"], max_bytes=40)
    assert told(changes) == [("added", "big.md", "")]
    assert new == scan(vault, max_bytes=40)


def test_a_vanished_vault_is_an_error_when_looked_at_again(vault):
    shutil.rmtree(vault)
    with pytest.raises(VaultMissing):
        refresh(vault, Snapshot({"a.md": FileStamp(1, 1, 1)}), ["a.md"])


def test_the_folder_s_own_spelling_is_found(vault):
    put(vault, f"d/{NFC}")
    put(vault, "Readme.md")
    assert spelling(vault, f"d/{NFD}") == f"d/{NFC}"
    assert spelling(vault, "README.md") == "Readme.md"
    assert spelling(vault, "Readme.md") == "Readme.md"
    assert spelling(vault, "new.md") == "new.md"
    assert spelling(vault, "gone/new.md") == "gone/new.md"


def test_where_names_are_folded_a_change_is_put_down_to_the_name_a_scan_finds(vault, monkeypatch):
    put(vault, NFC)
    old = scan(vault)
    put(vault, NFC, "longer")
    monkeypatch.setattr(snapshot, "_FOLDS_NAMES", True)
    new, changes = refresh(vault, old, [NFD])
    assert told(changes) == [("modified", NFC, "")]
    assert new == scan(vault)


class ChangingVault(RuleBasedStateMachine):
    """Random file operations: looking at the touched paths alone always ends like a full scan."""

    names = st.sampled_from(["a.md", "b.md", "n.sync-conflict-20261122-001500-X.md", "c.txt", "d.org"])
    folders = st.sampled_from(["", "甲", "甲/乙", "丙", ".git", "skip"])

    def __init__(self) -> None:
        super().__init__()
        self.vault = Path(os.environ["HOME"]) / f"vault-{random.getrandbits(64)}"
        self.vault.mkdir()
        self.ignore = Ignore(["skip/"])
        self.known = scan(self.vault, ignore=self.ignore)
        self.before = replace(self.known, notes=dict(self.known.notes))
        self.told: list[Change] = []

    def look(self, *paths: str) -> None:
        self.known, changes = refresh(self.vault, self.known, paths, ignore=self.ignore, in_place=True)
        self.told += changes

    @rule(folder=folders, name=names, text=st.text("ab", max_size=3))
    def write(self, folder: str, name: str, text: str) -> None:
        path = f"{folder}/{name}" if folder else name
        put(self.vault, path, text)
        self.look(path)

    @rule(folder=folders, name=names)
    def delete(self, folder: str, name: str) -> None:
        path = f"{folder}/{name}" if folder else name
        (self.vault / path).unlink(missing_ok=True)
        self.look(path)

    @rule(source=folders, goal=st.sampled_from(["丁", "skip/x", "甲/戊"]))
    def move_folder(self, source: str, goal: str) -> None:
        if source and (self.vault / source).is_dir() and not goal.startswith(source):
            shutil.rmtree(self.vault / goal, ignore_errors=True)
            (self.vault / goal).parent.mkdir(parents=True, exist_ok=True)
            (self.vault / source).rename(self.vault / goal)
            self.look(source, goal)

    @rule(folder=folders)
    def delete_folder(self, folder: str) -> None:
        if folder:
            shutil.rmtree(self.vault / folder, ignore_errors=True)
            self.look(folder)

    @invariant()
    def looks_like_a_scan(self) -> None:
        whole = scan(self.vault, ignore=self.ignore)
        assert self.known.notes == whole.notes
        assert sorted(self.known.conflicts) == sorted(whole.conflicts)
        assert sorted(item.path for item in self.known.skipped) == sorted(item.path for item in whole.skipped)

    def teardown(self) -> None:
        """The changes told on the way, applied to the first snapshot, give the last one."""
        notes = dict(self.before.notes)
        for change in self.told:
            if change.kind is ChangeKind.MOVED:
                del notes[change.old_path]
            if change.kind is ChangeKind.REMOVED:
                del notes[change.path]
            elif change.stamp is not None:
                notes[change.path] = change.stamp
        assert notes == self.known.notes
        shutil.rmtree(self.vault)


TestChangingVault = ChangingVault.TestCase
TestChangingVault.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
