"""Misspelt words are marked at the pause, and the menu mends them."""

import pytest
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from core.text.spelling import Speller
from desktop.bridge.own_words import read_words
from desktop.editor import spell_check
from desktop.editor.spell_check import SpellCheck
from desktop.editor.spelling_menu import SpellingMenu
from tests.desktop.editor.test_highlighter import formats

WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


class Memory:
    checks_spelling = True


@pytest.fixture(scope="module")
def dictionary():
    return Speller(["wikilink"])


class Spelling:
    """An editor in sight with its spelling checked."""

    def __init__(self, editor, check, action, memory, qtbot):
        self.editor, self.check, self.action, self.memory, self._qtbot = editor, check, action, memory, qtbot
        self.notes = ["Quokkaville plan.md"]

    def marked(self, line=0):
        found = formats(self.editor.document(), line)
        return [words for words, look in found.items() if look.underlineStyle() == WAVE]

    def wait_for(self, *words, line=0):
        self._qtbot.waitUntil(lambda: self.marked(line) == list(words))

    def menu(self, line, column):
        self.editor.go_to(line, column)
        menu = QMenu(self.editor)
        menu.addAction("Copy")
        self.editor.menu_asked.emit(menu, self.editor.textCursor())
        return {action.text(): action for action in menu.actions() if action.text()}


@pytest.fixture
def loading(dictionary, monkeypatch):
    """Have the dictionary at once."""
    monkeypatch.setattr(spell_check, "_load_speller", lambda _folder, _token: dictionary)


@pytest.fixture
def spelling(editor, loading, tasks, tmp_path, qtbot):
    action, memory = QAction(checkable=True), Memory()
    check = SpellCheck(editor, action, tasks, editor)
    SpellingMenu(editor, check, editor)
    spelling = Spelling(editor, check, action, memory, qtbot)
    check.remember_in(memory, tmp_path, lambda: spelling.notes)
    with qtbot.waitExposed(editor):
        editor.show()
    yield spelling
    editor.show_nothing()


def test_misspelt_words_in_sight_are_marked(spelling, open_text, theme):
    open_text("we recieve words\n\n`recieve`\n\nthe 😀 end is wrogn")
    spelling.wait_for("recieve")
    spelling.wait_for("wrogn", line=4)
    assert spelling.marked(2) == []
    assert formats(spelling.editor.document(), 0)["recieve"].underlineColor() == theme.colour("error")
    assert not spelling.editor.document().isModified()


def test_chinese_needs_no_dictionary(spelling, open_text, qtbot):
    open_text("这里没有英文")
    qtbot.waitUntil(lambda: not spelling.check._pause.isActive())
    assert spelling.check.speller is None


def test_in_a_chinese_note_commands_are_left_alone(spelling, open_text):
    open_text("# 安装\n\n先装好再说\n\nconda qwertz\n\nbut here is a wrogn word")
    spelling.wait_for("wrogn", line=6)
    assert spelling.marked(4) == []


def test_the_word_that_is_being_written_is_left_alone(spelling, open_text):
    editor = open_text("so we ")
    editor.setFocus()
    editor.go_to(1, 6)
    QTest.keyClicks(editor, "recieve")
    QTest.keyClicks(editor, " wrogn")
    spelling.wait_for("recieve")
    QTest.keyClicks(editor, " ")
    spelling.wait_for("recieve", "wrogn")


def test_a_word_that_is_put_right_loses_its_mark(spelling, open_text):
    editor = open_text("we recieve it")
    spelling.wait_for("recieve")
    menu = spelling.menu(1, 5)
    assert next(iter(menu)) == "receive"
    menu["receive"].trigger()
    assert editor.note.text() == "we receive it"
    spelling.wait_for()
    editor.undo()
    assert editor.note.text() == "we recieve it"
    spelling.wait_for("recieve")


def test_a_word_that_is_added_is_right_from_then_on(spelling, open_text, tasks, tmp_path, dictionary):
    open_text("a flumpfish word")
    spelling.wait_for("flumpfish")
    spelling.menu(1, 4)["Add “flumpfish” to the dictionary"].trigger()
    spelling.wait_for()
    tasks.settle()
    assert read_words(tmp_path) == ["flumpfish"]


def test_a_word_like_no_other_says_so(spelling, open_text):
    open_text("a qzxvkwjqq word")
    spelling.wait_for("qzxvkwjqq")
    assert not spelling.menu(1, 4)["No suggestions"].isEnabled()


def test_elsewhere_the_menu_is_as_ever(spelling, open_text):
    editor = open_text("we recieve it")
    spelling.wait_for("recieve")
    assert list(spelling.menu(1, 0)) == ["Copy"]
    editor.setReadOnly(True)
    assert list(spelling.menu(1, 5)) == ["Copy"]


def test_names_of_notes_are_right(spelling, open_text, qtbot):
    open_text("the quokkaville is wrogn")
    spelling.wait_for("wrogn")


def test_switched_off_the_marks_go_and_that_is_remembered(spelling, open_text):
    open_text("we recieve it")
    spelling.wait_for("recieve")
    spelling.action.setChecked(False)
    spelling.wait_for()
    assert spelling.memory.checks_spelling is False
    spelling.action.setChecked(True)
    spelling.wait_for("recieve")


def test_lines_that_come_into_sight_are_checked(spelling, open_text):
    editor = open_text("\n".join(["right words"] * 3000 + ["wrogn end"]))
    editor.go_to(3001, 9)
    spelling.wait_for("wrogn", line=3000)


def test_what_was_checked_is_not_checked_again(spelling, open_text, dictionary, qtbot, monkeypatch):
    editor = open_text("we recieve it\n\nother words")
    spelling.wait_for("recieve")
    qtbot.waitUntil(lambda: not spelling.check._pause.isActive() and not spelling.check._slices.is_active)
    asked = []
    monkeypatch.setattr(dictionary, "knows", lambda word: asked.append(word) or True)
    editor.go_to(3, 5)
    QTest.keyClicks(editor, "s")
    qtbot.waitUntil(lambda: bool(asked))
    assert "recieve" not in asked


def test_the_menu_of_the_editor_opens_with_the_suggestions_on_top(spelling, open_text, monkeypatch):
    editor = open_text("we recieve it")
    spelling.wait_for("recieve")
    editor.go_to(1, 5)
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append((menu, at)))
    place = editor.cursorRect().center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(editor.viewport(), QContextMenuEvent(reason, place, editor.mapToGlobal(place)))
    assert [menu.actions()[0].text() for menu, _ in shown] == ["receive", "receive"]
    for menu, _ in shown:
        menu.close()
