"""Pages behind a list that is searched."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.indexed_pages import IndexedPages, form, heading, quiet_words


def a_page(*widgets):
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    return page


@pytest.fixture
def pages(qtbot, theme):
    pages = IndexedPages()
    qtbot.addWidget(pages)
    field = QLineEdit()
    field.setAccessibleName("Largest note")
    pages.add(a_page(QLabel("Theme of the window")), "lookPage", "Look")
    pages.add(a_page(QCheckBox("On battery"), field), "indexPage", "Index")
    pages.add(a_page(QLabel("快捷键冲突")), "keysPage", "快捷键")
    pages.resize(600, 300)
    with qtbot.waitExposed(pages):
        pages.show()
    return pages


def offered(pages):
    names = pages.names
    return [names.item(row).text() for row in range(names.count()) if not names.item(row).isHidden()]


def test_the_first_page_is_shown(pages):
    assert pages.current_name == "lookPage"
    words = next(label for label in pages.findChildren(QLabel) if label.text() == "Theme of the window")
    assert words.isVisible()


def test_a_page_is_shown_by_its_name_and_an_unknown_one_changes_nothing(pages):
    pages.show_page("indexPage")
    assert pages.findChild(QCheckBox).isVisible()
    pages.show_page("no such page")
    assert pages.current_name == "indexPage"


def test_the_list_is_walked_with_the_arrows(pages):
    pages.names.setFocus()
    QTest.keyClick(pages.names, Qt.Key.Key_Down)
    assert pages.current_name == "indexPage"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("theme", ["Look"]),
        ("BATTERY", ["Index"]),
        ("largest", ["Index"]),
        ("冲突", ["快捷键"]),
        ("look", ["Look"]),
        ("window theme", ["Look"]),
        ("theme battery", []),
        ("", ["Look", "Index", "快捷键"]),
    ],
)
def test_a_word_finds_the_page_it_stands_on(pages, words, found):
    pages.search.setText(words)
    assert offered(pages) == found


def test_the_best_page_is_shown_while_one_types(pages):
    QTest.keyClicks(pages.search, "batt")
    assert pages.current_name == "indexPage"
    pages.search.clear()
    assert pages.current_name == "indexPage"


def test_enter_goes_into_the_page(pages, qtbot):
    pages.search.setFocus()
    QTest.keyClicks(pages.search, "battery")
    QTest.keyClick(pages.search, Qt.Key.Key_Return)
    assert not pages.search.hasFocus()


def test_nothing_found_leaves_the_page_in_sight(pages):
    pages.search.setText("zzz")
    assert offered(pages) == []
    assert pages.current_name == "lookPage"


def test_the_small_helpers_dress_their_words(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    assert quiet_words("<b>x</b>", page).textFormat() is Qt.TextFormat.PlainText
    assert heading("x", page).property("title") is True
    assert form(page).rowCount() == 0
