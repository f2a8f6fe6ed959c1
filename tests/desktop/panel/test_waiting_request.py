"""Enter while an answer streams: what is typed waits for its end, and nothing is sent that was not meant."""

import pytest
from PySide6.QtCore import Qt

from core.errors import ModelUnreachable
from tests.desktop.fake_link import model_chosen, quotes_found
from tests.desktop.panel.test_side_panel import answered

ENTER = Qt.Key.Key_Return


@pytest.fixture
def first(panel, ask, qtbot):
    """An answer that streams, and the next question typed and sent."""
    asking = ask("first")
    asking.send(quotes_found(), model_chosen())
    asking.say("Words")
    panel.composer.set_text("第二个问题")
    qtbot.keyClick(panel.composer.edit, ENTER)
    return asking


def said(panel):
    return panel.composer.findChild(type(panel.composer._words), "composerWords")


def idle(qtbot, panel):
    qtbot.waitUntil(lambda: not panel.requests.runner.is_busy)


def asked(link):
    return [one.request.text for one in link.asked]


def test_it_is_kept_and_said_to_wait(panel, link, first):
    assert panel.composer.edit.toPlainText() == "第二个问题"
    assert "when the answer is complete" in said(panel).text()
    assert said(panel).isVisible()
    assert asked(link) == ["first"]


def test_it_goes_when_the_answer_is_complete(qtbot, panel, link, first):
    first.end("Words.")
    qtbot.waitUntil(lambda: asked(link) == ["first", "第二个问题"])
    assert panel.composer.empty
    assert not said(panel).isVisible()
    assert [card.request.text for card in panel.conversation.cards] == ["first", "第二个问题"]


def test_it_goes_once(qtbot, panel, link, first):
    first.end("Words.")
    qtbot.waitUntil(lambda: len(link.asked) == 2)
    answered(qtbot, panel, link.asked[-1])
    idle(qtbot, panel)
    assert len(link.asked) == 2


def test_sent_a_second_time_it_takes_the_answers_place(qtbot, panel, link, first):
    qtbot.keyClick(panel.composer.edit, ENTER)
    assert asked(link) == ["first", "第二个问题"]
    assert first.cancelled
    assert panel.requests.runner.is_busy


def test_written_on_it_waits_no_more(qtbot, panel, link, first):
    qtbot.keyClicks(panel.composer.edit, "?")
    assert not said(panel).isVisible()
    first.end("Words.")
    idle(qtbot, panel)
    assert (asked(link), panel.composer.edit.toPlainText()) == (["first"], "第二个问题?")


def test_after_a_failure_it_stays_to_be_sent_by_hand(qtbot, panel, link, first):
    first.send(ModelUnreachable("x", host="h"))
    idle(qtbot, panel)
    assert (asked(link), panel.composer.edit.toPlainText()) == (["first"], "第二个问题")
    qtbot.keyClick(panel.composer.edit, ENTER)
    assert asked(link) == ["first", "第二个问题"]


@pytest.mark.parametrize("way", ["stop", "new_conversation", "clear"])
def test_after_a_stop_it_stays_also_at_the_end_of_another_answer(qtbot, panel, link, first, way):
    getattr(panel, way)()
    assert (asked(link), panel.composer.edit.toPlainText()) == (["first"], "第二个问题")
    assert not said(panel).isVisible()
    panel.requests.ask(first.request, None)
    answered(qtbot, panel, link.asked[-1])
    idle(qtbot, panel)
    assert asked(link) == ["first", "first"]


def test_with_nothing_typed_nothing_waits(qtbot, panel, ask, link):
    asking = ask("first")
    qtbot.keyClick(panel.composer.edit, ENTER)
    assert not said(panel).isVisible()
    asking.send(quotes_found(), model_chosen())
    asking.end("Words.")
    idle(qtbot, panel)
    assert asked(link) == ["first"]


def test_what_waits_is_gone_where_it_is_taken_back(qtbot, panel, link, first):
    panel.composer.edit.clear()
    first.end("Words.")
    idle(qtbot, panel)
    assert asked(link) == ["first"]
