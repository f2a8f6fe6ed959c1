"""Ghost text across the bridge: offers and the end arrive on the GUI thread, nothing after a cancel."""

import pytest
from PySide6.QtCore import QThread

from core.complete.model import CompletionRequest, Fate, Kind, Outcome, Source, Suggestion
from desktop.bridge.engine_bridge import EngineBridge
from tests.desktop.fake_link import FakeLink

REQUEST = CompletionRequest("a.md", "我们在", revision=7)
WORD = Suggestion("三月", Kind.WORD, Source.VAULT, 0.9)
SENTENCE = Suggestion("三月发布测试版。", Kind.SENTENCE, Source.MODEL, 0.7)


@pytest.fixture
def link():
    return FakeLink()


def watch(handle):
    seen = []
    handle.offered.connect(lambda offer: seen.append((offer.revision, offer.suggestions)))
    handle.ended.connect(lambda: seen.append("ended"))
    return seen


def test_offers_and_the_end_arrive_in_order(bridge, link, qtbot):
    seen = watch(bridge.complete(REQUEST))
    link.completed[0].offer(WORD)
    link.completed[0].offer(SENTENCE, WORD)
    link.completed[0].end()
    qtbot.waitUntil(lambda: "ended" in seen)
    assert seen == [(7, (WORD,)), (7, (SENTENCE, WORD)), "ended"]
    assert link.completed[0].request is REQUEST


def test_offers_arrive_on_the_gui_thread(bridge, link, qtbot, qapp):
    threads = []
    bridge.complete(REQUEST).offered.connect(lambda _: threads.append(QThread.currentThread()))
    link.completed[0].offer(WORD)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [qapp.thread()]


def test_nothing_arrives_after_cancel_and_the_engine_is_told(bridge, link, qapp):
    handle = bridge.complete(REQUEST)
    seen = watch(handle)
    link.completed[0].offer(WORD)
    handle.cancel()
    link.completed[0].end()
    qapp.processEvents()
    assert seen == []
    assert link.completed[0].cancelled


def test_a_cancel_after_the_end_does_not_bother_the_engine(bridge, link, qtbot):
    handle = bridge.complete(REQUEST)
    seen = watch(handle)
    link.completed[0].end()
    qtbot.waitUntil(lambda: seen == ["ended"])
    handle.cancel()
    assert not link.completed[0].cancelled


def test_without_an_engine_the_look_ends_with_nothing(qapp, qtbot):
    bridge = EngineBridge()
    seen = watch(bridge.complete(REQUEST))
    qtbot.waitUntil(lambda: seen == ["ended"])
    bridge.completion_outcome(Outcome(Fate.SHOWN, WORD))
    bridge.composing(True)


def test_outcomes_reach_the_engine(bridge, link):
    taken = Outcome(Fate.ACCEPTED, WORD, "三月")
    bridge.completion_outcome(taken)
    assert link.outcomes == [taken]


def test_the_engine_is_told_that_an_input_method_composes(bridge, link):
    bridge.composing(True)
    bridge.composing(False)
    assert link.calls == [("composing", True), ("composing", False)]
