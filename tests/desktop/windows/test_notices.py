"""What stands where a note would be, and the way on from there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from core.errors import VaultMissing
from desktop.editor.note_page import NotePage
from desktop.error_text import word
from desktop.windows.notices import Notices


@pytest.fixture
def page(qtbot, theme):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(700, 500)
    return page


@pytest.fixture
def done():
    return []


@pytest.fixture
def notices(page, theme, done):
    return Notices(
        page,
        theme,
        choose_folder=lambda: done.append("folder"),
        try_welcome=lambda: done.append("welcome"),
        new_note=lambda: done.append("note"),
    )


def buttons(page):
    return [button for button in page.empty.findChildren(QPushButton) if not button.isHidden()]


def unusable(notices):
    notices.unusable(Path("/笔记"), VaultMissing("gone", path="/笔记"))


SAY = {
    "no vault": lambda notices: notices.no_vault(),
    "unusable": unusable,
    "empty vault": lambda notices: notices.empty_vault(),
    "no note": lambda notices: notices.no_note(),
}


@pytest.mark.parametrize(
    ("state", "ways"),
    [
        ("no vault", ["folder", "welcome"]),
        ("unusable", ["folder", "welcome"]),
        ("empty vault", ["note", "folder"]),
        ("no note", []),
    ],
)
def test_each_state_offers_its_way_on_the_best_first(notices, page, done, state, ways):
    SAY[state](notices)
    found = buttons(page)
    for button in found:
        button.click()
    assert done == ways
    assert [button.property("primary") for button in found] == [n == 0 for n in range(len(found))]


@pytest.mark.parametrize("state", SAY)
def test_each_state_says_what_is_and_what_to_do(notices, page, state):
    SAY[state](notices)
    assert page.empty.title
    assert page.empty.text
    assert page.empty.title != page.empty.text


@pytest.mark.parametrize("state", SAY)
def test_each_state_takes_the_place_of_the_note(notices, page, qtbot, state):
    page.show_editor(True)
    with qtbot.waitExposed(page):
        page.show()
    SAY[state](notices)
    assert page.empty.isVisible()
    assert not page.editor.isVisible()
    page.hide()


def test_why_a_folder_cannot_be_used_is_told_in_words(notices, page):
    error = VaultMissing("gone", path="/笔记")
    notices.unusable(Path("/笔记"), error)
    assert page.empty.title == word(error).text
    assert page.empty.text == word(error).hint


def test_no_note_names_the_key_that_finds_one(notices, page):
    notices.no_note()
    assert "Ctrl+P" in page.empty.text


def test_the_buttons_of_the_state_before_are_gone(notices, page, done):
    notices.no_vault()
    notices.empty_vault()
    notices.no_note()
    assert buttons(page) == []


@pytest.mark.parametrize("state", ["no vault", "unusable", "empty vault"])
def test_another_scheme_says_the_same_again(notices, page, theme, qtbot, state):
    SAY[state](notices)
    with qtbot.waitExposed(page):
        page.show()
    before = page.empty.title, page.empty.text, [b.text() for b in buttons(page)]
    theme.set_preference("dark")
    qtbot.waitUntil(lambda: bool(buttons(page)))  # laid out with the next event
    assert (page.empty.title, page.empty.text, [b.text() for b in buttons(page)]) == before
    page.hide()


def test_another_scheme_does_not_put_the_note_away(notices, page, theme, qtbot):
    with qtbot.waitExposed(page):
        page.show()
    notices.no_note()
    page.show_editor(True)
    theme.set_preference("dark")
    assert page.editor.isVisible()
    page.hide()


# The keyboard


@pytest.mark.parametrize("state", ["no vault", "unusable", "empty vault"])
def test_the_keyboard_stands_on_the_first_way_out(notices, page, qtbot, done, state):
    SAY[state](notices)
    with qtbot.waitExposed(page):
        page.show()
    assert page.focusWidget() is buttons(page)[0]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert done == [{"empty vault": "note"}.get(state, "folder")]


def test_it_stands_there_as_well_when_the_buttons_are_made_anew(notices, page, theme, qtbot):
    notices.empty_vault()
    with qtbot.waitExposed(page):
        page.show()
    theme.changed.emit()
    qtbot.waitUntil(lambda: page.focusWidget() in buttons(page)[:1])


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_nobody_who_writes_elsewhere_is_interrupted(notices, page, qtbot, make):
    field = make(page)
    with qtbot.waitExposed(page):
        page.show()
    field.setFocus()
    notices.empty_vault()
    qtbot.waitUntil(lambda: page.focusWidget() in buttons(page)[:1])  # an empty field is no reason to stay
    field.setFocus()
    field.insert("几个字") if make is QLineEdit else field.insertPlainText("几个字")
    notices.empty_vault()
    qtbot.waitUntil(lambda: len(buttons(page)) == 2)
    assert page.focusWidget() is field
