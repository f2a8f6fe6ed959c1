"""The list of names with real keys: links, headings, tags, Chinese, undo, and keys that are left alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame

from core.text.matching import Term, make_terms
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.name_completion import NameCompletion
from desktop.editor.name_trigger import NameKind
from tests.desktop.fake_link import FakeLink

NOTES = [
    Term("Pilot review", "Projects/Pilot review.md"),
    Term("发布计划", "发布计划.md"),
    Term("上线", "发布计划.md"),
    Term("Pricing", "Pricing.md"),
]


@pytest.fixture
def names(write, desk, theme, qtbot):
    """Open a text at `|`; the engine knows some notes, headings and tags."""
    link = FakeLink()
    link.index.names = {
        "notes": make_terms(NOTES),
        "tags": make_terms([Term("beta"), Term("项目/发布")]),
        "Pricing.md": make_terms([Term("Costs"), Term("时间")]),
        "note.md": make_terms([Term("Here")]),
    }
    bridge = EngineBridge(link)
    desk.names = NameCompletion(desk.editor, desk.watch, bridge, theme)
    desk.link = link

    def begin(text):
        write(text)
        return desk

    desk.wait = lambda: qtbot.waitUntil(lambda: desk.names.is_open)
    yield begin
    bridge.close()


def shown(desk):
    popup = desk.editor.window().findChild(QFrame, "namePopup")
    return [hit.title for hit in desk.names._list.hits] if popup.isVisible() else []


def test_two_brackets_bring_the_notes_changed_last_and_letters_the_best(names):
    desk = names("see |")
    desk.type("[[")
    desk.wait()
    assert shown(desk) == ["Pilot review", "发布计划", "上线", "Pricing"]
    desk.type("pri")
    assert shown(desk)[0] == "Pricing"


def test_enter_puts_in_the_link_in_one_undo_step(names):
    desk = names("see | there")
    desk.type("[[pil")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "see [[Pilot review]] there"
    assert desk.editor.textCursor().position() == len("see [[Pilot review]]")
    assert not desk.names.is_open
    desk.editor.undo()
    assert desk.text == "see [[pil there"


def test_tab_takes_too_and_closing_brackets_that_stand_there_are_used(names):
    desk = names("[[|]] there")
    desk.type("pri")
    desk.wait()
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "[[Pricing]] there"


def test_a_chinese_note_is_found_by_pinyin_initials_and_an_alias_is_shown(names):
    desk = names("|")
    desk.type("[[fbjh")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[发布计划]]"
    desk.type(" [[sx")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[发布计划]] [[发布计划|上线]]"


def test_full_width_brackets_become_a_link(names):
    desk = names("见|")
    desk.compose(commit="【【")
    desk.compose(commit="发布")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "见[[发布计划]]"


def test_up_and_down_go_round(names):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[Pricing]]"


def test_headings_of_a_note_follow_its_name(names, qtbot):
    desk = names("|")
    desk.type("[[Pricing#")
    qtbot.waitUntil(lambda: desk.names.is_open and shown(desk) == ["Costs", "时间"])
    desk.type("sj")
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[Pricing#时间]]"


def test_a_bare_sign_brings_the_headings_of_the_note_itself(names):
    desk = names("|")
    desk.type("[[#")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "[[#Here]]"


def test_a_tag_is_completed(names):
    desk = names("word |")
    desk.type("#xm")
    desk.wait()
    desk.key(Qt.Key.Key_Return)
    assert desk.text == "word #项目/发布"


def test_esc_closes_it_for_this_name(names):
    desk = names("|")
    desk.type("[[p")
    desk.wait()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.names.is_open
    desk.type("r")
    assert not desk.names.is_open
    assert desk.text == "[[pr"


def test_deleting_a_letter_finds_more(names):
    desk = names("|")
    desk.type("[[prx")
    desk.key(Qt.Key.Key_Backspace)
    desk.wait()
    assert shown(desk)[0] == "Pricing"


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Home])
def test_moving_away_closes_it(names, key):
    desk = names("|")
    desk.type("[[p")
    desk.wait()
    desk.key(key)
    assert not desk.names.is_open


def test_in_code_and_front_matter_there_is_no_list(names):
    desk = names("```\n|\n```")
    desk.type("[[p #be")
    assert not desk.names.is_open
    assert desk.link.index.names
    assert desk.names._known == {}


def test_keys_go_to_the_input_method_while_it_composes(names):
    desk = names("|")
    desk.type("[[p")
    desk.wait()
    desk.compose("fa")
    desk.key(Qt.Key.Key_Return)
    assert "[[Pilot" not in desk.text


def test_the_list_makes_way_for_that_of_the_input_method_and_comes_back(names):
    desk = names("|")
    desk.type("[[p")
    desk.wait()
    desk.compose("fa")
    assert not desk.names.is_open
    desk.names._learned((NameKind.NOTE, ""), make_terms(NOTES))
    assert not desk.names.is_open
    desk.give_up()
    assert desk.names.is_open


def test_a_click_chooses(names):
    desk = names("|")
    desk.type("[[")
    desk.wait()
    view = desk.names._list
    place = view.visualRect(view.model().index(3, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.text == "[[Pricing]]"


def test_without_an_engine_nothing_happens(write, desk, theme):
    write("|")
    names = NameCompletion(desk.editor, desk.watch, EngineBridge(), theme)
    desk.type("[[p")
    assert not names.is_open
