"""One question at a time, whatever the engine does meanwhile."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QDeadlineTimer
from PySide6.QtTest import QTest

from core.assist.model import AskRequest
from core.errors import EngineStopped, ModelUnreachable
from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.asker import ENGINE_RETRY_MS, Asker
from tests.desktop.conftest import PATIENCE_S
from tests.desktop.fake_link import FakeLink, a_quote, model_chosen, quotes_found


class View:
    """Notes what it was told."""

    text_for_note = ""

    def __init__(self):
        self.told = []

    def begin(self):
        self.told.append("begin")

    def show_quotes(self, found):
        self.told.append(("quotes", len(found.quotes)))

    def show_model(self, chosen):
        self.told.append(("model", chosen.model))

    def add_text(self, text):
        self.told.append(("text", text))

    def finish(self, answer):
        self.told.append(("finish", answer.text))

    def fail(self, error):
        self.told.append(("fail", type(error)))

    def stop(self):
        self.told.append("stop")

    @property
    def ends(self):
        """How the answer ended, in the order in which it was told."""
        return [told for told in self.told if told == "stop" or told[0] in ("finish", "fail")]


@pytest.fixture
def asker(bridge):
    asker = Asker(bridge)
    asker.changes = []
    asker.changed.connect(lambda: asker.changes.append(asker.busy))
    yield asker
    asker.stop()


def ask(asker, text="什么时候发布？"):
    view = View()
    asker.ask(AskRequest(text), view)
    return view


def until(condition):
    """Handle events until it holds."""
    deadline = QDeadlineTimer(PATIENCE_S * 1000)
    while not condition():
        assert not deadline.hasExpired()
        QTest.qWait(5)


def flush(link):
    """Let everything that the engine has said so far arrive."""
    link.run(lambda _none: None, None)
    for _ in range(3):
        QCoreApplication.processEvents()


def test_at_first_nothing_is_under_way(asker):
    assert not asker.busy
    asker.stop()
    assert asker.changes == []


def test_everything_of_an_answer_reaches_the_view_in_order(asker, link):
    view = ask(asker)
    link.asked[0].send(quotes_found(a_quote(1), a_quote(2)), model_chosen(model="m"))
    link.asked[0].say("三", "月")
    link.asked[0].end("三月")
    until(lambda: not asker.busy)
    assert view.told[:2] == [("quotes", 2), ("model", "m")]
    assert "".join(text for kind, text in view.told[2:-1]) == "三月"
    assert view.told[-1] == ("finish", "三月")
    assert asker.changes == [True, False]


@pytest.mark.parametrize("error", [ModelUnreachable(host="h"), EngineStopped()])
def test_a_failure_ends_it_once(asker, link, error):
    view = ask(asker)
    link.asked[0].send(error)
    until(lambda: not asker.busy)
    assert view.told == [("fail", type(error))]
    assert asker.changes == [True, False]


def test_stopping_tells_the_engine_and_the_view_once(asker, link):
    view = ask(asker)
    asker.stop()
    asker.stop()
    assert link.asked[0].cancelled
    assert view.told == ["stop"]
    assert asker.changes == [True, False]


def test_what_arrives_after_stopping_is_dropped(asker, link):
    view = ask(asker)
    asker.stop()
    link.asked[0].say("late")
    link.asked[0].end("late")
    flush(link)
    assert view.told == ["stop"]


def test_the_late_end_of_one_question_does_not_end_the_next(asker, link):
    first = ask(asker, "one")
    second = ask(asker, "two")
    link.asked[0].end("late")
    flush(link)
    assert asker.busy
    assert first.ends == ["stop"]
    link.asked[1].end("in time")
    until(lambda: not asker.busy)
    assert second.ends == [("finish", "in time")]


def test_the_late_failure_of_one_question_does_not_end_the_next(asker, link):
    ask(asker, "one")
    second = ask(asker, "two")
    link.asked[0].send(ModelUnreachable(host="h"))
    flush(link)
    assert asker.busy
    assert second.told == []


def test_a_question_asked_when_the_answer_is_there_begins_anew(asker, link):
    ask(asker, "one")
    link.asked[0].end("1")
    until(lambda: not asker.busy)
    second = ask(asker, "two")
    link.asked[1].end("2")
    until(lambda: not asker.busy)
    assert second.ends == [("finish", "2")]
    assert not link.asked[0].cancelled
    assert asker.changes == [True, False, True, False]


# Without an engine


def test_a_question_waits_for_the_engine_and_is_asked_once(bridge, link, asker):
    bridge.detach()
    view = ask(asker)
    assert asker.busy
    assert link.asked == []
    bridge.attach(link)
    until(lambda: bool(link.asked))
    QTest.qWait(ENGINE_RETRY_MS * 2)
    assert len(link.asked) == 1
    link.asked[0].end("早")
    until(lambda: not asker.busy)
    assert view.ends == [("finish", "早")]


def test_of_two_questions_that_wait_the_last_is_asked(bridge, link, asker):
    bridge.detach()
    first, second = ask(asker, "one"), ask(asker, "two")
    bridge.attach(link)
    until(lambda: bool(link.asked))
    assert [asking.request.text for asking in link.asked] == ["two"]
    assert first.told == ["stop"]
    assert second.told == []


def test_a_question_that_waits_is_stopped_like_any_other(bridge, asker):
    bridge.detach()
    view = ask(asker)
    asker.stop()
    assert not asker.busy
    assert view.told == ["stop"]


# Any order


def engine_does(asking, step):
    """Let the engine say something about a question, whether it is still wanted or not."""
    if step == "say":
        asking.say("字")
    elif step == "end":
        asking.end("字")
    else:
        asking.send(ModelUnreachable(host="h"))


STEPS = st.lists(st.sampled_from(["ask", "stop", "say", "end", "fail", "turn"]), max_size=14)


@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_every_question_ends_once_and_the_last_one_alone_is_busy(qapp, steps):
    link = FakeLink()
    asker, views = Asker(EngineBridge(link)), []
    try:
        for step in steps:
            if step == "ask":
                views.append(ask(asker, f"question {len(views)}"))
            elif step == "stop":
                asker.stop()
            elif step == "turn":
                flush(link)
            elif link.asked:
                engine_does(link.asked[-1], step)
        asker.stop()
        flush(link)
        assert not asker.busy
        assert [len(view.ends) for view in views] == [1] * len(views)
        assert all(view.told[-1] in view.ends for view in views)
    finally:
        link.close()
