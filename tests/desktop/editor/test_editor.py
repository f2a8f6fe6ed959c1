"""The editor: keys, undo, context, places, clipboard."""

import sys

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.editor.links import LinkTarget


def select(editor, start, end):
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def put_caret(editor, position):
    select(editor, position, position)


def text(editor):
    return editor.document().text()


def test_with_no_note_open_there_is_no_context(editor):
    assert editor.context() is None
    assert editor.path == ""
    assert editor.isReadOnly()


def test_the_context_is_what_a_request_sees(open_text):
    editor = open_text("---\ntitle: The plan\n---\n# Top\n\n## 时间\nfirst line\nsecond 😀 line\n\nlast")
    start = editor.toPlainText().index("second")
    select(editor, start, start + len("second"))
    context, anchor = editor.context()
    assert context.path == "note.md"
    assert context.title == "The plan"
    assert context.heading_path == ("Top", "时间")
    assert context.block == "first line\nsecond 😀 line"
    assert context.selection == "second"
    assert context.before.endswith("first line\n")
    assert context.after == " 😀 line\n\nlast"
    assert anchor.text == "second"


def test_the_title_is_the_first_heading_else_the_file_name(open_text):
    assert open_text("words\n# 标题\n").context()[0].title == "标题"
    assert open_text("words").context()[0].title == "note"


def test_the_surroundings_are_cut_to_what_a_request_may_hold(open_text):
    editor = open_text("😀" * 3000)
    put_caret(editor, 3001)  # between two surrogate pairs' halves lies no place to cut
    context, _ = editor.context()
    assert set(context.before) == {"😀"}
    assert len(context.before) <= 2000
    assert set(context.after) == {"😀"}


def test_an_insert_is_one_undo_step(open_text):
    editor = open_text("before after")
    put_caret(editor, 7)
    assert editor.insert_at(None, "one\ntwo\n\nthree ")
    assert text(editor) == "before one\ntwo\n\nthree after"
    editor.undo()
    assert text(editor) == "before after"


def test_an_insert_leaves_the_selection_alone(open_text):
    editor = open_text("keep this")
    select(editor, 0, 4)
    editor.insert_at(None, "!")
    assert text(editor) == "keep! this"


def test_the_caret_stands_behind_what_was_inserted(open_text):
    editor = open_text("ab")
    put_caret(editor, 1)
    editor.insert_at(None, "中文")
    assert editor.textCursor().position() == 3


def test_a_replacement_is_one_undo_step(open_text):
    editor = open_text("one two three")
    select(editor, 4, 7)
    _, anchor = editor.context()
    put_caret(editor, 0)
    assert editor.replace(anchor, "2\n二")
    assert text(editor) == "one 2\n二 three"
    editor.undo()
    assert text(editor) == "one two three"


def test_a_replacement_finds_its_words_after_typing_elsewhere(open_text):
    editor = open_text("one two three")
    select(editor, 4, 7)
    _, anchor = editor.context()
    put_caret(editor, 0)
    QTest.keyClicks(editor, "zero ")
    put_caret(editor, len("zero one two three"))
    QTest.keyClicks(editor, " four")
    assert editor.replace(anchor, "2")
    assert text(editor) == "zero one 2 three four"


def test_what_is_typed_beside_the_selection_does_not_join_it(open_text):
    editor = open_text("one two three")
    select(editor, 4, 7)
    _, anchor = editor.context()
    put_caret(editor, 4)
    QTest.keyClicks(editor, "<")
    put_caret(editor, 8)
    QTest.keyClicks(editor, ">")
    assert editor.replace(anchor, "2")
    assert text(editor) == "one <2> three"


def test_a_replacement_that_was_undone_can_be_made_again(open_text):
    editor = open_text("第一行：数据库很好。👍\n\nKeep this.\n")
    select(editor, 0, 12)
    _context, anchor = editor.context()
    for new in ("第一行：数据库相当不错。👍", "短", "两段\n\n更长的文字"):
        before = text(editor)
        assert editor.replace(anchor, new)
        assert text(editor) != before
        editor.undo()
        assert text(editor) == before
    editor.redo()
    assert not editor.replace(anchor, "another")


def test_a_replacement_is_refused_when_its_words_have_changed(open_text):
    editor = open_text("one two three")
    select(editor, 4, 7)
    _, anchor = editor.context()
    put_caret(editor, 5)
    QTest.keyClicks(editor, "x")
    assert not editor.replace(anchor, "2")
    assert text(editor) == "one txwo three"


