"""Notes are made, renamed and thrown away on disk, in the tree and in the editor alike."""

from pathlib import Path

import pytest
from PySide6.QtCore import QFile
from PySide6.QtTest import QTest

from core.engine.model import NotesChanged
from core.errors import NoteError, VaultError
from desktop.bridge.vault_files import VaultFiles
from desktop.windows.note_keeper import MANY
from tests.desktop.windows.keeper_desk import KeeperDesk


@pytest.fixture
def kept(theme, tasks, files, qapp):
    kept = KeeperDesk(theme, tasks, files)
    for path in ("Welcome.md", "项目/计划.md", "项目/价格.md"):
        kept.write(path)
    kept.use(files)
    yield kept
    kept.close()


@pytest.fixture
def trash(monkeypatch, tmp_path):
    """A trash of our own; set `full` to have it refuse."""
    folder = tmp_path / "trash"
    folder.mkdir()
    state = {"full": False}

    def move(path):
        if state["full"]:
            return False
        Path(path).rename(folder / Path(path).name)
        return True

    monkeypatch.setattr(QFile, "moveToTrash", staticmethod(move))
    state["bin"] = folder
    return state


# Scanning


def test_the_notes_of_the_vault_are_shown_and_counted(kept, qtbot):
    with qtbot.waitSignal(kept.keeper.scanned) as signal:
        kept.keeper.use(kept.files)
    assert signal.args == [3]
    assert sorted(kept.tree.notes) == kept.on_disk


def test_without_a_vault_the_tree_is_empty(kept):
    kept.use(None)
    assert kept.tree.notes == []


def test_a_folder_that_is_gone_is_told(kept, tmp_path, places, qtbot):
    with qtbot.waitSignal(kept.keeper.scan_failed) as signal:
        kept.keeper.use(VaultFiles(tmp_path / "gone", places))
    assert isinstance(signal.args[0], VaultError)


def test_a_scan_that_ends_after_another_vault_was_opened_is_dropped(kept, tmp_path, places):
    other = tmp_path / "other"
    other.mkdir()
    (other / "only.md").write_text("x")
    counts = []
    kept.keeper.scanned.connect(counts.append)
    kept.keeper.use(kept.files)
    kept.use(VaultFiles(other, places))
    assert counts == [1]
    assert kept.tree.notes == ["only.md"]


# New notes


def test_a_new_note_is_on_disk_in_the_tree_and_in_the_editor(kept):
    kept.keeper.new_note("项目")
    kept.settle()
    assert kept.open_path == "项目/Untitled.md"
    assert kept.open_path in kept.on_disk
    assert kept.open_path in kept.tree.notes
    assert not kept.editor.isReadOnly()


def test_further_new_notes_are_numbered(kept):
    made = []
    for _ in range(3):
        kept.keeper.new_note("")
        kept.settle()
        made.append(kept.open_path)
    assert made == ["Untitled.md", "Untitled 2.md", "Untitled 3.md"]


def test_a_name_that_differs_by_case_alone_counts_as_taken(kept):
    kept.write("UNTITLED.md")
    kept.use(kept.files)
    kept.keeper.new_note("")
    kept.settle()
    assert kept.open_path == "Untitled 2.md"


def test_a_file_that_the_tree_does_not_know_is_never_written_over(kept):
    kept.write("Untitled.md", "written by a sync a moment ago")
    kept.keeper.new_note("")
    kept.settle()
    assert (kept.vault / "Untitled.md").read_text() == "written by a sync a moment ago"
    assert isinstance(kept.failed[0], NoteError)


def test_a_note_with_a_text_of_its_own(kept):
    kept.keeper.new_note_of("会议: 四月/五月", "# 会议\n")
    kept.settle()
    assert kept.open_path == "会议  四月 五月.md"
    assert kept.editor.document().text() == "# 会议\n"


@pytest.mark.parametrize("name", ["", "...", "///", " . "])
def test_a_name_that_leaves_nothing_is_untitled(kept, name):
    kept.keeper.new_note_of(name, "x\n")
    kept.settle()
    assert kept.open_path == "Untitled.md"


def test_without_a_vault_nothing_is_made(kept):
    kept.use(None)
    kept.keeper.new_note("")
    kept.keeper.create("a.md", "x")
    kept.settle()
    assert len(kept.on_disk) == 3
    assert kept.failed == []


# Renaming


def test_renaming_keeps_the_folder_and_asks_with_the_name_there_is(kept):
    kept.answer = "计划 二"
    kept.keeper.rename("项目/计划.md")
    kept.settle()
    assert kept.asked == ["计划"]
    assert "项目/计划 二.md" in kept.on_disk
    assert "项目/计划.md" not in kept.on_disk
    assert sorted(kept.tree.notes) == kept.on_disk


