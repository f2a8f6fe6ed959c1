"""Several models answering at once: in any order, with failures, stops and votes between."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from core import errors
from core.assist.model import Answer, Answered, Finish, NoteContext, TextAdded
from core.llm.chat import Tier, Usage
from core.session.model import Outcome
from desktop.error_text import word
from tests.desktop.fake_link import a_quote, model_state, quotes_found
from tests.desktop.panel import comparison
from tests.desktop.panel.keyboard import Keyboard

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
EVENTS = st.lists(
    st.tuples(st.sampled_from(["quotes", "words", "end", "cut", "fail"]), st.integers(0, 1)), max_size=12
)


def end(text, *, finish=Finish.COMPLETE, trace="t", **measured):
    values = {"usage": Usage(), "cost_usd": None, "first_token_ms": None, "total_ms": 1200.0} | measured
    return Answered(Answer(text, (), finish, "m", "p", Tier.FAST, trace_id=trace, **values))


EVENT_OF = {
    "quotes": lambda: quotes_found(a_quote()),
    "words": lambda: TextAdded("三月 [1] "),
    "end": lambda: end("三月。"),
    "cut": lambda: end("三", finish=Finish.INCOMPLETE),
    "fail": errors.ModelTimedOut,
}


@pytest.fixture
def two(panel):
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="org/big", place="api.example.com"))
    panel.activateWindow()
    return panel


@pytest.fixture
def compare(two, link):
    """Ask both models; returns the card and their streams."""

    def ask(text="三月还是四月？"):
        two.composer.set_text(text)
        comparison.compare(two)
        return two.conversation.cards[-1], link.asked[-2:]

    return ask


def took(column):
    return column.findChild(QLabel, "modelTook").text()


def vote(column):
    return column.findChild(QToolButton, "voteButton")


def buttons_say_what_is_possible(card):
    row = card.actions_row
    assert row.insert_button.isEnabled() is card.can_insert
    assert row.replace_button.isEnabled() is card.can_replace
    assert [column.property("chosen") for column in card.columns].count(True) == 1
    for column in card.columns:
        assert took(column)
        assert vote(column).isEnabled() is bool(column.trace_id)
        assert not (column.is_under_way and column.text_for_note)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, stop_after=st.integers(0, 12), choices=st.lists(st.integers(0, 1), max_size=4))
def test_each_column_hears_its_own_model_whatever_the_order(two, compare, events, stop_after, choices):
    two.clear()
    card, streams = compare()
    ended: dict[int, str] = {}
    for place, (name, which) in enumerate(events):
        if place == stop_after:
            two.stop()
        streams[which].send(EVENT_OF[name]())
        QApplication.processEvents()
        stopped = place >= stop_after
        if not stopped and name in ("end", "cut", "fail"):
            ended.setdefault(which, name)
        buttons_say_what_is_possible(card)
    for which, column in enumerate(card.columns):
        assert column.is_whole is (ended.get(which) == "end")
    stopped = len(events) > stop_after
    assert card.is_under_way is (not stopped and len(ended) < 2)
    assert two.requests.runner.is_busy is card.is_under_way
    for choice in choices:
        card.columns[choice].setFocus()
        card.columns[choice].chosen.emit(card.columns[choice])
        assert card.text_for_note == card.columns[choice].text_for_note
        buttons_say_what_is_possible(card)
    two.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def finished(qtbot, card, streams, *texts):
    for stream, text, trace in zip(streams, texts, ("t-small", "t-big"), strict=True):
        stream.send(end(text, trace=trace))
    qtbot.waitUntil(lambda: not card.is_under_way)


def test_by_keyboard_alone_a_model_is_chosen_and_its_answer_inserted(qtbot, two, link):
    keys = Keyboard(two)
    two.focus_composer()
    keys("why March?")
    keys(KEY.Key_D, modifiers=CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: keys.focus is two.comparing.dialog.models)
    keys(KEY.Key_Return)
    two.activateWindow()
    card = two.conversation.cards[-1]
    finished(qtbot, card, link.asked[-2:], "Small.", "Big.")
    for _ in range(40):
        keys(KEY.Key_Tab)
        if keys.focus is card.columns[1]:
            break
    keys(KEY.Key_Space)
    assert card.text_for_note == "Big."
    with qtbot.waitSignal(two.insert_requested) as got:
        keys(KEY.Key_Return, modifiers=CTRL)
    assert "Big." in got.args[1]


def test_a_vote_is_cast_with_the_space_bar_and_chooses(qtbot, two, compare, link):
    card, streams = compare()
    finished(qtbot, card, streams, "小。", "大。")
    vote(card.columns[1]).setFocus()
    Keyboard(two)(KEY.Key_Space)
    assert link.assist.outcomes == [("t-big", Outcome.GOOD)]
    assert card.text_for_note == "大。"
    assert "chosen" in card.columns[1].accessibleName()
    assert "chosen" not in card.columns[0].accessibleName()


def test_a_press_on_the_words_of_an_answer_chooses_it(qtbot, compare):
    card, streams = compare()
    finished(qtbot, card, streams, "小。", "大。")
    QTest.mouseClick(card.columns[1].view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert card.text_for_note == "大。"
    assert card.columns[1].property("chosen") is True


def test_what_was_measured_is_told_and_nothing_is_made_up(qtbot, compare):
    card, (small, big) = compare()
    small.send(end("小。", first_token_ms=340.0, cost_usd=0.0, usage=Usage(10, 2)))
    big.send(end("大。"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert took(card.columns[0]) == "first word 0.3 s · all 1.2 s · 12 tokens · 0.0000 USD"
    assert took(card.columns[1]) == "all 1.2 s"


def test_a_model_that_fails_says_why_and_the_other_can_be_taken(qtbot, two, compare):
    card, (small, big) = compare()
    small.send(errors.KeyRefused())
    big.send(end("大。"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert took(card.columns[0]).startswith(word(errors.KeyRefused()).text)
    assert not vote(card.columns[0]).isEnabled()
    with qtbot.assertNotEmitted(two.insert_requested):
        two.commands.insert.trigger()
    qtbot.keyClick(card.columns[1], KEY.Key_Space)
    with qtbot.waitSignal(two.insert_requested):
        two.commands.insert.trigger()


def test_a_half_answer_never_replaces(qtbot, two, compare, note):
    note.context = NoteContext("a.md", selection="三月开放。")
    two.refresh_context()
    card, (small, big) = compare("改")
    small.send(end("四月", finish=Finish.INCOMPLETE))
    big.send(end("四月开放。"))
    qtbot.waitUntil(lambda: not card.is_under_way)
    assert card.can_insert
    assert not card.can_replace
    qtbot.keyClick(card.columns[1], KEY.Key_Space)
    assert card.can_replace


def test_stopping_keeps_the_answer_that_is_there_already(qtbot, two, compare):
    card, (small, big) = compare()
    small.send(end("小。"))
    big.say("大概")
    qtbot.waitUntil(lambda: card.columns[1].view.markdown == "大概")
    two.stop()
    assert took(card.columns[0]) == "all 1.2 s"
    assert took(card.columns[1]) == "Stopped."
    assert card.columns[1].view.markdown == "大概"
    assert card.can_insert


def test_a_new_question_stops_the_models_of_the_comparison(two, compare, link):
    _card, (small, big) = compare()
    two.stop()
    two.composer.set_text("next")
    two.composer.submit()
    assert small.cancelled
    assert big.cancelled
    assert link.asked[-1].request.text == "next"


def test_a_comparison_belongs_to_no_conversation(two, compare):
    two.sessions.current = "s1"
    _card, streams = compare()
    assert [stream.request.session_id for stream in streams] == ["", ""]


def test_the_names_of_models_stand_as_they_are(two, link):
    two.set_model(model_state(Tier.FAST, model="<b>x</b>&y"))
    two.composer.set_text("?")
    comparison.compare(two)
    column = two.conversation.cards[-1].columns[0]
    label = next(label for label in column.findChildren(QLabel) if "x" in label.text())
    assert label.text() == "<b>x</b>&y"
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [320, 420, 620, 1100])
def test_no_column_is_ever_wider_than_the_card(qtbot, two, compare, width):
    card, streams = compare()
    finished(qtbot, card, streams, "```\n" + "很长的一行代码 " * 30 + "\n```", "word" * 80)
    two.resize(width, 700)
    QApplication.processEvents()
    for column in card.columns:
        at = column.mapTo(card, QPoint(0, 0)).x()
        assert at >= 0
        assert at + column.width() <= card.width()
    assert two.width() == width
