"""Keys that spare a writer work: moving lines, ticking tasks, cells of tables, pairs and links."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.editor.line_moves import move_down, move_up
from desktop.editor.linking import follow_link, insert_link, link_to
from desktop.editor.tables import cells
from desktop.editor.tasks_done import toggle_tasks, toggled

TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def text(editor):
    return editor.document().text()


def shown(editor):
    """The text with `^` where the caret is, or on both sides of the selection."""
    cursor, data = editor.textCursor(), text(editor).encode("utf-16-le")
    places = sorted({cursor.anchor(), cursor.position()})
    cuts = zip([0, *places], [*places, len(data) // 2], strict=True)
    return "^".join(data[2 * a : 2 * b].decode("utf-16-le") for a, b in cuts)


def paste(editor, words):
    data = QMimeData()
    data.setText(words)
    editor.insertFromMimeData(data)


def strike(editor, sign):
    plain = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, 0, plain, sign))


# Moving lines

DOWN = [
    ("a^b\nc", "c\na^b"),
    ("^a\n\nb", "\n^a\nb"),
    ("a\nb😀^\nc\nd", "a\nc\nb😀^\nd"),
    ("^a\nb^\nc", "c\n^a\nb^"),
    ("^a\nb\n^c\nd", "c\n^a\nb\n^d"),
    ("- a^\n- b\n- c", "- b\n- a^\n- c"),
    ("- a^\n\t- x\n- b\n\t- y\n- c", "- b\n\t- y\n- a^\n\t- x\n- c"),
    ("- a\n\t- x^\n\t\tid:: 1\n\t- y\n- b", "- a\n\t- y\n\t- x^\n\t\tid:: 1\n- b"),
    ("a\u2028^b\nc\u00a0", "c\u00a0\na\u2028^b"),
]


@pytest.mark.parametrize(("before", "after"), DOWN)
def test_lines_move_down_and_up_again_each_in_one_undo_step(at, before, after):
    editor = at(before)
    assert editor.change(move_down)
    assert shown(editor) == after
    editor.undo()
    assert text(editor) == before.replace("^", "")
    editor.redo()
    editor = at(after)
    assert editor.change(move_up)
    assert shown(editor) == before


@pytest.mark.parametrize(("before", "move"), [("a\nb^", move_down), ("a^\nb", move_up), ("^", move_down)])
def test_there_is_nothing_beyond_the_first_and_the_last_line(at, before, move):
    editor = at(before)
    assert not editor.change(move)
    assert not editor.document().isUndoAvailable()


def test_a_child_that_leaves_its_parent_goes_a_line_at_a_time(at):
    editor = at("- a\n\t- x^\n- b\n\t- y")
    assert editor.change(move_down)
    assert shown(editor) == "- a\n- b\n\t- x^\n\t- y"


@given(
    st.lists(
        st.sampled_from(["- a", "\t- b", "\t\t- c", "", "plain", "1. 一", "  more"]), min_size=1, max_size=7
    ),
    st.integers(0, 6),
    st.lists(st.booleans(), max_size=6),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_moving_keeps_every_line_and_undo_brings_the_order_back(at, lines, place, moves):
    lines = [f"{line} {number}" for number, line in enumerate(lines)]
    place = min(place, len(lines) - 1)
    editor = at("\n".join([*lines[:place], "^" + lines[place], *lines[place + 1 :]]))
    made = sum(editor.change(move_up if up else move_down) for up in moves)
    assert sorted(text(editor).split("\n")) == sorted(lines)
    assert text(editor).split("\n")[editor.line() - 1] == lines[place]
    for _ in range(made):
        editor.undo()
    assert text(editor).split("\n") == lines


# Tasks


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        (["- [ ] a"], ["- [x] a"]),
        (["- [x] a"], ["- [ ] a"]),
        (["1. [X] a"], ["1. [ ] a"]),
        (["- a"], ["- [ ] a"]),
        (["words"], ["- [ ] words"]),
        (["\t- 买牛奶"], ["\t- [ ] 买牛奶"]),
        (["> - [ ] a"], ["> - [x] a"]),
        (["- TODO a"], ["- DONE a"]),
        (["\t- DOING a"], ["\t- DONE a"]),
        (["- DONE a"], ["- TODO a"]),
        (["- [ ] a", "- [x] b"], ["- [x] a", "- [x] b"]),
        (["- [x] a", "- [x] b"], ["- [ ] a", "- [ ] b"]),
        (["- [ ] a", "b"], ["- [ ] a", "- [ ] b"]),
        (["- [link](x) a"], ["- [ ] [link](x) a"]),
        (["- TODOS"], ["- [ ] TODOS"]),
    ],
)
def test_tasks_are_ticked_off_and_lines_become_tasks(lines, after):
    assert toggled(lines) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a^b", "- [x] a^b"),
        ("😀 a^b", "- [ ] 😀 a^b"),
        ("^- a\n\n- [ ] b^", "^- [ ] a\n\n- [ ] b^"),
        ("- TODO a^", "- DONE a^"),
    ],
)
def test_ticking_is_one_undo_step_and_the_caret_stays_at_its_words(at, before, after):
    editor = at(before)
    assert editor.change(toggle_tasks)
    assert shown(editor) == after
    editor.undo()
    assert text(editor) == before.replace("^", "")


@given(st.lists(st.sampled_from(["- [ ] a", "- [x] b", "1. [X] 一", "\t- TODO c", "> - DONE d"]), min_size=1))
def test_ticked_twice_tasks_are_all_open_or_all_as_they_were_done(lines):
    once = toggled(lines)
    assert toggled(toggled(once)) == [line.replace("[X]", "[x]") for line in once]
    assert len({"x]" in line.lower() or "DONE" in line for line in once}) == 1


def test_a_task_of_a_windows_selection_keeps_what_else_is_in_the_line(at):
    editor = at("^- [ ] 给老王\u00a0打电话 [x] ^\n")
    assert editor.change(toggle_tasks)
    assert text(editor) == "- [x] 给老王\u00a0打电话 [x] \n"


def test_an_empty_line_is_no_task(at):
    editor = at("^")
    assert not editor.change(toggle_tasks)
    assert text(editor) == ""


# Cells of tables

TABLE = "| a | b |\n|---|---|\n| one | two |"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("| a^ | b |\n|---|---|\n| one | two |", TAB, "| a | b^ |\n|---|---|\n| one | two |"),
        ("| a | b^ |\n|---|---|\n| one | two |", TAB, "| a | b |\n|---|---|\n| one^ | two |"),
        ("| a | b |\n|---|---|\n| one^ | two |", BACKTAB, "| a | b^ |\n|---|---|\n| one | two |"),
        ("| ^a | b |\n|---|---|", BACKTAB, "| ^a | b |\n|---|---|"),
        (TABLE[:-2] + "^ |", TAB, TABLE + "\n| ^ |  |"),
        ("| a | b |\n|---|---|\n|^  |  |\nend", TAB, "| a | b |\n|---|---|\n|  | ^ |\nend"),
        ("| 甲😀^ | [[x|y]] |\n|-|-|", TAB, "| 甲😀 | [[x|y]]^ |\n|-|-|"),
        ("| a ^| b\n|-|-|\n| c | d", TAB, "| a | b^\n|-|-|\n| c | d"),
        ("| a^ | no rule |", TAB, "| a\t^ | no rule |"),
        ("```\n| a^ | b |\n|---|---|\n```", TAB, "```\n| a\t^ | b |\n|---|---|\n```"),
    ],
)
def test_tab_goes_from_cell_to_cell(at, before, key, after):
    editor = at(before)
    editor.note.highlighter.style(0, editor.blockCount() - 1)
    QTest.keyClick(editor, key)
    assert shown(editor) == after


@pytest.mark.parametrize(("key", "steps"), [(TAB, ["甲", "b", "one", "two", "三", ""]), (BACKTAB, ["甲"])])
def test_one_goes_through_all_cells_in_order(at, key, steps):
    editor = at("| 甲^ | b |\n|---|---|\n| one | two |\n| 三 |  |\n\nend")
    seen = []
    for _ in steps:
        before = editor.textCursor().block().text()[: editor.textCursor().positionInBlock()]
        seen.append(before.rpartition("|")[2].strip())
        QTest.keyClick(editor, key)
    assert seen == steps


def test_in_a_note_that_is_only_shown_tab_adds_no_row(at):
    editor = at(TABLE[:-2] + "^ |")
    editor.setReadOnly(True)
    QTest.keyClick(editor, TAB)
    assert text(editor) == TABLE


def test_a_new_row_is_one_undo_step(at):
    editor = at(TABLE[:-2] + "^ |")
    QTest.keyClick(editor, TAB)
    editor.undo()
    assert text(editor) == TABLE


@given(
    st.lists(
        st.sampled_from(["", "a", "甲 乙", "`x|y`", "[[n|m]]", r"a\|b", "  wide  "]), min_size=1, max_size=5
    )
)
def test_cells_are_found_whatever_is_in_them(words):
    line = "|" + "|".join(f" {word} " for word in words) + "|"
    assert [line[start:end].strip() for start, end in cells(line)] == [word.strip() for word in words]


# Pairs


@pytest.mark.parametrize(
    ("before", "sign", "after"),
    [
        ("a ^word^ b", "*", "a *^word^* b"),
        ("a ^word^ b", "[", "a [^word^] b"),
        ("^发布😀^", '"', '"^发布😀^"'),
        ("^发布^", "《", "《^发布^》"),
        ("^word^", "x", "x^"),
        ("a^ ^b", "*", "a*^b"),
        ("^one\ntwo^", "*", "*^"),
        ("a^b", "*", "a*^b"),
    ],
)
def test_a_sign_of_a_pair_goes_round_selected_words(at, before, sign, after):
    editor = at(before)
    strike(editor, sign)
    assert shown(editor) == after


def test_pressed_twice_it_makes_them_bold_and_a_step_back_takes_one_pair_off(at):
    editor = at("^word^")
    strike(editor, "*")
    strike(editor, "*")
    assert shown(editor) == "**^word^**"
    editor.undo()
    assert text(editor) == "*word*"


@given(st.text("ab 发😀", min_size=1, max_size=8).filter(str.strip), st.sampled_from('*_`[("《'))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_pair_round_words_is_one_undo_step_whatever_they_are(at, words, sign):
    editor = at(f"x^{words}^y")
    strike(editor, sign)
    assert text(editor)[1] == sign
    assert text(editor)[2:-2] == words
    editor.undo()
    assert text(editor) == f"x{words}y"


# Links


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("see ^the page^ now", "https://a.org/x", "see [the page](https://a.org/x)^ now"),
        ("^页面^", "https://a.org/x_(y)\n", "[页面](https://a.org/x_(y))^"),
        ("^page^", "https://a.org/x)", "[page](<https://a.org/x)>)^"),
        ("see ^https://b.org^", "https://a.org", "see https://a.org^"),
        ("see ^[x]^", "https://a.org", "see https://a.org^"),
        ("^one\ntwo^", "https://a.org", "https://a.org^"),
        ("^page^", "two words", "two words^"),
        ("a^b", "https://a.org", "ahttps://a.org^b"),
    ],
)
def test_an_address_pasted_over_words_is_their_link(at, before, address, after):
    editor = at(before)
    paste(editor, address.strip())
    assert shown(editor) == after
    editor.undo()
    assert text(editor) == before.replace("^", "")


def test_a_line_end_behind_the_address_is_none_of_it(at):
    editor = at("^page^")
    assert editor.change(lambda cursor: link_to(cursor, "https://a.org\n"))
    assert text(editor) == "[page](https://a.org)"


@pytest.mark.parametrize(
    ("before", "held", "after"),
    [
        ("^page^", "", "[page](^)"),
        ("a ^ b", "words", "a [^]() b"),
        ("^page^", "https://a.org", "[page](https://a.org)^"),
    ],
)
def test_a_link_is_made_by_key(at, before, held, after):
    QApplication.clipboard().setText(held)
    editor = at(before)
    assert editor.change(insert_link)
    assert shown(editor) == after


def test_the_link_at_the_caret_is_followed(at, qtbot):
    editor = at("see [[发布^ 计划#三月]]")
    with qtbot.waitSignal(editor.link_activated) as signal:
        follow_link(editor)
    assert (signal.args[0].note, signal.args[0].anchor) == ("发布 计划", "三月")


def test_beside_a_link_nothing_is_followed(at, qtbot):
    editor = at("s^ee [[a]]")
    with qtbot.assertNotEmitted(editor.link_activated):
        follow_link(editor)


@pytest.mark.parametrize("change", [move_down, toggle_tasks, insert_link])
def test_a_note_that_is_only_shown_stays_as_it_is(at, change):
    editor = at("- ^a^\n- b")
    editor.setReadOnly(True)
    assert not editor.change(change)
    assert text(editor) == "- a\n- b"