@pytest.mark.parametrize("answer", [None, "", "  ", "...", "计划", " 计划. "])
def test_no_other_name_renames_nothing(kept, answer):
    kept.answer = answer
    before = kept.on_disk
    kept.keeper.rename("项目/计划.md")
    kept.settle()
    assert kept.on_disk == before
    assert kept.failed == []


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        ("../../escape", "项目/escape.md"),
        ("a/b:c", "项目/a b c.md"),
        ("v1.2", "项目/v1.2.md"),
        ("📌 重要", "项目/📌 重要.md"),
        ("תוכנית", "项目/תוכנית.md"),
    ],
)
def test_any_words_become_a_name_in_the_same_folder(kept, answer, path):
    kept.answer = answer
    kept.keeper.rename("项目/计划.md")
    kept.settle()
    assert path in kept.on_disk


def test_what_was_typed_a_moment_ago_goes_along(kept):
    kept.open("项目/计划.md")
    QTest.keyClicks(kept.editor, "typed ")
    kept.answer = "新计划"
    kept.keeper.rename("项目/计划.md")
    kept.settle()
    assert (kept.vault / "项目" / "新计划.md").read_text() == "typed # a note\n"
    assert kept.open_path == "项目/新计划.md"
    kept.desk.save()
    kept.settle()
    assert "项目/计划.md" not in kept.on_disk


def test_a_name_that_is_taken_leaves_both_notes(kept):
    kept.write("项目/价格.md", "prices")
    kept.answer = "价格"
    kept.keeper.rename("项目/计划.md")
    kept.settle()
    assert isinstance(kept.failed[0], NoteError)
    assert (kept.vault / "项目" / "价格.md").read_text() == "prices"
    assert "项目/计划.md" in kept.tree.notes


def test_a_name_too_long_for_the_disk_is_told(kept):
    kept.answer = "字" * 200
    kept.keeper.rename("Welcome.md")
    kept.settle()
    assert isinstance(kept.failed[0], NoteError)
    assert "Welcome.md" in kept.on_disk
    assert "Welcome.md" in kept.tree.notes


def test_a_note_that_vanished_meanwhile_is_told(kept):
    kept.answer = "other"
    (kept.vault / "Welcome.md").unlink()
    kept.keeper.rename("Welcome.md")
    kept.settle()
    assert isinstance(kept.failed[0], NoteError)


# The trash


def test_a_note_in_the_trash_is_gone_everywhere(kept, trash):
    kept.open("项目/计划.md")
    kept.keeper.trash("项目/计划.md")
    kept.settle()
    assert kept.open_path == ""
    assert "项目/计划.md" not in kept.tree.notes
    assert [file.name for file in trash["bin"].iterdir()] == ["计划.md"]


def test_what_was_typed_goes_into_the_trash_with_its_note(kept, trash):
    kept.open("Welcome.md")
    QTest.keyClicks(kept.editor, "typed ")
    kept.keeper.trash("Welcome.md")
    kept.settle()
    assert (trash["bin"] / "Welcome.md").read_text() == "typed # a note\n"
    assert "Welcome.md" not in kept.on_disk


def test_a_trash_that_refuses_leaves_the_note(kept, trash):
    trash["full"] = True
    kept.open("Welcome.md")
    kept.keeper.trash("Welcome.md")
    kept.settle()
    assert isinstance(kept.failed[0], NoteError)
    assert kept.open_path == "Welcome.md"
    assert "Welcome.md" in kept.tree.notes


def test_a_note_behind_the_open_one_is_thrown_away_alone(kept, trash):
    kept.open("项目/计划.md")
    kept.open("Welcome.md")
    kept.keeper.trash("项目/计划.md")
    kept.settle()
    assert kept.open_path == "Welcome.md"
    assert kept.desk.open_notes == ["Welcome.md"]


# What other programs do


def test_notes_that_come_and_go_are_shown_one_by_one(kept):
    kept.keeper.files_changed(NotesChanged(changed=("new/a.md", "Welcome.md"), removed=("项目/计划.md",)))
    assert sorted(kept.tree.notes) == ["Welcome.md", "new/a.md", "项目/价格.md"]


def test_a_rename_elsewhere_is_a_note_gone_and_one_come(kept):
    kept.keeper.files_changed(NotesChanged(changed=("项目/计划 二.md",), removed=("项目/计划.md",)))
    assert sorted(kept.tree.notes) == ["Welcome.md", "项目/价格.md", "项目/计划 二.md"]


def test_a_great_many_are_read_from_the_disk(kept, qtbot):
    claimed = tuple(f"claimed {n}.md" for n in range(MANY + 1))
    kept.keeper.files_changed(NotesChanged(changed=claimed, removed=()))
    kept.settle()
    assert sorted(kept.tree.notes) == kept.on_disk
