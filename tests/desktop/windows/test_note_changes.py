"""Answers reach the notes whole, in one step, and never without a copy of what stood there."""

import pytest
from PySide6.QtGui import QTextCursor

from core.errors import NoteNotSaved
from desktop.editor.anchor import TextAnchor
from desktop.editor.editor import Editor
from desktop.editor.note_document import NoteDocument
from desktop.windows.note_changes import NoteChanges

TEXT = "# 计划\n\n三月开放。\n"


@pytest.fixture
def editor(qtbot, theme, vault):
    (vault / "计划.md").write_text(TEXT, encoding="utf-8")
    editor = Editor(theme)
    qtbot.addWidget(editor)
    editor.show_note("计划.md", NoteDocument(TEXT, theme, editor))
    editor.setReadOnly(False)
    return editor


@pytest.fixture
def changes(editor, files, tasks):
    return NoteChanges(editor, lambda: files, tasks)


def select(editor, words):
    start = editor.document().text().index(words)
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    return TextAnchor(cursor)


def copies(places):
    return [file.read_text(encoding="utf-8") for file in places.backups.rglob("*.md")]


def test_a_replacement_is_one_undo_step_and_the_file_is_copied_first(editor, changes, tasks, places, qtbot):
    anchor = select(editor, "三月开放。")
    with qtbot.waitSignal(changes.replaced):
        changes.replace(anchor, "四月\n\n开放。")
    assert editor.document().text() == "# 计划\n\n四月\n\n开放。\n"
    assert copies(places) == [TEXT]
    editor.undo()
    assert editor.document().text() == TEXT


def test_a_place_that_has_changed_is_not_replaced(editor, changes, qtbot):
    anchor = select(editor, "三月开放。")
    anchor.cursor().insertText("别的话。")
    before = editor.document().text()
    with qtbot.waitSignal(changes.replace_refused):
        changes.replace(anchor, "四月")
    assert editor.document().text() == before


def test_typing_while_the_copy_is_made_does_no_harm(editor, changes, qtbot):
    anchor = select(editor, "三月开放。")
    changes.replace(anchor, "四月开放。")
    QTextCursor(editor.document()).insertText("先写一行\n")
    with qtbot.waitSignal(changes.replaced):
        pass
    assert editor.document().text() == "先写一行\n# 计划\n\n四月开放。\n"


def test_without_a_copy_nothing_is_changed(editor, changes, files, qtbot, monkeypatch):
    def full(path):
        raise NoteNotSaved("No room.", path=path, reason="backup")

    monkeypatch.setattr(files, "back_up", full)
    with qtbot.waitSignal(changes.failed) as got:
        changes.replace(select(editor, "三月"), "四月")
    assert isinstance(got.args[0], NoteNotSaved)
    assert editor.document().text() == TEXT


def test_a_note_that_has_no_file_yet_is_changed_all_the_same(editor, changes, vault, qtbot):
    (vault / "计划.md").unlink()
    with qtbot.waitSignal(changes.replaced):
        changes.replace(select(editor, "三月"), "四月")


def test_text_goes_in_behind_the_caret(editor, changes, tasks):
    select(editor, "三月")
    changes.insert(None, "初")
    tasks.settle()
    assert "三月初开放" in editor.document().text()


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_an_appended_answer_is_a_paragraph_of_its_own(editor, changes, tasks, theme, end):
    editor.show_note("计划.md", NoteDocument(f"一段{end}", theme, editor))
    editor.setReadOnly(False)
    changes.append("新的一段")
    tasks.settle()
    assert editor.document().text() == "一段\n\n新的一段\n"
    editor.undo()
    assert editor.document().text() == f"一段{end}"


def test_a_new_note_lies_beside_the_open_one_and_takes_no_name_that_is_taken(changes, vault, qtbot):
    (vault / "三月.md").write_text("old", encoding="utf-8")
    with qtbot.waitSignal(changes.note_made) as got:
        changes.new_note("三月", "新的内容")
    assert got.args == ["三月 2.md"]
    assert (vault / "三月 2.md").read_text(encoding="utf-8") == "新的内容\n"
    assert (vault / "三月.md").read_text(encoding="utf-8") == "old"
