"""The line in which a question is typed, and the questions under it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.palette.question_field import QuestionField
from desktop.palette.recent_list import SHOWN, RecentList

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def field(qtbot, theme):
    field = QuestionField()
    field.told = []
    field.submitted.connect(lambda: field.told.append("submitted"))
    field.step_requested.connect(field.told.append)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    return field


@pytest.fixture
def questions(qtbot, theme):
    shown = RecentList()
    shown.clicked_words = []
    shown.chosen.connect(shown.clicked_words.append)
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    return shown


@pytest.mark.parametrize(
    ("key", "modifiers", "told"),
    [
        (Key.Key_Return, Modifier.NoModifier, "submitted"),
        (Key.Key_Enter, Modifier.KeypadModifier, "submitted"),
        (Key.Key_Return, Modifier.ShiftModifier, "submitted"),
        (Key.Key_Down, Modifier.NoModifier, 1),
        (Key.Key_Up, Modifier.NoModifier, -1),
    ],
)
def test_each_key_says_its_thing_and_types_nothing(field, key, modifiers, told):
    field.setText("问题")
    QTest.keyClick(field, key, modifiers)
    assert field.told == [told]
    assert field.text() == "问题"


def test_enter_with_control_is_no_key_of_the_field(field):
    field.setText("问题")
    QTest.keyClick(field, Key.Key_Return, Modifier.ControlModifier)
    assert (field.told, field.text()) == ([], "问题")


def test_copy_takes_the_selected_part_of_the_question(field):
    field.setText("the question")
    field.setSelection(4, 8)
    QTest.keyClick(field, Key.Key_C, Modifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "question"
    assert field.told == []


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_Home, Key.Key_Backspace, Key.Key_A])
def test_every_other_key_edits(field, key):
    field.setText("ab")
    QTest.keyClick(field, key)
    assert field.told == []
    assert (field.text(), field.cursorPosition()) != ("ab", 2)


def test_a_pasted_page_is_asked_whole_and_makes_the_field_no_higher(field):
    height = field.sizeHint().height()
    QGuiApplication.clipboard().setText("第一行\n第二行")
    field.paste()
    assert field.text().split() == ["第一行", "第二行"]
    assert field.sizeHint().height() == height


def test_the_field_is_larger_than_the_interface_and_named(field):
    assert field.font().pointSizeF() > QGuiApplication.font().pointSizeF()
    assert field.accessibleName() == "Question to your notes"
    assert field.placeholderText()


# The questions


def test_only_the_first_few_are_shown_and_none_is_chosen(questions):
    questions.show_questions([f"question {n}" for n in range(SHOWN + 3)])
    assert questions.count() == SHOWN
    assert questions.item(0).text() == "question 0"
    assert questions.currentRow() == -1


def test_steps_go_down_to_the_last_and_up_out_of_the_list(questions):
    questions.show_questions(["一", "二"])
    assert [questions.step(1) for _ in range(3)] == ["一", "二", "二"]
    assert [questions.step(-1) for _ in range(3)] == ["一", "", ""]
    assert questions.step(1) == "一"


@pytest.mark.parametrize("by", [1, -1])
def test_a_step_in_an_empty_list_goes_nowhere(questions, by):
    questions.show_questions([])
    assert questions.step(by) == ""
    assert questions.currentRow() == -1


def test_a_new_list_forgets_what_was_chosen(questions):
    questions.show_questions(["a", "b"])
    questions.step(1)
    questions.show_questions(["a", "b"])
    assert questions.currentRow() == -1


def test_a_question_of_many_lines_is_one_row(questions):
    questions.show_questions(["one\ntwo\t 三"])
    assert questions.item(0).text() == "one two 三"
    one = questions.sizeHintForRow(0)
    questions.show_questions(["one"])
    assert questions.sizeHintForRow(0) == one


def test_it_is_as_high_as_its_rows_and_never_scrolls(questions):
    heights = []
    for count in (1, 3, SHOWN, SHOWN + 5):
        questions.show_questions([f"question {n}" for n in range(count)])
        heights.append(questions.sizeHint().height())
        assert questions.minimumSizeHint() == questions.sizeHint()
    assert heights[0] < heights[1] < heights[2] == heights[3]
    assert questions.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_click_chooses_the_question_under_it(questions, qtbot):
    questions.show_questions(["一个 <b>问题</b>", "second"])
    with qtbot.waitExposed(questions):
        questions.show()
    place = questions.visualItemRect(questions.item(0)).center()
    QTest.mouseClick(questions.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert questions.clicked_words == ["一个 <b>问题</b>"]


def test_a_click_below_the_last_chooses_nothing(questions, qtbot):
    questions.show_questions(["only"])
    with qtbot.waitExposed(questions):
        questions.show()
    below = questions.visualItemRect(questions.item(0)).bottomLeft()
    below.setY(below.y() + 60)
    QTest.mouseClick(questions.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert questions.clicked_words == []


def test_the_list_never_takes_the_focus_from_the_field(questions):
    assert questions.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert questions.accessibleName() == "Recent questions"
