"""Find and replace with real keys: from the bar to the marks and the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from desktop.editor.find_bar import FindBar
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_page import NotePage

SHIFT = Qt.KeyboardModifier.ShiftModifier
TEXT = "# 发布 plan\n\nThe 😀 Plan is a plan.\n计划：发布测试版。\n"


class Searching:
    """A page with a note and the keys of a search."""

    def __init__(self, page):
        self.page, self.editor = page, page.editor

    @property
    def bar(self):
        return self.page.findChild(FindBar)

    @property
    def text(self):
        return self.editor.document().text()

    @property
    def selected(self):
        return self.editor.textCursor().selectedText()

    @property
    def place(self):
        return self.editor.textCursor().selectionStart()

    @property
    def marked(self):
        return [mark.cursor.selectedText() for mark in self.editor.extraSelections()]

    def open(self, words="", *, replacing=False):
        (self.page.replace_action if replacing else self.page.find_action).trigger()
        if words:
            self.bar.field.setText(words)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier, at=None):
        QTest.keyClick(at or self.bar.field, key, modifier)


@pytest.fixture
def search(qtbot, theme):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    document = NoteDocument(TEXT, theme, page)
    page.editor.show_note("a.md", document)
    page.editor.setReadOnly(False)
    page.show_editor(True)
    with qtbot.waitActive(page):
        page.show()
    page.editor.setFocus()
    return Searching(page)


def test_the_first_place_is_selected_while_the_words_are_typed(search):
    search.open()
    QTest.keyClicks(search.bar.field, "plan")
    assert search.selected == "plan"
    assert search.bar.count.text() == "1 of 3"
    assert search.marked == ["plan", "Plan", "plan"]


def test_enter_goes_on_and_round_and_shift_enter_back(search):
    search.open("plan")
    places = [search.place]
    for _ in range(3):
        search.key(Qt.Key.Key_Return)
        places.append(search.place)
    assert places[0] == places[3] < places[1] < places[2]
    search.key(Qt.Key.Key_Return, SHIFT)
    assert search.place == places[2]


def test_positions_behind_an_emoji_are_right(search):
    search.open("Plan")
    search.bar.case.setChecked(True)
    assert search.selected == "Plan"
    search.open("发布测试版")
    assert search.selected == "发布测试版"


def test_selected_words_are_looked_for(search):
    search.editor.go_to(4)
    cursor = search.editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.Right, cursor.MoveMode.KeepAnchor, 2)
    search.editor.setTextCursor(cursor)
    search.open()
    assert search.bar.field.text() == "计划"
    assert search.bar.count.text() == "1 of 1"


def test_esc_closes_the_bar_leaves_the_place_selected_and_the_marks_gone(search):
    search.open("plan")
    search.key(Qt.Key.Key_Escape)
    assert search.bar.isHidden()
    assert search.selected == "plan"
    assert search.marked == []
    assert search.editor.hasFocus()


def test_f3_goes_on_with_the_bar_closed(search):
    search.open("plan")
    first = search.place
    search.key(Qt.Key.Key_Escape)
    search.key(Qt.Key.Key_F3, at=search.editor)
    assert search.place > first
    search.key(Qt.Key.Key_F3, SHIFT, at=search.editor)
    assert search.place == first


def test_nothing_found_is_said(search):
    search.open("absent")
    assert search.bar.count.text() == "Not found"
    assert not search.bar.replace_all_button.isEnabled()


def test_a_wrong_expression_is_said(search):
    search.open("(")
    search.bar.expression.setChecked(True)
    assert "expression" in search.bar.count.text()


def test_replace_all_is_one_undo_step(search):
    search.open("plan", replacing=True)
    search.bar.put.setText("方案😀")
    search.bar.replace_all_button.click()
    assert search.text == TEXT.replace("plan", "方案😀").replace("Plan", "方案😀")
    search.editor.undo()
    assert search.text == TEXT


def test_replace_puts_in_groups(search):
    search.open(r"(\w+) is a (\w+)", replacing=True)
    search.bar.expression.setChecked(True)
    search.bar.put.setText("$2 is a $1")
    search.bar.replace_all_button.click()
    assert "plan is a Plan" in search.text


def test_replace_takes_one_place_and_goes_to_the_next(search):
    search.open("plan", replacing=True)
    search.bar.put.setText("x")
    search.bar.put.setFocus()
    search.key(Qt.Key.Key_Return, at=search.bar.put)
    assert search.text == TEXT.replace("plan", "x", 1)
    assert search.selected == "Plan"


def test_replacing_with_the_words_themselves_ends(search):
    search.open("plan", replacing=True)
    search.bar.put.setText("plan plan")
    search.bar.replace_all_button.click()
    assert search.text.count("plan") == 6


def test_a_note_that_is_only_shown_is_not_replaced_in(search):
    search.editor.setReadOnly(True)
    search.open("plan", replacing=True)
    assert search.bar.put.isHidden()
    search.bar.replace_all_requested.emit("x")
    search.bar.replace_requested.emit("x")
    assert search.text == TEXT


def test_typing_in_the_note_finds_anew(search, qtbot):
    search.open("plan")
    search.editor.go_to(2)
    search.editor.setFocus()
    QTest.keyClicks(search.editor, "plan ")
    qtbot.waitUntil(lambda: "of 4" in search.bar.count.text() or "4 found" in search.bar.count.text())


def test_with_no_note_open_there_is_no_bar(search):
    search.editor.show_nothing()
    search.open()
    assert search.bar is None or search.bar.isHidden()


def test_every_button_has_a_name(search):
    from PySide6.QtWidgets import QAbstractButton

    search.open(replacing=True)
    buttons = search.bar.findChildren(QAbstractButton)
    assert buttons
    assert all(button.accessibleName() or button.text() for button in buttons)


@pytest.mark.parametrize(
    ("toggle", "letter"), [("case", Qt.Key.Key_C), ("whole", Qt.Key.Key_W), ("expression", Qt.Key.Key_R)]
)
def test_what_is_looked_for_is_narrowed_by_key(search, toggle, letter):
    search.open("plan")
    search.key(letter, Qt.KeyboardModifier.AltModifier)
    assert getattr(search.bar, toggle).isChecked()
    assert search.bar.field.text() == "plan"
    search.key(letter, Qt.KeyboardModifier.AltModifier)
    assert not getattr(search.bar, toggle).isChecked()


def test_the_bar_goes_by_the_keys_that_its_actions_have(search):
    search.open("plan")
    first = search.place
    keys = {action.text(): action for action in search.bar.actions()}
    keys["Next place, or replace"].setShortcuts([QKeySequence("F7")])
    keys["Close"].setShortcuts([QKeySequence("F4")])
    search.key(Qt.Key.Key_Return)
    search.key(Qt.Key.Key_Escape)
    assert (search.place, search.bar.isHidden()) == (first, False)
    search.key(Qt.Key.Key_F7)
    assert search.place > first
    search.key(Qt.Key.Key_F4)
    assert search.bar.isHidden()


def test_the_keypads_enter_goes_on_too_and_buttons_do_the_same(search):
    search.open("plan")
    first = search.place
    search.key(Qt.Key.Key_Enter)
    second = search.place
    search.bar._back.click()
    assert search.place == first < second
    search.bar._on.click()
    assert search.place == second
    search.bar._end.click()
    assert search.bar.isHidden()
