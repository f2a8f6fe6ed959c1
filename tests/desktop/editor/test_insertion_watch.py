"""A text that an answer put into a note is followed: left alone, changed, taken back, brought again."""

import pytest
from PySide6.QtGui import QTextCursor

from core.session.model import Outcome
from desktop.editor.insertion_watch import MOST, InsertionWatch


@pytest.fixture
def watch(editor):
    watch = InsertionWatch(editor)
    watch.told = []
    watch.seen.connect(lambda trace, outcome, text: watch.told.append((trace, outcome, text)))
    return watch


@pytest.fixture
def put(editor, watch):
    """Put a text into the note as an answer does."""

    def put(text, trace="t", at=None):
        if at is not None:
            cursor = editor.textCursor()
            cursor.setPosition(at)
            editor.setTextCursor(cursor)
        watch.expect(trace, text)
        editor.insert_at(None, text)

    return put


def type_at(editor, position, text):
    cursor = editor.textCursor()
    cursor.setPosition(position)
    cursor.insertText(text)


def told(watch):
    watch.look()
    found, watch.told[:] = list(watch.told), []
    return found


def test_what_is_left_as_it_came_is_not_told_again(editor, open_text, put, watch):
    open_text("前文。")
    put("公测三月开始。")
    assert told(watch) == []


def test_a_change_within_is_an_edit_with_what_it_became(editor, open_text, put, watch):
    open_text("前文。")
    put("公测三月开始。", at=3)
    type_at(editor, 7, "一日")
    assert told(watch) == [("t", Outcome.EDITED, "公测三月一日开始。")]
    assert told(watch) == []
    type_at(editor, 0, "elsewhere ")
    assert told(watch) == []


def test_typing_right_before_and_right_behind_is_no_edit(editor, open_text, put, watch):
    open_text("AB")
    put("middle", at=1)
    type_at(editor, 1, "before ")
    type_at(editor, 1 + len("before middle"), " behind")
    assert editor.document().text() == "Abefore middle behindB"
    assert told(watch) == []


def test_changes_elsewhere_are_no_edit(editor, open_text, put, watch):
    open_text("one\n\ntwo\n")
    put("鱼🐟𠮷\nsecond line", at=5)
    type_at(editor, 0, "🐟🐟 ")
    assert told(watch) == []


def test_undo_is_a_refusal_and_redo_takes_it_back(editor, open_text, put, watch):
    open_text("前文。\n")
    put("公测三月开始。", at=4)
    editor.undo()
    assert told(watch) == [("t", Outcome.REFUSED, "")]
    editor.redo()
    assert told(watch) == [("t", Outcome.INSERTED, "公测三月开始。")]


def test_deleting_it_all_is_a_refusal(editor, open_text, put, watch):
    open_text("AB")
    put("middle", at=1)
    cursor = editor.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(7, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    assert told(watch) == [("t", Outcome.REFUSED, "")]


def test_white_space_that_an_insert_brings_along_does_not_count(editor, open_text, put, watch):
    open_text("x")
    put("\n\nA paragraph.\n\n", at=1)
    assert told(watch) == []


def test_it_is_told_by_itself_some_time_after_the_last_change(editor, open_text, put, watch, qtbot):
    watch._settling.setInterval(10)
    open_text("AB")
    put("middle", at=1)
    with qtbot.waitSignal(watch.seen) as got:
        type_at(editor, 3, "!")
    assert got.args == ["t", Outcome.EDITED, "mi!ddle"]


def test_two_texts_are_followed_apart(editor, open_text, put, watch):
    open_text("AB")
    put("first", "t1", at=1)
    put("second", "t2", at=6)
    type_at(editor, 8, "-")
    assert told(watch) == [("t2", Outcome.EDITED, "se-cond")]


def test_a_text_that_never_came_is_forgotten_with_the_next(editor, open_text, put, watch):
    open_text("AB")
    watch.expect("gone", "never put anywhere")
    put("middle", "t", at=1)
    assert [one.trace_id for one in watch._watched] == ["t"]


def test_without_a_trace_or_words_nothing_is_followed(editor, watch):
    watch.expect("", "words")
    watch.expect("t", " \n")
    assert watch._watched == []


def test_only_the_latest_are_followed(editor, open_text, put, watch):
    open_text("\n")
    for n in range(MOST + 5):
        put(f"text number {n} ", f"t{n}", at=0)
    assert len(watch._watched) == MOST
    assert watch._watched[-1].trace_id == f"t{MOST + 4}"


def test_a_replaced_selection_is_followed_as_well(editor, open_text, watch):
    open_text("We open in May.")
    cursor = editor.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    editor.setTextCursor(cursor)
    _, anchor = editor.context()
    watch.expect("t", "We open in March.")
    assert editor.replace(anchor, "We open in March.")
    type_at(editor, 2, " may")
    assert told(watch) == [("t", Outcome.EDITED, "We may open in March.")]
