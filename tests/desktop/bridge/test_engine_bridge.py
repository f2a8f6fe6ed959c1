"""The bridge: callbacks of the engine arrive on the GUI thread, in order, gathered, or not at all."""

import threading
from concurrent.futures import Future

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QThread

from core.assist.model import Answer, Answered, AskRequest, Finish, QuotesFound, TextAdded
from core.engine.model import NotesChanged
from core.errors import EngineStopped, ModelUnreachable
from core.index.model import IndexProgress
from core.llm.chat import Tier, Usage
from core.search.model import SearchQuery
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.stream_handles import AskHandle


def an_answer(text: str = "words") -> Answer:
    return Answer(text, (), Finish.COMPLETE, "m", "p", Tier.FAST, Usage(), None, 1.0, 2.0, "t")


class Asked:
    def __init__(self, on_event, on_failed):
        self.on_event, self.on_failed = on_event, on_failed
        self.cancelled = False

    def cancel(self):
        self.cancelled = True


class ThreadedLink:
    """An engine link whose callbacks come from another thread, like the real one's."""

    def __init__(self):
        self.asked: list[Asked] = []
        self.searches: list[Future] = []
        self.closed = False

    def ask(self, request, *, on_event, on_failed):
        self.asked.append(Asked(on_event, on_failed))
        return self.asked[-1]

    def search(self, query):
        self.searches.append(Future())
        return self.searches[-1]

    def close(self):
        self.closed = True


def elsewhere(*calls):
    """Run the calls one after the other on one other thread."""
    thread = threading.Thread(target=lambda: [call() for call in calls])
    thread.start()
    thread.join()


@pytest.fixture
def link():
    return ThreadedLink()


def test_a_stream_arrives_whole_in_order_and_on_the_gui_thread(bridge, link, qtbot, qapp):
    seen, threads = [], set()
    handle = bridge.ask(AskRequest("why?"))
    handle.text_added.connect(lambda text: (seen.append(text), threads.add(QThread.currentThread())))
    handle.answered.connect(lambda answer: seen.append(answer.text))
    asked = link.asked[0]
    words = [f"w{i} " for i in range(500)]
    elsewhere(
        *[lambda w=w: asked.on_event(TextAdded(w)) for w in words],
        lambda: asked.on_event(Answered(an_answer("END"))),
    )
    qtbot.waitUntil(lambda: seen[-1:] == ["END"])
    assert "".join(seen[:-1]) == "".join(words)
    assert threads == {qapp.thread()}


def test_many_tokens_become_few_signals(bridge, link, qtbot):
    signals, ends = [], []
    handle = bridge.ask(AskRequest("why?"))
    handle.text_added.connect(signals.append)
    handle.answered.connect(ends.append)
    asked = link.asked[0]
    elsewhere(*[lambda: asked.on_event(TextAdded("x"))] * 1000, lambda: asked.on_event(Answered(an_answer())))
    qtbot.waitUntil(lambda: bool(ends))
    assert "".join(signals) == "x" * 1000
    assert len(signals) < 100


def test_nothing_arrives_after_cancel_and_the_engine_is_told(bridge, link, qtbot, qapp):
    seen = []
    handle = bridge.ask(AskRequest("why?"))
    handle.text_added.connect(seen.append)
    handle.answered.connect(seen.append)
    handle.failed.connect(seen.append)
    asked = link.asked[0]
    elsewhere(lambda: asked.on_event(TextAdded("late")))
    handle.cancel()
    elsewhere(lambda: asked.on_event(Answered(an_answer())), lambda: asked.on_failed(ModelUnreachable()))
    qapp.processEvents()
    assert asked.cancelled
    assert seen == []


def test_words_that_came_before_a_failure_are_shown_before_it(bridge, link, qtbot):
    seen = []
    handle = bridge.ask(AskRequest("why?"))
    handle.text_added.connect(seen.append)
    handle.failed.connect(lambda error: seen.append(type(error)))
    asked = link.asked[0]
    elsewhere(
        lambda: asked.on_event(QuotesFound((), ())),
        lambda: asked.on_event(TextAdded("a")),
        lambda: asked.on_event(TextAdded("b")),
        lambda: asked.on_failed(ModelUnreachable()),
    )
    qtbot.waitUntil(lambda: ModelUnreachable in seen)
    assert "".join(seen[:-1]) == "ab"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=5), max_size=30), st.lists(st.integers(0, 29), max_size=6))
def test_no_piece_is_lost_or_doubled_however_the_flushes_fall(qapp, pieces, flushes):
    handle, seen, ends = AskHandle(), [], []
    handle.text_added.connect(seen.append)
    handle.answered.connect(ends.append)
    for place, piece in enumerate(pieces):
        handle.handle(TextAdded(piece))
        if place in flushes:
            handle._flush()
    handle.handle(Answered(an_answer()))
    handle.handle(TextAdded("after the end"))
    assert "".join(seen) == "".join(pieces)
    assert len(ends) == 1


def test_a_search_ends_in_done_or_failed(bridge, link, qtbot):
    found, failures = [], []
    for _ in range(2):
        bridge.search(SearchQuery("x"), done=found.append, failed=failures.append)
    elsewhere(
        lambda: link.searches[0].set_result(["hit"]),
        lambda: link.searches[1].set_exception(EngineStopped()),
    )
    qtbot.waitUntil(lambda: bool(found and failures))
    assert found == [["hit"]]
    assert isinstance(failures[0], EngineStopped)


def test_events_find_their_signal(bridge, qtbot):
    seen = []
    bridge.progressed.connect(lambda value: seen.append(("progressed", value)))
    bridge.notes_changed.connect(lambda value: seen.append(("notes_changed", value)))
    bridge.failed.connect(lambda value: seen.append(("failed", type(value))))
    progress, changed = IndexProgress(1, 2, 3, 4), NotesChanged(("a.md",), ())
    elsewhere(
        lambda: bridge.handle_event(progress),
        lambda: bridge.handle_event(changed),
        lambda: bridge.handle_event(EngineStopped()),
    )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [("progressed", progress), ("notes_changed", changed), ("failed", EngineStopped)]


def test_a_closed_bridge_calls_nothing_back(qapp, link):
    bridge, seen = EngineBridge(link), []
    bridge.progressed.connect(seen.append)
    elsewhere(lambda: bridge.handle_event(IndexProgress(1, 2, 3, 4)))
    bridge.close()
    elsewhere(lambda: bridge.handle_event(IndexProgress(2, 2, 3, 4)))
    qapp.processEvents()
    assert link.closed
    assert seen == []
