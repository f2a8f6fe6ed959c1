"""What stands above the note."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.errors import NoteNotSaved
from desktop.editor.note_document import NoteDocument
from desktop.editor.note_page import NotePage


@pytest.fixture
def page(qtbot, theme):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(800, 500)
    return page


def buttons(page):
    return {b.text(): b for b in page.bar.findChildren(QPushButton) if not b.isHidden()}


def conflicting(open_session, vault, tasks):
    session = open_session("one\n")
    QTextCursor(session.document).insertText("mine ")
    (vault / "note.md").write_text("theirs\n")
    session.look_at_disk()
    tasks.settle()
    return session


def test_a_note_that_is_well_takes_no_room(page, open_session):
    page.show_session(open_session("one\n"))
    assert page.bar.text == ""


def test_a_failed_save_says_why_and_can_be_tried_again(page, open_session, qtbot):
    session = open_session("one\n")
    session.problem = NoteNotSaved("no room", path="note.md", reason="disk_full")
    page.show_session(session)
    assert page.bar.text
    assert page.bar.property("problem")
    QTextCursor(session.document).insertText("x")
    with qtbot.waitSignal(session.saved):
        buttons(page)["Try again"].click()


def test_a_conflict_offers_every_way_out(page, open_session, vault, tasks, qtbot):
    session = conflicting(open_session, vault, tasks)
    page.show_session(session)
    assert set(buttons(page)) == {"See both", "Keep both", "Keep mine", "Take theirs"}
    with qtbot.waitSignal(page.comparison_requested) as signal:
        buttons(page)["See both"].click()
    assert signal.args == [session]
    buttons(page)["Take theirs"].click()
    assert session.document.text() == "theirs\n"


def test_a_deleted_note_can_be_saved_again(page, open_session, vault, tasks):
    session = open_session("one\n")
    (vault / "note.md").unlink()
    session.look_at_disk()
    tasks.settle()
    page.show_session(session)
    buttons(page)["Save it again"].click()
    tasks.settle()
    assert (vault / "note.md").read_text() == "one\n"


def test_no_note_says_nothing(page, open_session, vault, tasks):
    page.show_session(conflicting(open_session, vault, tasks))
    page.show_session(None)
    assert page.bar.text == ""


def test_the_words_of_an_empty_page_give_way_to_the_note(page, qtbot):
    with qtbot.waitExposed(page):
        page.show()
    page.show_editor(False)
    assert page.empty.isVisible()
    page.show_editor(True)
    assert page.editor.isVisible()


@pytest.fixture
def field(page, theme, qtbot):
    """A field beside a note that is shown and written in."""
    field = QLineEdit(page)
    page.editor.show_note("note.md", NoteDocument("- [[one]]\n- two\n", theme, page))
    page.editor.setReadOnly(False)
    page.show_editor(True)
    with qtbot.waitActive(page):
        page.show()
    return field


def trigger(page, title):
    next(action for action in page.actions() if action.text() == title).trigger()


WRITING = {
    "Bold": "- [[**one**]]\n- two\n",
    "Move lines down": "- two\n- [[one]]\n",
    "Tick a task off": "- [ ] [[one]]\n- two\n",
    "Make a link": "- [[o[]()ne]]\n- two\n",
}


@pytest.mark.parametrize(("title", "text"), WRITING.items())
def test_keys_change_the_note_only_where_the_person_is_in_it(page, field, title, text, qtbot):
    page.editor.go_to(1, 5)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    trigger(page, title)
    assert page.editor.note.text() == "- [[one]]\n- two\n"
    page.editor.setFocus()
    qtbot.waitUntil(page.editor.hasFocus)
    trigger(page, title)
    assert page.editor.note.text() == text


def test_a_link_is_followed_only_from_the_note(page, field, qtbot):
    page.editor.go_to(1, 5)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.assertNotEmitted(page.editor.link_activated):
        trigger(page, "Follow the link")
    page.editor.setFocus()
    qtbot.waitUntil(page.editor.hasFocus)
    with qtbot.waitSignal(page.editor.link_activated) as signal:
        trigger(page, "Follow the link")
    assert signal.args[0].note == "one"
