"""Every character of a note comes back out of the document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.editor.document_text import document_text, for_document, from_document, selected_text

odd = st.sampled_from(
    "a b中\u00a0\u202f\u2028\u2029\u200b\ufeff\ufffc\ufdd0\ufdd1\r\n\t\x0b\x0c\x85😀e\u0301"
)


def loaded(text):
    document = QTextDocument()
    document.setPlainText(for_document(text))
    return document


@given(st.text(odd, max_size=40))
@settings(max_examples=150)
def test_a_document_gives_back_what_it_was_given(text):
    assert document_text(loaded(text)) == text


@pytest.mark.parametrize("text", ["", "\n", "a\u00a0b", "x\u2029y\nz", "第一行\n\n第三行\n"])
def test_line_numbers_are_those_of_the_file(text):
    assert loaded(text).blockCount() == text.count("\n") + 1


def test_a_selection_keeps_no_break_spaces_and_line_ends():
    document = loaded("one\u00a0two\nthree")
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert selected_text(cursor) == "one\u00a0two\nthree"


def test_every_character_of_the_first_plane_survives():
    characters = [chr(c) for c in range(0x10000) if not 0xD800 <= c <= 0xDFFF and not 0xFDD2 <= c <= 0xFDD7]
    text = "".join(characters)
    assert document_text(loaded(text)) == text
    assert document_text(loaded("\ufffe" + text)) == "\ufffe" + text


@given(st.text(max_size=60).filter(lambda text: not set(text) & {chr(c) for c in range(0xFDD2, 0xFDD8)}))
def test_the_two_ways_undo_each_other(text):
    assert from_document(for_document(text)) == text
