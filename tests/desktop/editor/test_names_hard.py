"""The list of names in odd moments: pinyin, many names, composition, late answers, undo, other notes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit

from core.errors import EngineStopped
from core.text.matching import Term, Terms, make_terms
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor import name_completion
from desktop.editor.name_completion import NameCompletion
from desktop.editor.note_document import NoteDocument
from tests.desktop.editor.ghost_desk import CTRL
from tests.desktop.fake_link import FakeLink

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTES = [
    Term("重庆旅行", "旅行/重庆旅行.md"),
    Term("银行对账", "银行对账.md"),
    Term("Café notes", "Café notes.md"),
    Term("Plan", "a/Plan.md"),
    Term("Plan", "b/Plan.md"),
    Term("𠮷野家 😀", "𠮷野家 😀.md"),
    Term("C++ tips", "C++ tips.md"),
]


@pytest.fixture
def names(write, desk, theme, qtbot):
    """Open a text at `|`; the engine knows some notes and tags."""
    link = FakeLink()
    link.index.names = {
        "notes": make_terms(NOTES),
        "tags": make_terms([Term("项目"), Term("项目/发布"), Term("to do"), Term("beta")]),
    }
    bridge = EngineBridge(link)
    desk.names = NameCompletion(desk.editor, desk.watch, bridge, theme)
    desk.link = link

    def begin(text):
        write(text)
        return desk

    desk.wait = lambda: qtbot.waitUntil(lambda: desk.names.is_open)
    desk.until = qtbot.waitUntil
    yield begin
    bridge.close()


def shown(desk):
    popup = desk.editor.window().findChild(QFrame, "namePopup")
    is_there = popup is not None and popup.isVisible()
    return [hit.title for hit in desk.names._list.hits] if is_there else []


def chosen(desk, typed):
    """Type something, wait for the list, take the first name, and return the text."""
    desk.type(typed)
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    return desk.text


# Finding


@pytest.mark.parametrize("initials", ["cqlx", "zqlx", "CQ", "lx"])
def test_a_name_is_found_by_each_way_to_read_it(names, initials):
    assert chosen(names("|"), f"[[{initials}") == "[[重庆旅行]]"


def test_letters_of_pinyin_go_on_to_narrow_it_down(names):
    desk = names("|")
    desk.type("[[y")
    desk.wait()
    assert "银行对账" in shown(desk)
    desk.type("hdz")
    assert shown(desk) == ["银行对账"]


def test_characters_that_are_composed_narrow_it_down_and_pinyin_in_the_making_does_not(names):
    desk = names("[[|")
    desk.compose("yin hang")
    assert shown(desk) == []
    desk.compose(commit="银行")
    desk.wait()
    assert shown(desk) == ["银行对账"]


def test_a_name_is_found_without_regard_to_case_and_composition_of_accents(names):
    desk = names("|")
    desk.compose(commit="[[CAFE\u0301")
    desk.wait()
    assert shown(desk) == ["Café notes"]


def test_signs_of_expressions_are_letters_of_names(names):
    assert chosen(names("|"), "[[c++") == "[[C++ tips]]"


def test_nothing_that_fits_shows_no_list_and_enter_is_enter(names):
    desk = names("|")
    desk.type("[[zzzzzz")
    desk.until(lambda: bool(desk.names._known))
    assert not desk.names.is_open
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[zzzzzz\n"


def test_the_list_is_short_however_many_names_there_are(names):
    desk = names("|")
    desk.link.index.names["notes"] = make_terms(Term(f"Note {n}", f"Note {n}.md") for n in range(3000))
    desk.type("[[note")
    desk.wait()
    assert len(shown(desk)) == name_completion.ROWS


# Putting in


def test_of_two_notes_of_one_name_the_chosen_one_is_linked_by_its_path(names):
    desk = names("|")
    desk.type("[[plan")
    desk.wait()
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[b/Plan|Plan]]"


def test_a_name_of_rare_characters_and_emoji_is_put_in_whole_and_the_caret_is_behind_it(names):
    desk = names("😀 | 😀")
    desk.caret(3)
    desk.compose(commit="[[𠮷")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "😀 [[𠮷野家 😀]] 😀"
    desk.type("!")
    assert desk.text == "😀 [[𠮷野家 😀]]! 😀"


def test_a_tag_with_a_space_is_written_so_that_it_stays_one(names):
    assert chosen(names("see |"), "#to") == "see #[[to do]]"


def test_a_tag_in_the_middle_of_chinese_is_completed(names):
    desk = names("今天，|很好")
    desk.compose(commit="#项")
    desk.wait()
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "今天，#项目/发布很好"


def test_a_tag_that_is_written_out_needs_no_list(names):
    desk = names("x |")
    desk.type("#beta")
    desk.until(lambda: bool(desk.names._known))
    assert not desk.names.is_open


def test_undo_and_redo_of_a_chosen_name(names):
    desk = names("|")
    assert chosen(desk, "[[c++") == "[[C++ tips]]"
    desk.editor.undo()
    assert desk.text == "[[c++"
    desk.editor.redo()
    assert desk.text == "[[C++ tips]]"
    assert not desk.names.is_open


def test_in_a_read_only_note_nothing_is_offered(names):
    desk = names("[[c|")
    desk.editor.setReadOnly(True)
    desk.type("+")
    assert not desk.names.is_open
    assert desk.text == "[[c"


# Keys


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_PageUp])
def test_pages_go_to_the_ends_and_no_further(names, key):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    for _ in range(3):
        desk.key(key)
    row = desk.names._list.currentIndex().row()
    assert row == (len(shown(desk)) - 1 if key == Qt.Key.Key_PageDown else 0)


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Return, CTRL)])
def test_keys_with_a_modifier_are_not_the_lists(names, key, modifier):
    desk = names("|")
    desk.type("[[c")
    desk.wait()
    desk.key(key, modifier)
    assert "C++ tips" not in desk.text


def test_a_name_waived_once_is_offered_at_the_next_place(names):
    desk = names("|")
    desk.type("[[c")
    desk.wait()
    desk.key(Qt.Key.Key_Escape)
    desk.type(" then ")
    desk.compose(commit="]] ")
    assert chosen(desk, "[[c++").endswith("[[C++ tips]]")


def test_deleting_the_brackets_closes_it(names):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    desk.key(Qt.Key.Key_Backspace)
    assert not desk.names.is_open
    assert desk.text == "["


def test_closing_the_link_by_hand_closes_it(names):
    desk = names("|")
    desk.type("[[C")
    desk.wait()
    desk.type("]]")
    assert not desk.names.is_open


def test_a_paste_of_brackets_brings_no_list(names):
    desk = names("|")
    QApplication.clipboard().setText("[[")
    desk.editor.paste()
    assert not desk.names.is_open
    assert desk.text == "[["


# Leaving and late answers


def test_leaving_the_editor_closes_it(names):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    field = QLineEdit(desk.editor)
    field.show()
    field.setFocus()
    assert not desk.names.is_open
    desk.editor.setFocus()


def test_another_note_closes_it(names, theme):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    desk.editor.show_note("b.md", NoteDocument("x", theme, desk.editor))
    assert not desk.names.is_open


def test_names_that_come_after_the_person_went_on_bring_no_list(names):
    desk = names("|")
    desk.type("[[")
    desk.key(Qt.Key.Key_Home)
    desk.until(lambda: bool(desk.names._known))
    assert not desk.names.is_open


def test_an_engine_that_fails_is_asked_again_by_the_next_letter(names, monkeypatch, caplog):
    desk = names("|")
    index = desk.link.index
    answers = [EngineStopped(), make_terms(NOTES)]
    monkeypatch.setattr(index, "note_names", lambda: desk.link.future(answers.pop(0)))
    desk.type("[[")
    desk.until(lambda: not desk.names._asked)
    assert not desk.names.is_open
    desk.type("c")
    desk.wait()
    assert "could not be told" in caplog.text


def test_names_are_asked_for_once_while_they_are_fresh(names, monkeypatch):
    desk = names("|")
    asked = []
    real = desk.link.index.note_names
    monkeypatch.setattr(desk.link.index, "note_names", lambda: (asked.append(1), real())[1])
    desk.type("[[c")
    desk.wait()
    desk.type("++")
    assert asked == [1]
    desk.names.forget()
    desk.key(Qt.Key.Key_Backspace)
    desk.until(lambda: len(asked) == 2)


def test_a_vault_without_notes_has_no_list(names):
    desk = names("|")
    desk.link.index.names["notes"] = Terms()
    desk.type("[[")
    desk.until(lambda: bool(desk.names._known))
    assert not desk.names.is_open
    desk.type("word")
    assert desk.text == "[[word"


# On the screen


@pytest.mark.parametrize("size", [(320, 240), (900, 600)])
def test_the_list_stays_in_the_window(names, size):
    desk = names("word " * 20 + "|")
    desk.editor.resize(*size)
    desk.type("[[")
    desk.wait()
    popup = desk.editor.window().findChild(QFrame, "namePopup")
    assert desk.editor.window().rect().contains(popup.geometry())


def test_the_list_has_a_name_and_leaves_the_focus_in_the_note(names):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    assert desk.names._list.accessibleName()
    assert desk.editor.hasFocus()
    QTest.keyClick(desk.editor, "c")
    assert desk.text == "[[c"
