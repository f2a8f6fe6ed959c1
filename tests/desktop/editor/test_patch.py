"""Rewriting a document by the fewest changes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from desktop.editor.note_document import NoteDocument
from desktop.editor.patch import edits_between

lines = st.lists(st.sampled_from(["one", "two 😀", "三", "", "a\u00a0b"]), max_size=8).map("\n".join)


def applied(old, edits):
    for edit in reversed(list(edits)):
        old = old[: edit.start] + edit.text + old[edit.end :]
    return old


@given(lines, lines)
def test_the_edits_turn_the_old_text_into_the_new(old, new):
    assert applied(old, edits_between(old, new)) == new


@given(lines)
def test_equal_texts_need_no_edit(text):
    assert list(edits_between(text, text)) == []


def test_a_changed_word_is_all_that_is_touched():
    (edit,) = edits_between("a\nthe old word\nb", "a\nthe new word\nb")
    assert (edit.start, edit.end, edit.text) == (6, 9, "new")


@given(old=lines, new=lines)
@settings(max_examples=60)
def test_a_document_is_rewritten_in_one_undo_step(qapp, theme_once, old, new):
    document = NoteDocument(old, theme_once)
    changed = document.rewrite(new)
    assert document.text() == new
    assert changed == (old != new)
    document.undo()
    assert document.text() == old


def test_a_caret_stays_with_its_words(theme, qapp):
    document = NoteDocument("one\ntwo\nthree", theme)
    cursor = QTextCursor(document)
    cursor.setPosition(len("one\ntwo\nth"))
    document.rewrite("zero\none\nTWO\nthree")
    assert document.text()[: cursor.position()].endswith("\nth")


def test_rewriting_with_the_same_text_is_no_change(theme, qapp):
    document = NoteDocument("same", theme)
    assert not document.rewrite("same")
    assert not document.isModified()
