"""Find and replace where it is easily wrong: scripts, expressions, other notes, odd characters, real keys."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.editor import note_search
from desktop.editor.find_bar import FindBar
from desktop.editor.finding import Finder, PatternUnusable, UnitMap, Wanted
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_page import NotePage

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Searching:
    """A page with a note and the keys of a search."""

    def __init__(self, page, theme):
        self.page, self.editor, self.theme = page, page.editor, theme

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
    def count(self):
        return self.bar.count.text()

    def show(self, text, path="a.md"):
        self.editor.show_note(path, NoteDocument(text, self.theme, self.page))
        self.editor.setReadOnly(False)

    def open(self, words, *, replacing=False, by=None):
        (self.page.replace_action if replacing else self.page.find_action).trigger()
        self.bar.expression.setChecked(by is not None)
        self.bar.field.setText(words)
        if by is not None:
            self.bar.put.setText(by)

    def key(self, key, modifier=NONE, at=None):
        QTest.keyClick(at or self.bar.field, key, modifier)

    def replace_all(self, words, by, *, pattern=False):
        self.open(words, replacing=True, by="" if pattern else None)
        self.bar.put.setText(by)
        self.bar.replace_all_button.click()


@pytest.fixture
def search(qtbot, theme):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    searching = Searching(page, theme)
    searching.show("")
    page.show_editor(True)
    with qtbot.waitActive(page):
        page.show()
    page.editor.setFocus()
    return searching


# Looking


def test_words_composed_by_an_input_method_are_looked_for_when_they_are_there(search):
    search.show("今天发布测试版，明天发布正式版。")
    search.open("")
    event = QInputMethodEvent("fa bu", [])
    QApplication.sendEvent(search.bar.field, event)
    assert search.count == ""
    event = QInputMethodEvent("", [])
    event.setCommitString("发布")
    QApplication.sendEvent(search.bar.field, event)
    assert search.count == "1 of 2"


def test_overlapping_places_are_found_one_after_the_other(search):
    search.show("哈哈哈哈哈")
    search.open("哈哈")
    assert search.count == "1 of 2"


@pytest.mark.parametrize("odd", ["\u00a0", "\u202f", "\u2028", "\u200b", "\ufeff", "\t"])
def test_characters_that_cannot_be_seen_are_found_and_shift_nothing(search, odd):
    search.show(f"10{odd}000 人，又 10{odd}000")
    search.open(f"10{odd}000")
    assert search.count == "1 of 2"
    search.key(Qt.Key.Key_Return)
    assert search.editor.textCursor().selectionStart() == len(f"10{odd}000 人，又 ")


def test_case_is_folded_for_scripts_that_have_it(search):
    search.show("ÄPFEL äpfel Σίσυφος ΣΊΣΥΦΟΣ")
    search.open("äpfel")
    assert search.count == "1 of 2"
    search.bar.case.setChecked(True)
    assert search.count == "1 of 1"
    assert search.selected == "äpfel"


def test_switches_have_keys_of_their_own(search):
    search.show("plan Plan planned p.an")
    search.open("plan")
    assert search.count == "1 of 3"
    search.key(Qt.Key.Key_C, ALT)
    assert search.count == "1 of 2"
    search.key(Qt.Key.Key_W, ALT)
    assert search.count == "1 of 1"
    search.key(Qt.Key.Key_R, ALT)
    search.bar.field.setText("p.an")
    assert search.count == "1 of 2"
    assert search.bar.field.text() == "p.an"


def test_looking_begins_at_the_caret_and_goes_round(search):
    search.show("a x\nb x\nc x\n")
    search.editor.go_to(2)
    search.open("x")
    assert (search.count, search.editor.line()) == ("2 of 3", 2)
    search.key(Qt.Key.Key_Return)
    search.key(Qt.Key.Key_Return)
    assert (search.count, search.editor.line()) == ("1 of 3", 1)


def test_more_letters_stay_at_the_place_that_they_began_at(search):
    search.show("pa pb plan pb plan")
    search.open("")
    search.editor.go_to(1)
    QTest.keyClicks(search.bar.field, "plan")
    assert search.count == "1 of 2"
    for _ in range(3):
        search.key(Qt.Key.Key_Backspace)
    assert search.count == "1 of 5"


def test_emptying_the_field_takes_marks_and_count_away(search):
    search.show("plan plan")
    search.open("plan")
    assert len(search.editor.extraSelections()) == 2
    search.bar.field.clear()
    assert (search.count, search.editor.extraSelections()) == ("", [])


def test_another_note_is_searched_when_it_is_shown(search, qtbot):
    search.show("plan plan")
    search.open("plan")
    search.show("only one plan", "b.md")
    qtbot.waitUntil(lambda: "1" in search.count and "2" not in search.count)
    search.key(Qt.Key.Key_Return)
    assert search.selected == "plan"


def test_of_very_many_places_only_the_near_ones_are_marked_and_all_are_counted(search, monkeypatch):
    monkeypatch.setattr(note_search, "MOST_MARKED", 10)
    search.show("x\n" * 500)
    search.open("x")
    search.key(Qt.Key.Key_Return, SHIFT)
    assert search.count == "500 of 500"
    marks = search.editor.extraSelections()
    assert len(marks) <= 10
    assert max(mark.cursor.blockNumber() for mark in marks) == 499


def test_words_over_two_lines_are_not_taken_into_the_field(search):
    search.show("one\ntwo")
    search.editor.selectAll()
    search.page.find_action.trigger()
    assert "\u2029" not in search.bar.field.text()
    assert "\n" not in search.bar.field.text()


def test_an_expression_too_slow_says_so_and_the_next_one_works(search, monkeypatch):
    monkeypatch.setattr("desktop.editor.finding.PATIENCE_S", 0.02)
    search.show("x" * 4000)
    search.open("(x+x+)+y", by="")
    assert search.bar.count.property("problem")
    assert not search.bar.replace_all_button.isEnabled()
    monkeypatch.setattr("desktop.editor.finding.PATIENCE_S", 5)
    search.bar.field.setText("x{4000}")
    assert search.count == "1 of 1"
    assert not search.bar.count.property("problem")


# Replacing


def test_replacing_by_nothing_deletes(search):
    search.show("删除这个，也删除这个。")
    search.replace_all("删除", "")
    assert search.text == "这个，也这个。"
    assert search.count == "Not found"


def test_replacing_one_after_the_other_to_the_end_and_round(search):
    search.show("x 1\nx 2\nx 3")
    search.editor.go_to(2)
    search.open("x", replacing=True)
    search.bar.put.setText("y")
    search.bar.put.setFocus()
    seen = []
    for _ in range(3):
        search.key(Qt.Key.Key_Return, at=search.bar.put)
        seen.append(search.text)
    assert seen == ["x 1\ny 2\nx 3", "x 1\ny 2\ny 3", "y 1\ny 2\ny 3"]


def test_replacing_by_a_longer_text_with_the_words_in_it_does_not_replace_it_again(search):
    search.show("plan and plan")
    search.open("plan", replacing=True)
    search.bar.put.setText("the plan")
    search.bar.put.setFocus()
    search.key(Qt.Key.Key_Return, at=search.bar.put)
    assert search.text == "the plan and plan"
    assert search.editor.textCursor().selectionStart() == len("the plan and ")


def test_nothing_is_replaced_before_a_place_is_in_sight(search):
    search.show("plan")
    search.open("plan", replacing=True)
    cursor = search.editor.textCursor()
    cursor.setPosition(0)
    search.editor.setTextCursor(cursor)
    search.bar.put.setText("x")
    search.bar.replace_button.click()
    assert search.text == "plan"
    search.bar.replace_button.click()
    assert search.text == "x"


def test_a_text_that_changed_behind_the_bar_is_replaced_where_the_words_are_now(search):
    search.show("plan\nplan")
    search.open("plan", replacing=True)
    search.editor.document().rewrite("更多 😀 words before\nplan\nplan")
    search.bar.put.setText("x")
    search.bar.replace_all_button.click()
    assert search.text == "更多 😀 words before\nx\nx"


def test_groups_work_around_chinese_and_emoji(search):
    search.show("版本：1.2 😀\n版本：10.20 😀")
    search.replace_all(r"版本：(\d+)\.(\d+)", r"$2 之 \1", pattern=True)
    assert search.text == "2 之 1 😀\n20 之 10 😀"


def test_lines_are_joined_and_broken_by_expressions_in_one_undo_step(search):
    search.show("one\ntwo\n三")
    search.replace_all(r"\n", " ", pattern=True)
    assert search.text == "one two 三"
    search.editor.undo()
    assert search.text == "one\ntwo\n三"
    search.replace_all(" ?(two)", r"\n\1\n", pattern=True)
    assert search.text == "one\n\ntwo\n\n三"


def test_a_group_that_took_no_part_is_empty(search):
    search.show("ac abc")
    search.replace_all("a(b)?c", "[$1]", pattern=True)
    assert search.text == "[] [b]"


def test_a_template_that_cannot_be_leaves_the_note_as_it_is(search):
    search.show("abc")
    search.replace_all("(b)", r"\9", pattern=True)
    assert search.text == "abc"
    assert search.bar.count.property("problem")


def test_a_dollar_without_a_group_is_a_dollar(search):
    search.show("price: 5")
    search.replace_all(r"\d", r"$$x", pattern=True)
    assert search.text == "price: $$x"


def test_front_matter_and_code_are_replaced_in_like_everything_else(search):
    search.show("---\ntitle: plan\n---\n```\nplan\n```\n")
    search.replace_all("plan", "方案")
    assert search.text == "---\ntitle: 方案\n---\n```\n方案\n```\n"


def test_places_side_by_side_are_each_replaced(search):
    search.show("aa 测测")
    search.replace_all("a", "x")
    assert search.text == "xx 测测"
    search.replace_all("测", "试")
    assert search.text == "xx 试试"


# Positions


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="ab 中😀\n\u00a0", max_size=40),
    st.text(alphabet="ab中😀", min_size=1, max_size=2),
    st.text(alphabet="xy中😀", max_size=3),
)
def test_replacing_all_is_what_python_does_and_one_undo_takes_it_back(search, text, words, by):
    search.show(text)
    search.open("", replacing=True)
    search.bar.case.setChecked(True)
    search.replace_all(words, by)
    assert search.text == text.replace(words, by)
    if search.text != text:
        search.editor.undo()
        assert search.text == text


@given(
    st.text(alphabet="aB中😀\n.", max_size=40),
    st.text(alphabet="aB中😀.", min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_every_place_holds_the_words_and_none_overlap(text, words, case, whole):
    end = 0
    for start, stop in Finder(Wanted(words, case=case, whole=whole)).find(text):
        assert start >= end
        assert text[start:stop].casefold() == words.casefold()
        assert not case or text[start:stop] == words
        end = stop


@given(st.text(max_size=12), st.text(max_size=30))
def test_any_expression_finds_or_is_refused(pattern, text):
    try:
        places = Finder(Wanted(pattern, is_pattern=True)).find(text)
    except PatternUnusable:
        return
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(alphabet="a😀", max_size=20), st.integers(0, 60))
def test_a_unit_is_in_one_character_or_behind_the_text(text, unit):
    size = len(text.encode("utf-16-le")) // 2
    point = UnitMap(text).points(min(unit, size))
    assert 0 <= point <= len(text)
    assert UnitMap(text).units(point) <= min(unit, size)
