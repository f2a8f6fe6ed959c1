"""Jumping to headings and open notes with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.editor.jump_list import JumpList
from desktop.editor.jumps import Jumps
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage

PLAN = "# 发布计划\n\nwords\n\n## Time\n\nMarch\n\n## 费用\n\nnone\n"


class Jumping:
    def __init__(self, page, desk):
        self.page, self.desk = page, desk

    @property
    def list(self):
        return self.page.findChild(JumpList)

    @property
    def shown(self):
        return [hit.title.strip() for hit in self.list.list.hits]

    def key(self, key):
        QTest.keyClick(self.list.field, key)


@pytest.fixture
def jumping(qtbot, theme, tasks, files, vault):
    for name, text in (("Plan.md", PLAN), ("two.md", "# Two"), ("three.md", "words")):
        (vault / name).write_text(text, encoding="utf-8")
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_editor(True)
    desk = NoteDesk(page.editor, tasks, theme)
    desk.use(files)
    jumps = Jumps(page, desk, theme)
    with qtbot.waitActive(page):
        page.show()
    for name in ("three.md", "two.md", "Plan.md"):
        desk.open(name)
        qtbot.waitUntil(lambda name=name: page.editor.path == name)
    yield Jumping(page, desk)
    desk.close()
    jumps.deleteLater()


def test_the_headings_stand_there_with_the_one_above_the_caret_current(jumping):
    jumping.page.editor.go_to(7)
    jumping.page.headings_action.trigger()
    assert jumping.shown == ["发布计划", "Time", "费用"]
    assert jumping.list.list.currentIndex().row() == 1


def test_enter_goes_to_a_heading(jumping):
    jumping.page.headings_action.trigger()
    jumping.key(Qt.Key.Key_Down)
    jumping.key(Qt.Key.Key_Return)
    assert jumping.page.editor.line() == 5
    assert jumping.list.isHidden()


def test_typing_narrows_the_list_down(jumping):
    jumping.page.headings_action.trigger()
    jumping.list.field.setText("费")
    assert jumping.shown == ["费用"]
    jumping.key(Qt.Key.Key_Return)
    assert jumping.page.editor.line() == 9


def test_enter_at_once_goes_back_to_the_note_before(jumping, qtbot):
    jumping.page.notes_action.trigger()
    assert jumping.shown == ["Plan", "two", "three"]
    jumping.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: jumping.page.editor.path == "two.md")


def test_up_from_the_first_goes_to_the_last(jumping, qtbot):
    jumping.page.notes_action.trigger()
    jumping.key(Qt.Key.Key_Up)
    jumping.key(Qt.Key.Key_Up)
    jumping.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: jumping.page.editor.path == "three.md")


def test_esc_leaves_everything_where_it_was(jumping):
    jumping.page.notes_action.trigger()
    jumping.key(Qt.Key.Key_Escape)
    assert jumping.list.isHidden()
    assert jumping.page.editor.hasFocus()
    assert jumping.page.editor.path == "Plan.md"


def test_a_note_without_headings_has_no_list(jumping, qtbot):
    jumping.desk.open("three.md")
    qtbot.waitUntil(lambda: jumping.page.editor.path == "three.md")
    jumping.page.headings_action.trigger()
    assert jumping.list is None or jumping.list.isHidden()


CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(params=["queryKeyboardModifiers", "keyboardModifiers"])
def held(request, monkeypatch):
    """Ctrl, held down as the list opens, or let go already where an input method hears keys first."""
    monkeypatch.setattr(f"PySide6.QtGui.QGuiApplication.{request.param}", lambda: CTRL)


def test_a_short_ctrl_tab_goes_to_the_note_before(jumping, held, qtbot):
    jumping.page.notes_action.trigger()
    QTest.keyRelease(jumping.list.field, Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: jumping.page.editor.path == "two.md")
    assert jumping.list.isHidden()


def test_tab_again_goes_further_and_backwards(jumping, held, qtbot):
    jumping.page.notes_action.trigger()
    jumping.page.notes_action.trigger()
    assert jumping.list.list.currentIndex().row() == 2
    jumping.page.notes_back_action.trigger()
    assert jumping.list.list.currentIndex().row() == 1
    jumping.page.notes_action.trigger()
    QTest.keyRelease(jumping.list.field, Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: jumping.page.editor.path == "three.md")


def test_backwards_at_first_goes_to_the_oldest(jumping, held):
    jumping.page.notes_back_action.trigger()
    assert jumping.list.list.currentIndex().row() == 2


def test_who_types_into_the_list_may_let_ctrl_go(jumping, held):
    jumping.page.notes_action.trigger()
    jumping.list.field.setText("th")
    QTest.keyRelease(jumping.list.field, Qt.Key.Key_Control)
    assert jumping.list.isVisible()
    assert jumping.shown == ["three"]
    jumping.key(Qt.Key.Key_Escape)


def test_a_list_that_was_opened_by_the_mouse_stays_when_ctrl_is_let_go(jumping):
    jumping.page.notes_action.trigger()
    QTest.keyRelease(jumping.list.field, Qt.Key.Key_Control)
    assert jumping.list.isVisible()
    jumping.key(Qt.Key.Key_Escape)