def test_an_anchor_of_another_note_is_refused(open_text):
    editor = open_text("first note")
    select(editor, 0, 5)
    _, anchor = editor.context()
    open_text("first other note")
    assert not editor.replace(anchor, "x")
    assert not editor.insert_at(anchor, "x")
    assert text(editor) == "first other note"


def test_nothing_is_put_into_a_note_that_is_only_shown(open_text):
    editor = open_text("words")
    editor.setReadOnly(True)
    assert not editor.insert_at(None, "x")
    assert text(editor) == "words"


def test_no_break_spaces_survive_typing_and_copying(open_text):
    editor = open_text("10\u00a0000 people")
    put_caret(editor, 0)
    QTest.keyClicks(editor, "a ")
    assert text(editor) == "a 10\u00a0000 people"
    editor.selectAll()
    editor.copy()
    assert QApplication.clipboard().text() == "a 10\u00a0000 people"


def test_pasted_line_ends_are_folded(open_text):
    editor = open_text("")
    data = QMimeData()
    data.setText("one\r\ntwo\u00a0three")
    editor.insertFromMimeData(data)
    assert text(editor) == "one\ntwo\u00a0three"
    editor.undo()
    assert text(editor) == ""


def test_enter_goes_on_with_a_list_and_twice_ends_it(open_text):
    editor = open_text("1. one 😀")
    put_caret(editor, len("1. one 😀") + 1)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == "1. one 😀\n2. "
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == "1. one 😀\n"


def test_enter_in_the_middle_of_an_item_splits_it(open_text):
    editor = open_text("- onetwo")
    put_caret(editor, 5)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == "- one\n- two"


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("- one", "  "),
        ("1. 一", "   "),
        ("    - [ ] deep", "      "),
        ("text", ""),
        ("  in", "  "),
        ("> - q", "> - q"[:2] + "  "),
    ],
)
def test_shift_enter_begins_a_line_of_the_same_item(open_text, line, below):
    editor = open_text(line)
    put_caret(editor, len(line))
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert text(editor) == f"{line}\n{below}"
    editor.undo()
    assert text(editor) == line


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n"),
        ("a\n\n", "a\n\n\n"),
        ("    code", "    code\n    "),
        ("\tx", "\tx\n\t"),
        ("a\n    ", "a\n    \n"),
    ],
)
def test_enter_keeps_the_indentation_and_is_one_undo_step(open_text, before, after):
    editor = open_text(before)
    put_caret(editor, len(before))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == after
    editor.undo()
    assert text(editor) == before
    assert not editor.document().isUndoAvailable()
    editor.redo()
    assert text(editor) == after


def test_enter_takes_the_place_of_a_selection(open_text):
    editor = open_text("  one two")
    put_caret(editor, 5)
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(editor) == "  one\n  "
    editor.undo()
    assert text(editor) == "  one two"


@pytest.mark.parametrize("line", ["text", "- item"])
def test_enter_keeps_the_caret_in_sight(open_text, line):
    editor = open_text(line)
    put_caret(editor, len(line))
    for _ in range(80):
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, "x")
    assert editor.viewport().rect().contains(editor.cursorRect())


def test_tab_moves_a_list_item_and_backtab_moves_it_back(open_text):
    editor = open_text("- one\n- two")
    put_caret(editor, 8)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "- one\n    - two"
    QTest.keyClick(editor, Qt.Key.Key_Backtab)
    assert text(editor) == "- one\n- two"


def test_tab_moves_all_selected_lines_in_one_undo_step(open_text):
    editor = open_text("a\nb\nc")
    select(editor, 0, 3)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "    a\n    b\nc"
    editor.undo()
    assert text(editor) == "a\nb\nc"


def test_tab_in_a_paragraph_is_a_tab(open_text):
    editor = open_text("ab")
    put_caret(editor, 1)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert text(editor) == "a\tb"


def test_chinese_input_composes_and_commits(open_text):
    editor = open_text("你")
    put_caret(editor, 1)
    QApplication.sendEvent(editor, QInputMethodEvent("hao", []))
    assert text(editor) == "你"
    commit = QInputMethodEvent("", [])
    commit.setCommitString("好")
    QApplication.sendEvent(editor, commit)
    assert text(editor) == "你好"


@pytest.mark.skipif(sys.platform == "darwin", reason="there Option types what stands on a key")
def test_alt_and_a_key_that_nobody_knows_types_nothing(open_text):
    editor = open_text("ab")
    QTest.keyClick(editor, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.AltModifier)
    assert text(editor) == "ab"


