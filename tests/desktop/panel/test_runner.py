"""A request waits for an engine, and never for ever."""

import pytest

from core import errors
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel import runner
from desktop.panel.answer_card import AnswerState
from desktop.panel.side_panel import SidePanel
from tests.desktop.panel.conftest import OpenNote


@pytest.fixture
def unattached(qapp):
    bridge = EngineBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def waiting(qtbot, theme, unattached):
    """A panel with a question, and no engine yet."""
    panel = SidePanel(unattached, theme, OpenNote())
    qtbot.addWidget(panel)
    panel.composer.set_text("why?")
    panel.composer.submit()
    assert panel.requests.runner.is_busy
    return panel


def test_an_engine_that_comes_later_gets_the_request(qtbot, waiting, unattached, link):
    unattached.attach(link)
    qtbot.waitUntil(lambda: bool(link.asked))
    assert link.asked[0].request.text == "why?"


def test_an_engine_that_cannot_start_ends_the_waiting_with_its_reason(waiting, unattached):
    unattached.failed.emit(errors.EngineStopped())
    card = waiting.conversation.cards[-1]
    assert card.state is AnswerState.FAILED
    assert card.problem.text
    assert not waiting.requests.runner.is_busy


def test_without_any_word_from_an_engine_the_waiting_ends_all_the_same(qtbot, waiting, monkeypatch):
    monkeypatch.setattr(runner, "PATIENCE", 2)
    qtbot.waitUntil(lambda: waiting.conversation.cards[-1].state is AnswerState.FAILED)


def test_an_error_that_belongs_to_no_request_leaves_a_running_one_alone(panel, ask, bridge):
    asking = ask("why?")
    bridge.failed.emit(errors.EngineStopped())
    assert panel.requests.runner.is_busy
    assert not asking.cancelled


def test_what_was_given_up_can_be_tried_again(qtbot, waiting, unattached, link):
    unattached.failed.emit(errors.EngineStopped())
    unattached.attach(link)
    waiting.conversation.cards[-1].retry_requested.emit()
    qtbot.waitUntil(lambda: bool(link.asked))
