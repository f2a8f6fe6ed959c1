"""The count in the line at the bottom: both scripts, selection, long notes."""

import pytest

from desktop.editor.word_count import WordCount


@pytest.fixture
def count(editor, tasks, qtbot):
    label = WordCount(editor, tasks)
    qtbot.addWidget(label)
    yield label
    editor.show_nothing()  # as closing the window does, before its tasks end


def test_words_of_both_scripts_are_counted(count, open_text, qtbot):
    open_text("# Plan\n\n我们在三月发布 beta。")
    qtbot.waitUntil(lambda: count.text() == "9 words")


def test_a_selection_is_counted_alone(count, open_text, qtbot):
    editor = open_text("one two three four")
    qtbot.waitUntil(lambda: count.text() == "4 words")
    cursor = editor.textCursor()
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: count.text() == "2 words selected")
    cursor.clearSelection()
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: count.text() == "4 words")


def test_a_long_note_is_counted_in_pieces(count, open_text, qtbot):
    open_text("two words\n" * 20_000)
    qtbot.waitUntil(lambda: count.text() == "40\u202f000 words")


def test_nothing_is_said_without_a_note(count, editor, open_text, qtbot):
    open_text("words")
    qtbot.waitUntil(lambda: bool(count.text()))
    editor.show_nothing()
    qtbot.waitUntil(lambda: not count.text())
