"""Pages behind a list that is searched."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.theme.other_words import both_ways
from desktop.theme.resources import resource
from desktop.widgets.found_words import FOUND
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
    words = QLabel("Theme of the window")
    words.setObjectName("theme")
    pages.add(a_page(words), "lookPage", "Look")
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


def test_choices_and_hints_in_fields_are_found_as_well(qtbot, pages):
    box, field = QComboBox(), QLineEdit()
    box.addItems(["Light", "Only Whisper"])
    field.setPlaceholderText("this machine")
    field.setText("typed by hand")
    pages.add(a_page(box, field), "morePage", "More")
    assert pages.matching("whisper") == ["morePage"]
    assert pages.matching("this machine") == ["morePage"]
    assert pages.matching("typed") == []


def test_what_was_looked_for_is_marked_until_something_else_is(qtbot, pages):
    label = pages.findChild(QLabel, "theme")
    QTest.keyClicks(pages.search, "theme")
    assert label.property(FOUND)
    pages.search.clear()
    assert not label.property(FOUND)


def test_it_is_brought_into_sight_on_a_long_page(qtbot, pages):
    last = QLabel("the needle")
    pages.add(a_page(*(QLabel(f"hay {n}") for n in range(60)), last), "longPage", "Long")
    QTest.keyClicks(pages.search, "needle")
    assert pages.current_name == "longPage"
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())


def test_what_is_on_no_page_is_said(qtbot, pages):
    assert not pages._nothing.isVisible()
    QTest.keyClicks(pages.search, "zzz")
    assert pages._nothing.isVisible()
    pages.search.clear()
    assert not pages._nothing.isVisible()


def test_what_is_hidden_on_its_page_is_not_marked(qtbot, pages):
    hidden = QLabel("secret")
    pages.add(a_page(hidden), "hiddenPage", "Hidden")
    hidden.hide()
    QTest.keyClicks(pages.search, "secret")
    assert not hidden.property(FOUND)


@pytest.mark.parametrize("words", ["keys", "kjj", "KJJ", "快捷"])
def test_a_page_is_found_by_both_languages_and_by_pinyin_initials(pages, words):
    assert pages.matching(words) == ["keysPage"]


def test_a_setting_is_found_and_marked_by_its_name_in_the_other_language(pages):
    box = QCheckBox("Dark")
    pages.add(a_page(box), "nightPage", "Night")
    (chinese,) = both_ways(resource("i18n/pilotfish_zh_CN.ts"))["Dark"]
    pages.search.setText(chinese)
    assert pages.current_name == "nightPage"
    assert box.property(FOUND)
