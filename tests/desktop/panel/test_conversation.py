"""The column of answers: it grows downwards, and what is being read stays where it is."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

from core.assist.model import AskRequest
from desktop.panel.answer_card import AnswerCard
from desktop.panel.conversation import Conversation
from tests.desktop.fake_link import a_citation, a_quote, an_answer, model_chosen, quotes_found

LONG = "A paragraph of an answer that is long enough to wrap a few times in a narrow panel.\n\n"


@pytest.fixture
def conversation(qtbot, theme):
    conversation = Conversation(theme)
    qtbot.addWidget(conversation)
    conversation.resize(360, 400)
    conversation.show()
    qtbot.waitExposed(conversation)
    return conversation


@pytest.fixture
def add(conversation, theme):
    def add(text="why?"):
        card = AnswerCard(theme, AskRequest(text))
        conversation.add(card)
        settle()
        return card

    return add


def settle():
    for _ in range(3):
        QApplication.processEvents()


def value(conversation):
    return conversation.verticalScrollBar().value()


def top(conversation, widget):
    """Where a widget is seen, measured from the top of the view."""
    return widget.mapTo(conversation.viewport(), QPoint(0, 0)).y()


def turn_wheel(conversation, steps):
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(0, 0), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(conversation.viewport(), event)
    settle()


def stream(card, pieces=40, each=LONG):
    card.show_quotes(quotes_found(a_quote()))
    card.show_model(model_chosen())
    for _ in range(pieces):
        card.add_text(each)
        card.view._pace.stop()
        settle()
        yield
    card.finish(an_answer(each * pieces))
    settle()


def test_a_new_request_stands_at_the_top(conversation, add):
    add()
    assert value(conversation) == 0
    for _ in stream(conversation.cards[0], 6):
        pass
    second = add("and then?")
    assert abs(top(conversation, second)) <= 1


def test_the_first_lines_of_an_answer_stay_where_they_are_while_it_grows(conversation, add):
    first = add()
    for _ in stream(first, 8):
        pass
    card = add("more?")
    places = set()
    for _ in stream(card):
        places.add(top(conversation, card))
    assert len(places) == 1
    assert card.height() > 3 * conversation.height()


def test_somebody_who_reads_further_up_is_not_moved(conversation, add):
    card = add()
    growing = stream(card)
    for _ in range(15):
        next(growing)
    for _ in range(4):
        turn_wheel(conversation, -1)
    turn_wheel(conversation, 1)
    stood = value(conversation)
    assert 0 < stood < conversation.verticalScrollBar().maximum()
    for _ in growing:
        assert value(conversation) == stood


def test_tab_stays_where_it_led(conversation, add, qtbot):
    card = add()
    for _ in stream(card):
        pass
    conversation.activateWindow()
    card.view.setFocus()
    qtbot.keyClick(card.view, Qt.Key.Key_Tab)
    settle()
    stood = value(conversation)
    assert stood > 0
    card.citations.show_citations((a_citation(1), a_citation(2)))
    settle()
    assert value(conversation) == stood


def test_somebody_who_went_to_the_end_stays_at_the_end(conversation, add):
    card = add()
    growing = stream(card)
    for _ in range(15):
        next(growing)
    conversation.scroll_to_end()
    for _ in growing:
        bar = conversation.verticalScrollBar()
        assert bar.value() == bar.maximum()


def test_turning_the_wheel_upwards_ends_the_following(conversation, add):
    card = add()
    growing = stream(card)
    for _ in range(20):
        next(growing)
    conversation.scroll_to_end()
    turn_wheel(conversation, 2)
    stood = value(conversation)
    for _ in growing:
        assert value(conversation) == stood


def test_turning_the_wheel_to_the_end_begins_the_following(conversation, add):
    card = add()
    growing = stream(card)
    for _ in range(20):
        next(growing)
    for _ in range(20):
        turn_wheel(conversation, -10)
    next(growing)
    assert value(conversation) == conversation.verticalScrollBar().maximum()


def test_dragging_the_bar_to_the_end_begins_the_following(conversation, add):
    card = add()
    growing = stream(card)
    for _ in range(20):
        next(growing)
    conversation.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    next(growing)
    assert value(conversation) == conversation.verticalScrollBar().maximum()


def test_a_button_leads_to_the_end_when_that_is_out_of_view(conversation, add, qtbot):
    card = add()
    jump = conversation._jump
    assert not jump.isVisible()
    for _ in stream(card):
        pass
    assert jump.isVisible()
    qtbot.mouseClick(jump, Qt.MouseButton.LeftButton)
    settle()
    assert not jump.isVisible()
    assert jump.accessibleName()


def test_the_words_keep_their_width_when_the_scroll_bar_appears(conversation, add):
    card = add()
    width = card.width()
    for _ in stream(card, 20):
        pass
    assert conversation.verticalScrollBar().isVisible()
    assert card.width() == width


@pytest.mark.parametrize("size", [(320, 240), (480, 900)])
def test_another_size_of_the_window_keeps_the_latest_request_reachable(conversation, add, size):
    for _ in range(3):
        for _step in stream(add(), 4):
            pass
    conversation.resize(*size)
    settle()
    last = conversation.cards[-1]
    conversation.verticalScrollBar().setValue(last.y())
    assert top(conversation, last) <= 8
    assert last.width() <= size[0]


def test_only_the_latest_card_has_the_primary_button(conversation, add):
    for _ in range(3):
        add()
    primary = [card.actions_row.insert_button.property("primary") for card in conversation.cards]
    assert primary == [False, False, True]
