"""Unsaved text survives a crash."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from core.vault.recovery import Drafts


@pytest.fixture
def drafts(tmp_path, vault):
    ticks = iter(range(1000, 2000))
    return Drafts(tmp_path / "recovery", vault, now=lambda: float(next(ticks)))


def test_a_draft_is_found_by_the_next_start(drafts, tmp_path, vault):
    draft = drafts.keep("日记/n.md", "还没保存的字\n", base_hash="abc", caret=5)
    assert Drafts(tmp_path / "recovery", vault).list() == [draft]
    assert (draft.path, draft.text, draft.base_hash, draft.caret) == (
        "日记/n.md",
        "还没保存的字\n",
        "abc",
        5,
    )


def test_a_later_draft_of_a_note_takes_the_place_of_the_earlier(drafts):
    drafts.keep("n.md", "one", base_hash="")
    drafts.keep("n.md", "two", base_hash="")
    assert [draft.text for draft in drafts.list()] == ["two"]


def test_drafts_are_listed_newest_first(drafts):
    for path in ("a.md", "b.md", ""):
        drafts.keep(path, path, base_hash="")
    assert [draft.path for draft in drafts.list()] == ["", "b.md", "a.md"]


def test_a_discarded_draft_is_gone_and_discarding_none_is_no_error(drafts):
    drafts.keep("n.md", "x", base_hash="")
    drafts.discard("n.md")
    drafts.discard("n.md")
    assert drafts.list() == []


def test_drafts_of_another_vault_are_not_shown(drafts, tmp_path):
    drafts.keep("n.md", "x", base_hash="")
    (tmp_path / "other").mkdir()
    other = Drafts(tmp_path / "recovery", tmp_path / "other")
    assert other.list() == []
    other.discard("n.md")
    assert len(drafts.list()) == 1


def test_no_drafts_folder_means_no_drafts(drafts):
    assert drafts.list() == []


def test_any_text_can_be_kept_even_half_a_surrogate_pair(drafts):
    text = "a\ud83d\x00\u2028\r\n😀"
    drafts.keep("n.md", text, base_hash="")
    assert drafts.list()[0].text == text


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "{}", json.dumps({"vault": "v", "path": "p", "text": 1, "base_hash": "", "saved_at": 1})],
)
def test_a_damaged_draft_is_set_aside_and_the_others_are_shown(drafts, tmp_path, damage, caplog):
    drafts.keep("good.md", "x", base_hash="")
    (tmp_path / "recovery" / "bad.json").write_text(damage, encoding="utf-8")
    assert [draft.path for draft in drafts.list()] == ["good.md"]
    assert (tmp_path / "recovery" / "bad.bad").exists()
    assert "set aside" in caplog.text


def test_a_draft_that_cannot_be_read_now_is_left_for_later(drafts, tmp_path, monkeypatch, caplog):
    drafts.keep("n.md", "x", base_hash="")

    def fail(self):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        assert drafts.list() == []
    assert len(drafts.list()) == 1


def test_a_full_disk_leaves_the_earlier_draft_whole(drafts, monkeypatch):
    drafts.keep("n.md", "one", base_hash="")

    def fail(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            drafts.keep("n.md", "two", base_hash="")
    assert [draft.text for draft in drafts.list()] == ["one"]


def test_what_cannot_be_removed_is_told_to_the_log_alone(drafts, monkeypatch, caplog):
    def fail(self, *args, **kwargs):
        raise OSError(errno.EACCES, "denied")

    drafts.keep("n.md", "x", base_hash="")
    (drafts._folder / "bad.json").write_text("{", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        patch.setattr(Path, "replace", fail)
        drafts.discard("n.md")
        drafts.list()
    assert "could not be removed" in caplog.text
    assert "could not be set aside" in caplog.text


def test_others_on_this_machine_cannot_read_drafts(drafts, tmp_path):
    drafts.keep("n.md", "x", base_hash="")
    assert (tmp_path / "recovery").stat().st_mode & 0o077 == 0
