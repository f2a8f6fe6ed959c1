"""Answers brought in while other things happen: another note opens, the caret moves, files vanish."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from core.errors import NoteError
from desktop.editor.anchor import TextAnchor
from desktop.editor.editor import Editor
from desktop.editor.note_document import NoteDocument
from desktop.windows.note_changes import NoteChanges

TEXT = "# 计划\n\n第一段，\n两行。\n\n- 一\n- 二\n\n同一句。\n\n同一句。\n"


@pytest.fixture
def editor(qtbot, theme, vault):
    (vault / "计划.md").write_text(TEXT, encoding="utf-8")
    editor = Editor(theme)
    qtbot.addWidget(editor)
    _show(editor, theme, "计划.md", TEXT)
    return editor


@pytest.fixture
def changes(editor, files, tasks):
    return NoteChanges(editor, lambda: files, tasks)


@pytest.fixture
def told(changes):
    told = []
    changes.replaced.connect(lambda: told.append("replaced"))
    changes.replace_refused.connect(lambda: told.append("refused"))
    changes.failed.connect(told.append)
    changes.note_made.connect(told.append)
    return told


@pytest.fixture
def show_note(editor, theme):
    """Bring another note into the editor, as when the person goes on."""

    def show(path, text):
        _show(editor, theme, path, text)

    return show


def _show(editor, theme, path, text):
    editor.show_note(path, NoteDocument(text, theme, editor))
    editor.setReadOnly(False)


def put_caret(editor, position, to=None):
    cursor = editor.textCursor()
    cursor.setPosition(position)
    if to is not None:
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    return TextAnchor(cursor)


def anchor(editor, words):
    start = TEXT.index(words)
    return put_caret(editor, start, start + len(words))


def selected(editor):
    return editor.textCursor().selectedText().replace("\u2029", "\n")


# What is about to be worked on


@pytest.mark.parametrize(
    ("at", "block"),
    [
        ("第一段，", "第一段，\n两行。"),
        ("两行。", "第一段，\n两行。"),
        ("- 二", "- 二"),
    ],
)
def test_the_block_under_the_caret_is_selected_whole(editor, changes, at, block):
    put_caret(editor, TEXT.index(at) + len(at))
    changes.select_block()
    assert selected(editor) == block


def test_of_two_blocks_of_the_same_words_the_one_at_the_caret(editor, changes):
    second = TEXT.rindex("同一句。")
    put_caret(editor, second + 1)
    changes.select_block()
    assert editor.textCursor().selectionStart() == second


def test_what_somebody_selected_stays_selected(editor, changes):
    put_caret(editor, 3, 6)
    changes.select_block()
    assert (editor.textCursor().selectionStart(), editor.textCursor().selectionEnd()) == (3, 6)


def test_between_blocks_nothing_is_selected(editor, changes):
    put_caret(editor, TEXT.index("\n\n第一段") + 1)
    changes.select_block()
    assert not editor.textCursor().hasSelection()


def test_without_a_note_nothing_is_selected(editor, changes):
    editor.show_nothing()
    changes.select_block()
    assert not editor.textCursor().hasSelection()


@given(st.integers(0, len(TEXT) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_from_anywhere_whole_lines_around_the_caret_are_selected_or_nothing(editor, changes, position):
    put_caret(editor, position)
    changes.select_block()
    cursor = editor.textCursor()
    if cursor.hasSelection():
        assert cursor.selectionStart() <= position <= cursor.selectionEnd()
        assert f"\n{TEXT}\n"[cursor.selectionStart()] == "\n"
        assert f"{TEXT}\n"[cursor.selectionEnd()] == "\n"
    else:
        assert position == cursor.position()


# While the copy is made


def test_an_answer_for_a_note_that_was_left_changes_no_other(editor, changes, told, tasks, show_note):
    place = anchor(editor, "两行。")
    changes.replace(place, "三行。")
    show_note("other.md", "别的笔记\n")
    assert tasks.settle()
    assert editor.document().text() == "别的笔记\n"
    assert told == ["refused"]


def test_an_insertion_for_a_note_that_was_left_goes_nowhere(editor, changes, tasks, show_note):
    changes.insert(anchor(editor, "两行。"), "more")
    show_note("other.md", "别的笔记\n")
    assert tasks.settle()
    assert editor.document().text() == "别的笔记\n"


def test_a_paragraph_for_the_note_that_was_left_goes_nowhere(editor, changes, tasks, show_note):
    changes.append("more")
    show_note("other.md", "别的笔记\n")
    assert tasks.settle()
    assert editor.document().text() == "别的笔记\n"


def test_an_insertion_stays_where_it_was_asked_for_though_the_caret_moves(editor, changes, tasks):
    place = anchor(editor, "- 一")
    changes.insert(place, "（新）")
    put_caret(editor, 0)
    assert tasks.settle()
    assert "- 一（新）\n- 二" in editor.document().text()


def test_two_answers_in_a_row_both_come_in(editor, changes, told, tasks):
    first, second = anchor(editor, "第一段，"), anchor(editor, "两行。")
    changes.replace(first, "一，")
    changes.replace(second, "二。")
    assert tasks.settle()
    assert "一，\n二。" in editor.document().text()
    assert told == ["replaced", "replaced"]


def test_the_same_answer_twice_is_refused_the_second_time(editor, changes, told, tasks):
    place = anchor(editor, "两行。")
    changes.replace(place, "三行。")
    changes.replace(place, "四行。")
    assert tasks.settle()
    assert told == ["replaced", "refused"]
    assert "三行。" in editor.document().text()
    assert "四行。" not in editor.document().text()


def test_a_note_that_may_not_be_written_is_left_alone(editor, changes, told, tasks):
    place = anchor(editor, "两行。")
    editor.setReadOnly(True)
    changes.replace(place, "三行。")
    changes.insert(None, "more")
    changes.append("more")
    assert tasks.settle()
    assert editor.document().text() == TEXT
    assert told == ["refused"]


def test_without_a_vault_the_note_is_changed_without_a_copy(editor, tasks, places):
    changes = NoteChanges(editor, lambda: None, tasks)
    changes.insert(anchor(editor, "两行。"), "more")
    assert "两行。more" in editor.document().text()
    assert not list(places.backups.rglob("*.md"))


def test_a_place_for_copies_that_cannot_be_made_leaves_the_note(editor, changes, told, tasks, places):
    places.backups.parent.mkdir(parents=True, exist_ok=True)
    places.backups.write_text("a file where the folder would be")
    changes.replace(anchor(editor, "两行。"), "三行。")
    assert tasks.settle()
    assert len(told) == 1
    assert isinstance(told[0], Exception)
    assert editor.document().text() == TEXT


# Notes of their own


def test_a_new_note_lies_in_the_folder_of_the_open_one(changes, told, tasks, show_note, vault):
    show_note("项目/二期/计划.md", "x")
    changes.new_note("价格", "每月十元\n\n\n")
    assert tasks.settle()
    assert told == ["项目/二期/价格.md"]
    assert (vault / "项目" / "二期" / "价格.md").read_text(encoding="utf-8") == "每月十元\n"


def test_notes_of_one_name_are_numbered_on(changes, told, tasks):
    for _ in range(3):
        changes.new_note("a", "x")
    assert tasks.settle()
    assert told == ["a.md", "a 2.md", "a 3.md"]


def test_without_a_vault_no_note_is_made(editor, tasks, vault):
    NoteChanges(editor, lambda: None, tasks).new_note("a", "x")
    assert tasks.settle()
    assert [file.name for file in vault.rglob("*.md")] == ["计划.md"]


def test_a_folder_that_became_a_file_is_told(changes, told, tasks, show_note, vault):
    (vault / "项目").write_text("a file")
    show_note("项目/计划.md", "x")
    changes.new_note("a", "x")
    assert tasks.settle()
    assert isinstance(told[0], NoteError)
