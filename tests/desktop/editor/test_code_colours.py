"""Code in sight gets its colours, and keeps them while the person types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from desktop.editor import code_colours
from desktop.editor.code_colours import CodeColours
from desktop.editor.note_document import NoteDocument
from tests.desktop.editor.test_highlighter import formats

CODE = '前言\n\n```python\ndef f():\n    return "文"\n```\n\nend'
DEF, RETURN = 3, 4


@pytest.fixture
def colours(editor, tasks):
    return CodeColours(editor, tasks)


@pytest.fixture
def note(colours, open_text, qtbot):
    """Show a text in sight, and return the editor."""

    def show(text):
        editor = open_text(text)
        with qtbot.waitExposed(editor):
            editor.show()
        return editor

    yield show
    colours._editor.show_nothing()


def colour_of(editor, line, words):
    return formats(editor.document(), line)[words].foreground().color()


def has(editor, line, words):
    return words in formats(editor.document(), line)


def test_code_in_sight_gets_colours_by_the_theme(note, theme, qtbot):
    editor = note(CODE)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    assert colour_of(editor, DEF, "def") == theme.colour("code_word")
    assert colour_of(editor, DEF, "f") == theme.colour("code_name")
    assert colour_of(editor, RETURN, '"文"') == theme.colour("code_text")
    assert not editor.document().isModified()
    theme.set_preference("dark")
    qtbot.waitUntil(lambda: colour_of(editor, DEF, "def") == theme.colour("code_word"))


def test_a_note_that_is_there_already_gets_colours_too(open_text, tasks, qtbot):
    editor = open_text(CODE)
    with qtbot.waitExposed(editor):
        editor.show()
    CodeColours(editor, tasks, editor)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    editor.show_nothing()


def test_colouring_is_no_change_of_the_text(note, qtbot):
    editor = note(CODE)
    version = editor.note.version
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    assert editor.note.version == version
    assert not editor.document().isUndoAvailable()


def test_a_key_keeps_the_colours_of_its_line_and_the_pause_brings_new_ones(note, theme, qtbot):
    editor = note(CODE)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    editor.go_to(RETURN + 1, 4)
    QTest.keyClicks(editor, "if x: ")
    assert colour_of(editor, RETURN, "return") == theme.colour("code_word")
    assert not has(editor, RETURN, "if")
    qtbot.waitUntil(lambda: has(editor, RETURN, "if"))
    assert colour_of(editor, RETURN, "return") == theme.colour("code_word")


def test_lines_above_move_the_colours_along(note, theme, qtbot):
    editor = note(CODE)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    editor.go_to(1)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert colour_of(editor, DEF + 1, "def") == theme.colour("code_word")
    QTextCursor(editor.document()).deleteChar()
    assert colour_of(editor, DEF, "def") == theme.colour("code_word")


def test_a_fence_that_is_closed_above_loses_its_colours(note, qtbot):
    editor = note(CODE)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    editor.go_to(3)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert not has(editor, DEF, "def")


def test_another_language_brings_other_colours(note, qtbot):
    editor = note("```text\nfunction x\n```")
    editor.go_to(1, 3)
    for _ in range(4):
        QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, "js")
    qtbot.waitUntil(lambda: has(editor, 1, "function"))


def test_a_language_that_nobody_knows_stays_plain_and_is_asked_for_once(
    note, colours, tasks, qtbot, monkeypatch
):
    asked = []
    monkeypatch.setattr(code_colours, "_find_lexer", asked.append)
    editor = note("```dataview\nTABLE x\n```\n\n```dataview\nTABLE y\n```")
    qtbot.waitUntil(lambda: asked == ["dataview"])
    tasks.settle()
    editor.go_to(2)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not colours._pause.isActive())
    assert asked == ["dataview"]


def test_what_was_coloured_before_is_not_read_again(note, colours, theme, qtbot, monkeypatch):
    editor = note(CODE)
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))
    monkeypatch.setattr(code_colours, "_begin_lexing", None)  # would fail if it were called
    editor.show_note("again.md", NoteDocument(CODE, theme, editor))
    qtbot.waitUntil(lambda: has(editor, DEF, "def"))


def test_only_so_many_fences_are_remembered(note, colours, qtbot, monkeypatch):
    monkeypatch.setattr(code_colours, "REMEMBERED", 2)
    editor = note("\n".join(f"```py\nif {n}\n```" for n in range(4)))
    qtbot.waitUntil(lambda: all(has(editor, 3 * n + 1, "if") for n in range(4)))
    assert len(colours._known) == 2


def test_a_note_that_is_left_stops_the_work_on_it(note, colours, qtbot):
    editor = note(CODE)
    qtbot.waitUntil(lambda: bool(colours._wanted))
    editor.show_nothing()
    assert not colours._slices.is_active
    assert not colours._pause.isActive()


def test_far_down_a_long_fence_colours_come_when_it_is_scrolled_to(note, qtbot):
    editor = note("```python\n" + "return 1\n" * 2000 + "```")
    qtbot.waitUntil(lambda: has(editor, 5, "return"))
    assert not has(editor, 1500, "return")
    editor.go_to(1500)
    qtbot.waitUntil(lambda: has(editor, 1500, "return"))
