"""The lines that are kept while a note changes, against the note itself."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from desktop.editor.note_document import NoteDocument

pieces = st.lists(
    st.sampled_from(
        ["one", "二三", "😀", "\n", "\n\n", "a\u00a0b", "\r", "\u2029", "\ufdd0", "\ufeff", "# x"]
    ),
    max_size=8,
).map("".join)
places = st.floats(0, 1)
edits = st.one_of(
    st.tuples(st.just("replace"), places, places, pieces),
    st.tuples(st.just("rewrite"), pieces),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("style"), places),
    st.tuples(st.just("twice"), places, places, pieces),
)


def selected(document, start, end):
    last = document.characterCount() - 1
    cursor = QTextCursor(document)
    cursor.setPosition(int(start * last))
    cursor.setPosition(int(end * last), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def carry_out(document, edit):
    match edit:
        case "replace", start, end, text:
            selected(document, start, end).insertText(text)
        case "rewrite", text:
            document.rewrite(text)
        case "undo" | "redo" as step, *_:
            getattr(document, step)()
        case "style", place:
            line = int(place * (document.blockCount() - 1))
            document.highlighter.style(line, line)
        case "twice", first, second, text:  # two places in one undo step, as *replace all* does it
            cursor = selected(document, first, first)
            cursor.beginEditBlock()
            cursor.insertText(text)
            selected(document, second, second).insertText(f"\n{text}")
            cursor.removeSelectedText()
            cursor.endEditBlock()


@given(text=pieces, steps=st.lists(edits, max_size=12))
@settings(max_examples=150, deadline=None)
def test_they_are_those_of_the_text_whatever_happens_to_it(qapp, theme_once, text, steps):
    document = NoteDocument(text, theme_once)
    for step in steps:
        carry_out(document, step)
        lines, _ = document.outline()
        assert lines == document.text().split("\n")


def test_a_line_given_away_stays_as_it_was(qapp, theme_once):
    document = NoteDocument("one\ntwo", theme_once)
    before, _ = document.outline()
    selected(document, 0, 1).insertText("three")
    assert before == ["one", "two"]
    assert document.outline()[0] == ["three"]