@pytest.mark.parametrize(("line", "column", "position"), [(1, 0, 0), (2, 2, 6), (99, 0, 6)])
def test_going_to_a_line_counts_code_points(open_text, line, column, position):
    editor = open_text("one\n😀b" if line != 99 else "one\ntw")
    editor.go_to(line, column)
    expected = {0: 0, 6: len("one\n") + 3 if line == 2 else len("one\n")}[position]
    assert editor.textCursor().position() == expected


def test_a_line_far_down_comes_into_sight(open_text, qtbot):
    editor = open_text("\n".join(f"line {n}" for n in range(2000)))
    with qtbot.waitExposed(editor):
        editor.show()
    editor.go_to(1500)
    assert editor.line() == 1500
    assert editor.viewport().rect().contains(editor.cursorRect())


def test_lines_that_come_in_above_do_not_move_what_is_read(open_text, qtbot):
    editor = open_text("\n".join(f"line {n}" for n in range(400)))
    with qtbot.waitExposed(editor):
        editor.show()
    editor.go_to(200)
    top = editor.firstVisibleBlock().text()
    document = editor.document()
    document.rewrite("new\n" * 30 + document.text().replace("line 100\n", ""))
    assert editor.firstVisibleBlock().text() == top


def test_ctrl_click_opens_the_link_under_it(open_text, qtbot):
    editor = open_text("see [[发布计划#时间]] there")
    with qtbot.waitExposed(editor):
        editor.show()
    cursor = editor.textCursor()
    cursor.setPosition(8)
    place = editor.cursorRect(cursor).center()
    with qtbot.waitSignal(editor.link_activated) as signal:
        QTest.mouseClick(
            editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
        )
    assert signal.args == [LinkTarget(note="发布计划", anchor="时间")]


def test_with_ctrl_held_a_link_is_pointed_at(open_text, qtbot):
    editor = open_text("see [[发布计划]] and words")
    with qtbot.waitExposed(editor):
        editor.show()

    def shape_over(position, modifier):
        cursor = editor.textCursor()
        cursor.setPosition(position)
        place = QPointF(editor.cursorRect(cursor).center())
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(
            QEvent.Type.MouseMove, place, editor.viewport().mapToGlobal(place), none, none, modifier
        )
        QApplication.sendEvent(editor.viewport(), move)
        return editor.viewport().cursor().shape()

    ctrl, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
    assert shape_over(8, ctrl) == Qt.CursorShape.PointingHandCursor
    assert shape_over(8, none) == Qt.CursorShape.IBeamCursor
    assert shape_over(17, ctrl) == Qt.CursorShape.IBeamCursor


def test_a_plain_click_opens_nothing(open_text, qtbot):
    editor = open_text("[[a]] [[b]]")
    with qtbot.waitExposed(editor):
        editor.show()
    with qtbot.assertNotEmitted(editor.link_activated):
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))


def test_the_column_is_no_wider_than_reads_well_and_in_the_middle(open_text, qtbot):
    editor = open_text("words")
    editor.resize(1400, 600)
    with qtbot.waitExposed(editor):
        editor.show()
    assert editor.viewport().width() <= 42 * 15 + 15
    left, right = editor.viewport().x(), editor.width() - editor.viewport().geometry().right()
    assert abs(left - right) < 30


def test_a_note_opened_out_of_sight_is_as_wide_as_its_column_when_it_is_shown(open_text, qtbot):
    editor = open_text("many words " * 80)
    with qtbot.waitExposed(editor):
        editor.show()
    layout = editor.document().firstBlock().layout()
    assert layout.lineAt(0).width() <= editor.viewport().width()


def test_lines_of_both_scripts_are_equally_high(open_text, qtbot):
    editor = open_text("English words\n中文段落\nboth 两种 😀\n")
    with qtbot.waitExposed(editor):
        editor.show()
    block, heights = editor.document().firstBlock(), set()
    while block.isValid():
        heights.add(block.layout().lineAt(0).height())
        block = block.next()
    assert heights == {24.0}  # 1.6 x 15


def test_resting_the_caret_is_reported_once(open_text, qtbot):
    editor = open_text("some words")
    qtbot.waitSignal(editor.context_changed).wait()
    with qtbot.waitSignal(editor.context_changed):
        QTest.keyClicks(editor, "abc")


def test_scrolling_over_the_margin_scrolls_the_note(open_text, qtbot):
    editor = open_text("\n".join(map(str, range(500))))
    editor.resize(1400, 400)
    with qtbot.waitExposed(editor):
        editor.show()
    before = editor.verticalScrollBar().value()
    place = QPoint(30, 200)
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    wheel = QWheelEvent(
        QPointF(place),
        QPointF(editor.mapToGlobal(place)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, wheel)
    assert editor.verticalScrollBar().value() > before
