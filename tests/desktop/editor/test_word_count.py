"""The count in the line at the bottom: both scripts, selection, long notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.concurrency import Cancelled, CancelToken
from core.text.counting import count_words
from desktop.editor import word_count
from desktop.editor.word_count import Tally, WordCount


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


@given(st.lists(st.text("ab1-'’.,\n\r 中文。", max_size=60), max_size=6))
def test_a_tally_agrees_with_counting_all_of_every_version(versions):
    tally = Tally()
    for text in versions:
        assert tally.count(text.split("\n"), CancelToken()) == count_words(text)


def test_only_lines_that_are_new_are_counted(monkeypatch):
    counted = []
    monkeypatch.setattr(word_count, "count_words", lambda line: counted.append(line) or 1)
    tally = Tally()
    assert tally.count(["one", "two", "one"], CancelToken()) == 3
    assert tally.count(["one", "three", "two"], CancelToken()) == 3
    assert counted == ["one", "two", "three"]


def test_a_count_that_nobody_wants_ends_and_what_was_known_stays(monkeypatch):
    tally, token = Tally(), CancelToken()
    tally.count(["one", "two"], CancelToken())
    token.cancel()
    with pytest.raises(Cancelled):
        tally.count(["one", "three"], token)
    monkeypatch.setattr(word_count, "count_words", lambda _line: pytest.fail("counted again"))
    assert tally.count(["two", "one"], CancelToken()) == 2
