"""Notes that the rules leave out, told by path, as the rules are at that moment."""

import pytest

from core.errors import NoteLeftOut
from core.settings import IndexSettings
from core.vault.ignore import IGNORE_FILE
from core.vault.left_out import LeftOut


@pytest.fixture
def left_out(tmp_path):
    (tmp_path / IGNORE_FILE).write_text("私人/\n", encoding="utf-8")
    return LeftOut(tmp_path, lambda: IndexSettings(exclude=("*.draft.md",)))


@pytest.mark.parametrize("path", ["私人/日记.md", "Work/私人/工资.md", "a.draft.md", ".obsidian/x.md"])
def test_a_note_is_left_out_by_the_vault_s_rules_by_the_settings_and_by_ours(left_out, path):
    assert path in left_out
    with pytest.raises(NoteLeftOut) as caught:
        left_out.check(path)
    assert (caught.value.details["path"], path in str(caught.value)) == (path, True)
    assert caught.value.hint


@pytest.mark.parametrize("path", ["Plan.md", "项目/计划.md", "", None])
def test_other_notes_and_texts_without_a_file_pass(left_out, path):
    assert path not in left_out
    left_out.check(path)


def test_a_new_rule_counts_at_once(left_out, tmp_path):
    (tmp_path / IGNORE_FILE).write_text("Plan.md\n", encoding="utf-8")
    assert "Plan.md" in left_out
    assert "私人/日记.md" not in left_out


def test_new_settings_count_at_once(tmp_path):
    rules = [IndexSettings()]
    left_out = LeftOut(tmp_path, lambda: rules[-1])
    assert "Plan.md" not in left_out
    rules.append(IndexSettings(exclude=("Plan.md",)))
    assert "Plan.md" in left_out


@pytest.fixture
def by_tag(tmp_path):
    return LeftOut(tmp_path, lambda: IndexSettings(exclude_tags=("私人",)))


def test_a_tag_takes_a_note_out_and_its_going_lets_it_back(by_tag, tmp_path):
    note = tmp_path / "日记.md"
    note.write_text("今天。\n", encoding="utf-8")
    assert "日记.md" not in by_tag
    note.write_text("今天。#私人/日记\n", encoding="utf-8")
    with pytest.raises(NoteLeftOut, match="日记"):
        by_tag.check("日记.md")
    assert by_tag.among(["日记.md", "不在.md"]) == {"日记.md"}
    note.write_text("今天的事。\n", encoding="utf-8")
    by_tag.check("日记.md")


def test_a_tag_counts_before_it_is_saved(by_tag, tmp_path):
    (tmp_path / "日记.md").write_text("今天。\n", encoding="utf-8")
    by_tag.check("日记.md", "今天。")
    with pytest.raises(NoteLeftOut):
        by_tag.check("日记.md", "今天。#私人\n")
    with pytest.raises(NoteLeftOut):
        by_tag.check("", "还没有文件。#私人\n")


def test_a_note_that_cannot_be_looked_into_is_not_let_pass_where_tags_count(by_tag, tmp_path):
    (tmp_path / "a.md").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "b").write_text("", encoding="utf-8")
    assert by_tag.among(["a.md", "gone.md", "b/c.md", ""]) == {"a.md"}
    assert "a.md" not in LeftOut(tmp_path, IndexSettings)


def test_without_tags_no_note_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("core.vault.notes.stamp", lambda *_: pytest.fail("looked at"))
    left_out = LeftOut(tmp_path, IndexSettings)
    assert not left_out.holds("a.md", "#private")
