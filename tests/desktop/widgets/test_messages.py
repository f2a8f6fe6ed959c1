"""Bars and empty pages that speak, are interrupted, and speak again."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.empty_state import ICON, WIDEST, EmptyState
from desktop.widgets.message_bar import Choice, MessageBar


@pytest.fixture
def pane(qtbot, theme):
    """A narrow pane with a bar above and an empty page below."""
    pane = QWidget()
    qtbot.addWidget(pane)
    column = QVBoxLayout(pane)
    pane.bar, pane.empty = MessageBar(pane), EmptyState(pane)
    column.addWidget(pane.bar)
    column.addWidget(pane.empty, 1)
    pane.resize(320, 480)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def texts(widget):
    return [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def settle():
    """Let what was put aside be deleted and laid out."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


# The bar


def test_a_bar_takes_room_only_while_it_speaks(pane):
    before = pane.empty.height()
    pane.bar.say("It was changed elsewhere.")
    settle()
    assert pane.empty.height() < before
    pane.bar.rest()
    settle()
    assert pane.empty.height() == before


def test_a_choice_may_answer_with_other_words(pane):
    pane.bar.say("Sure?", Choice("Yes", lambda: pane.bar.say("Done.", Choice("Undo", int))))
    QTest.mouseClick(pane.bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    settle()
    assert pane.bar.text == "Done."
    assert texts(pane.bar) == ["Undo"]


def test_a_choice_may_put_the_bar_to_rest(pane):
    pane.bar.say("Sure?", Choice("No", pane.bar.rest))
    pane.bar.findChild(QPushButton).click()
    settle()
    assert (pane.bar.text, texts(pane.bar)) == ("", [])


def test_the_buttons_are_there_before_the_next_event(pane):
    pane.bar.say("one", Choice("A", int))
    pane.bar.say("two", Choice("B", int), Choice("C", int))
    assert texts(pane.bar) == ["B", "C"]


def test_saying_the_same_again_and_again_leaves_one_of_each(pane):
    for _ in range(20):
        pane.bar.say("one", Choice("A", int))
    settle()
    assert len(pane.bar.findChildren(QPushButton)) == 1


def test_only_the_primary_choice_is_marked(pane):
    pane.bar.say("x", Choice("Keep", int, is_primary=True), Choice("Drop", int))
    marked = [button.text() for button in pane.bar.findChildren(QPushButton) if button.property("primary")]
    assert marked == ["Keep"]


def test_a_problem_is_one_until_it_is_none(pane):
    pane.bar.say("bad", is_problem=True)
    assert pane.bar.property("problem") is True
    pane.bar.rest()
    pane.bar.say("good")
    assert pane.bar.property("problem") is False


def test_resting_twice_or_at_first_is_no_failure(pane):
    pane.bar.rest()
    pane.bar.say("x")
    pane.bar.rest()
    pane.bar.rest()
    assert pane.bar.text == ""


def test_the_choices_are_reached_in_their_order_by_tab(pane):
    pane.bar.say("x", Choice("One", int), Choice("Two", int))
    one, two = pane.bar.findChildren(QPushButton)
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()


def test_a_choice_is_pressed_by_keyboard(pane):
    pressed = []
    pane.bar.say("x", Choice("One", lambda: pressed.append(1)))
    QTest.keyClick(pane.bar.findChild(QPushButton), Qt.Key.Key_Space)
    assert pressed == [1]


@pytest.mark.parametrize("text", ["很长的一句话，" * 30, "word " * 80, "مرحبا " * 40])
def test_long_words_wrap_and_the_buttons_stay_whole(pane, text):
    pane.bar.say(text, Choice("保留", int))
    settle()
    button = pane.bar.findChild(QPushButton)
    assert pane.bar.rect().contains(button.geometry())
    assert button.width() >= button.minimumSizeHint().width()
    assert pane.bar.height() > 2 * button.height()


# The empty page


def test_it_speaks_in_the_middle_of_the_room(pane, theme, qtbot):
    pane.empty.say(theme.icon("note"), "还没有笔记", "打开一个文件夹。", Choice("打开", int))
    pane.resize(900, 600)
    qtbot.waitUntil(lambda: pane.empty.width() > 700)
    settle()
    title = next(label for label in pane.empty.findChildren(QLabel) if label.text() == "还没有笔记")
    middle = title.mapTo(pane.empty, title.rect().center()).x()
    assert abs(middle - pane.empty.rect().center().x()) <= 2
    assert title.width() <= WIDEST


def test_other_words_bring_other_buttons(pane, theme):
    pane.empty.say(theme.icon("note"), "One", "1", Choice("A", int), Choice("B", int))
    settle()
    assert texts(pane.empty) == ["A", "B"]
    pane.empty.say(theme.icon("note"), "Two", "2", Choice("C", int))
    settle()
    assert texts(pane.empty) == ["C"]
    assert (pane.empty.title, pane.empty.text) == ("Two", "2")
    assert len(pane.empty.findChildren(QPushButton)) == 1


def test_a_button_may_change_what_it_stands_in(pane, theme):
    def on():
        pane.empty.say(theme.icon("note"), "Next", "", Choice("Later", int))

    pane.empty.say(theme.icon("note"), "First", "", Choice("On", on))
    settle()
    QTest.mouseClick(pane.empty.findChild(QPushButton), Qt.MouseButton.LeftButton)
    settle()
    assert (pane.empty.title, texts(pane.empty)) == ("Next", ["Later"])


def test_words_from_elsewhere_are_never_read_as_html(pane, theme):
    pane.empty.say(theme.icon("note"), "<img src='x'>", "<b>b</b>")
    formats = [label.textFormat() for label in pane.empty.findChildren(QLabel) if label.text()]
    assert formats == [Qt.TextFormat.PlainText] * 2


def test_the_icon_is_drawn_at_its_size(pane, theme):
    pane.empty.say(theme.icon("note"), "x", "y")
    sizes = [label.pixmap().width() for label in pane.empty.findChildren(QLabel) if not label.text()]
    assert sizes == [ICON]


def test_in_a_narrow_pane_nothing_is_cut(pane, theme):
    pane.resize(220, 480)
    pane.empty.say(
        theme.icon("note"), "A rather long title for it", "Some words that go on. " * 5, Choice("On", int)
    )
    settle()
    for part in [*pane.empty.findChildren(QLabel), *pane.empty.findChildren(QPushButton)]:
        left = part.mapTo(pane.empty, part.rect().topLeft()).x()
        assert left >= 0
        assert left + part.width() <= pane.empty.width()
