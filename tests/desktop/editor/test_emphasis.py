"""Bold and italic by key: what is marked, what comes off again, and one undo back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from desktop.editor.emphasis import BOLD, ITALIC, toggle, toggled
from desktop.editor.positions import units


def marked(text, mark):
    """Toggle between the bars, and show them where the words are then."""
    start, end = text.index("|"), text.rindex("|")
    line = text.replace("|", "")
    new, begin, stop = toggled(line, start, max(start, end - 1) if end > start else start, mark)
    return f"{new[:begin]}|{new[begin:stop]}|{new[stop:]}"


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("a |词 b| c", BOLD, "a **|词 b|** c"),
        ("a **|词 b|** c", BOLD, "a |词 b| c"),
        ("a |**词**| c", BOLD, "a |词| c"),
        ("a | b | c", BOLD, "a  **|b|**  c"),
        ("|a|", ITALIC, "*|a|*"),
        ("**|a|**", ITALIC, "***|a|***"),
        ("***|a|***", ITALIC, "**|a|**"),
        ("***|a|***", BOLD, "*|a|*"),
        ("*|a|*", BOLD, "***|a|***"),
        ("one tw|o", BOLD, "one **|two|**"),
        ("one **tw|o**", BOLD, "one |two|"),
        ("don't| x", ITALIC, "*|don't|* x"),
        ("中文|中文", BOLD, "中文**||**中文"),
        ("中**|**文", BOLD, "中||文"),
        ("|", BOLD, "**||**"),
    ],
)
def test_words_are_marked_and_plain_again(before, mark, after):
    assert marked(before, mark) == after


@given(st.text("ab 词*", max_size=12), st.data(), st.sampled_from([BOLD, ITALIC]))
def test_nothing_but_stars_comes_or_goes(line, data, mark):
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    new, begin, stop = toggled(line, start, end, mark)
    assert new.replace("*", "") == line.replace("*", "")
    assert abs(len(new) - len(line)) == 2 * len(mark)
    assert 0 <= begin <= stop <= len(new)


def select(editor, start, end):
    cursor = editor.textCursor()
    cursor.setPosition(units(start))
    cursor.setPosition(units(start + end), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def test_it_is_one_undo_step_and_keeps_the_selection(open_text):
    editor = open_text("😀 two words")
    select(editor, "😀 ", "two")
    assert toggle(editor, BOLD)
    assert editor.document().text() == "😀 **two** words"
    assert editor.textCursor().selectedText() == "two"
    assert toggle(editor, BOLD)
    assert editor.document().text() == "😀 two words"
    editor.undo()
    editor.undo()
    assert editor.document().text() == "😀 two words"
    assert not editor.document().isUndoAvailable()


def test_of_several_lines_the_words_of_each_are_marked(open_text):
    text = "# 标题\n\n- [ ] one\n> two\nthree"
    editor = open_text(text)
    select(editor, "", text)
    toggle(editor, BOLD)
    assert editor.document().text() == "# **标题**\n\n- [ ] **one**\n> **two**\n**three**"
    editor.undo()
    assert editor.document().text() == text


def test_a_note_that_is_only_shown_stays_as_it_is(open_text):
    editor = open_text("one")
    editor.setReadOnly(True)
    assert not toggle(editor, BOLD)
    assert editor.document().text() == "one"


@pytest.mark.parametrize(("keys", "after"), [("Ctrl+B", "**one**"), ("Ctrl+I", "*one*")])
def test_the_keys(keys, after, theme, qtbot):
    from desktop.editor.note_document import NoteDocument
    from desktop.editor.note_page import NotePage

    page = NotePage(theme)
    qtbot.addWidget(page)
    page.editor.show_note("a.md", NoteDocument("one", theme, page))
    page.editor.setReadOnly(False)
    page.show_editor(True)
    with qtbot.waitActive(page):
        page.show()
    page.editor.setFocus()
    qtbot.waitUntil(page.editor.hasFocus)
    next(action for action in page.actions() if action.shortcut().toString() == keys).trigger()
    assert page.editor.document().text() == after
