"""The small widgets that know nothing of notes."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.hit_list import Hit, HitList
from desktop.widgets.message_bar import Choice, MessageBar

HITS = [
    Hit("a.md", 0, "Launch plan", "Projects"),
    Hit("b/c.md", 14, "发布计划 › 时间", "公测定在三月"),
    Hit("d.md", 2, "x"),
]


@pytest.fixture
def bar(qtbot, theme):
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def hits(qtbot, theme):
    hits = HitList(theme)
    qtbot.addWidget(hits)
    hits.resize(240, 300)
    hits.show_hits(HITS)
    return hits


def labels(widget):
    return [button.text() for button in widget.findChildren(QPushButton) if not button.isHidden()]


def test_a_bar_with_nothing_to_say_takes_no_room(bar):
    assert bar.isHidden()
    assert bar.text == ""


def test_a_bar_says_a_sentence_and_offers_choices(bar, qtbot):
    pressed = []
    bar.say("It was changed elsewhere.", Choice("Keep", lambda: pressed.append("keep"), is_primary=True))
    assert bar.text == "It was changed elsewhere."
    assert bar.accessibleName() == bar.text
    bar.findChild(QPushButton).click()
    assert pressed == ["keep"]
    assert bar.findChild(QPushButton).property("primary")


def test_new_words_take_the_place_of_the_old_ones(bar):
    bar.say("one", Choice("A", int), is_problem=True)
    bar.say("two", Choice("B", int))
    assert labels(bar) == ["B"]
    assert not bar.property("problem")


def test_a_bar_at_rest_has_no_buttons(bar):
    bar.say("one", Choice("A", int))
    bar.rest()
    assert labels(bar) == []
    assert bar.text == ""


def test_words_of_a_bar_are_never_read_as_html(bar):
    bar.say("<img src='http://x.y/z'>")
    assert bar._words.textFormat() == Qt.TextFormat.PlainText


def test_an_empty_page_offers_a_way_on(qtbot, theme):
    page = EmptyState()
    qtbot.addWidget(page)
    pressed = []
    page.say(
        theme.icon("note"), "Nothing here", "Write something.", Choice("Write", lambda: pressed.append(1))
    )
    page.findChild(QPushButton).click()
    assert (page.title, page.text, pressed) == ("Nothing here", "Write something.", [1])
    page.say(theme.icon("note"), "Other", "words")
    assert labels(page) == []


def test_an_empty_page_fits_a_narrow_pane(qtbot, theme):
    page = EmptyState()
    qtbot.addWidget(page)
    page.say(theme.icon("note"), "Nothing here", "Some words that go on for a while. " * 4)
    with qtbot.waitExposed(page):
        page.resize(260, 500)
        page.show()
    assert page._text.width() <= 260


def test_a_click_on_a_hit_opens_its_place(hits, qtbot):
    with qtbot.waitExposed(hits):
        hits.show()
    place = hits.visualRect(hits.model().index(1, 0)).center()
    with qtbot.waitSignal(hits.opened) as signal:
        QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["b/c.md", 14]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_opens_the_current_hit(hits, qtbot, key):
    hits.setCurrentIndex(hits.model().index(0, 0))
    with qtbot.waitSignal(hits.opened) as signal:
        QTest.keyClick(hits, key)
    assert signal.args == ["a.md", 0]


def test_without_a_current_hit_enter_opens_nothing(hits, qtbot):
    with qtbot.assertNotEmitted(hits.opened):
        QTest.keyClick(hits, Qt.Key.Key_Return)


def test_a_hit_is_spoken_whole_and_its_place_is_in_the_tooltip(hits):
    index = hits.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "发布计划 › 时间. 公测定在三月"
    assert "b/c.md:14" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_hit_with_detail_has_two_lines(hits):
    assert hits.sizeHintForRow(0) > hits.sizeHintForRow(2)


def test_hits_are_painted_with_both_lines(hits, qtbot):
    with qtbot.waitExposed(hits):
        hits.show()
    image = hits.grab().toImage()
    row = hits.visualRect(hits.model().index(0, 0))
    ground = image.pixelColor(2, 290)
    halves = (range(row.top(), row.center().y()), range(row.center().y() + 2, row.bottom()))
    for half in halves:
        assert any(image.pixelColor(x, y) != ground for y in half for x in range(10, 150))


def test_a_long_text_is_shortened_and_kept_whole_for_readers(qtbot, theme):
    label = ElidedLabel()
    qtbot.addWidget(label)
    text = "很长的名字 " * 40
    label.setText(text)
    label.resize(120, 20)
    assert "…" in label.text()
    assert label.whole_text() == text
    assert label.accessibleName() == text
    assert label.minimumSizeHint() == QSize(0, label.minimumSizeHint().height())
