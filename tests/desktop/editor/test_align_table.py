"""Aligning the table under the caret: one undo step, only rows that change, the caret in its row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.editor.align_table import align_table

TABLE = "words\n\n| 名 | b |\n|---|---|\n| 1 | 发布 |\n\nafter"
ALIGNED = "words\n\n| 名  | b    |\n| --- | ---- |\n| 1   | 发布 |\n\nafter"


def test_the_table_round_the_caret_is_aligned_in_one_undo_step(open_text):
    editor = open_text(TABLE)
    editor.go_to(5, 3)
    assert align_table(editor)
    assert editor.document().text() == ALIGNED
    assert (editor.line(), editor.textCursor().positionInBlock()) == (5, 3)
    assert not align_table(editor)
    editor.undo()
    assert editor.document().text() == TABLE


def test_what_is_typed_afterwards_goes_on(open_text):
    editor = open_text(TABLE)
    editor.go_to(5, len("| 1 | 发布 |"))
    assert align_table(editor)
    QTest.keyClicks(editor, " ab")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "| 2")
    assert "发布 | ab\n| 2\n" in editor.document().text()
    assert not editor.textCursor().hasSelection()


@pytest.mark.parametrize(
    ("column", "before"),
    [(0, ""), (1, "|"), (2, "| "), (3, "| 1"), (5, "| 1   |"), (7, "| 1   | 发"), (10, "| 1   | 发布 |")],
)
def test_the_caret_stays_behind_the_same_words(open_text, column, before):
    editor = open_text(TABLE)
    editor.go_to(5, column)
    assert align_table(editor)
    assert editor.textCursor().block().text()[: editor.textCursor().positionInBlock()] == before


def test_outside_of_a_table_and_in_code_nothing_happens(open_text):
    editor = open_text(TABLE)
    assert not align_table(editor)
    editor = open_text("```\n|a|\n|-|\n|b|\n```")
    editor.go_to(2)
    assert not align_table(editor)
    assert "|a|" in editor.document().text()


def test_the_key_aligns(open_text, theme, qtbot):
    from desktop.editor.note_document import NoteDocument
    from desktop.editor.note_page import NotePage

    page = NotePage(theme)
    qtbot.addWidget(page)
    page.editor.show_note("a.md", NoteDocument(TABLE, theme, page))
    page.editor.setReadOnly(False)
    page.editor.go_to(3)
    page.align_action.trigger()
    assert page.editor.document().text() == ALIGNED
