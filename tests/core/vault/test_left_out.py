"""Notes that the rules leave out, told by path, as the rules are at that moment."""

import pytest

from core.errors import NoteLeftOut
from core.vault.ignore import IGNORE_FILE
from core.vault.left_out import LeftOut


@pytest.fixture
def left_out(tmp_path):
    (tmp_path / IGNORE_FILE).write_text("私人/\n", encoding="utf-8")
    return LeftOut(tmp_path, lambda: ("*.draft.md",))


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
    patterns = []
    left_out = LeftOut(tmp_path, lambda: patterns)
    assert "Plan.md" not in left_out
    patterns.append("Plan.md")
    assert "Plan.md" in left_out
