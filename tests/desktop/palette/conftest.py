"""Quick-ask on a scripted engine, with a focus that only remembers."""

import pytest

from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.quick_ask import QuickAsk
from desktop.palette.recent import RecentQuestions
from desktop.panel.answer_card import AnswerCard


class FakeFocus:
    """Notes what it was asked to do."""

    def __init__(self):
        self.calls = []

    def remember(self):
        self.calls.append("remember")

    def give_back(self):
        self.calls.append("give back")


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


@pytest.fixture
def focus():
    return FakeFocus()


@pytest.fixture
def recent(tmp_path):
    return RecentQuestions(tmp_path / "state" / "questions.json")


@pytest.fixture
def quick(qtbot, bridge, theme, recent, focus):
    """The window, not shown yet."""
    window = QuickAsk(
        bridge, theme, recent, lambda request: AnswerCard(theme, request, framed=False), focus=focus
    )
    yield window
    window.asker.stop()
    window.close()
    window.deleteLater()
