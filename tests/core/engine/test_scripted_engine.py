"""The client's end of the pipe, with an engine that does whatever a test wants in place of the process."""

import os
import queue
import threading
from concurrent.futures import Future
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from types import SimpleNamespace

import pytest

from core.assist.model import AskRequest, TextAdded
from core.complete.model import CompletionRequest
from core.engine import client as module
from core.engine.client import RESTARTS_ALLOWED, EngineClient
from core.engine.messages import Call, Cancel, Done, Event, Failed, Goodbye, Item
from core.engine.model import EngineConfig, PromptsChanged
from core.errors import EngineStopped, KeyRefused, NoteMissing
from core.search.model import SearchQuery

PATIENCE_S = 20
QUERY = SearchQuery("公测")


class Engine:
    """Plays the engine process: every start hands the test the engine's end of a new pipe."""

    def __init__(self):
        self.started = queue.Queue()
        self.starts = 0
        self.ends = []

    def context(self, _kind):
        return SimpleNamespace(Pipe=Pipe, Process=self.process)

    def process(self, *, target, args, name):
        end = Connection(os.dup(args[0].fileno()))  # as spawning copies it: the parent closes its own

        def start():
            self.starts += 1
            self.ends.append(end)
            self.started.put(end)

        return SimpleNamespace(
            start=start, join=lambda *_: None, is_alive=lambda: False, pid=self.starts, exitcode=-9
        )

    def next(self):
        """The engine's end of the pipe of the next process that is started."""
        return self.started.get(timeout=PATIENCE_S)

    def end(self):
        """Die for good."""
        for end in self.ends:
            end.close()


@pytest.fixture
def engine(monkeypatch):
    made = Engine()
    monkeypatch.setattr(module.multiprocessing, "get_context", made.context)
    return made


@pytest.fixture
def told():
    return queue.Queue()


@pytest.fixture
def client(engine, told, tmp_path):
    made = EngineClient(EngineConfig(tmp_path), told.put)
    yield made
    made._closing = True
    engine.end()
    made.close()


@pytest.fixture
def pipe(engine, client):
    return engine.next()


def received(pipe):
    assert pipe.poll(PATIENCE_S), "the client sent nothing"
    return pipe.recv()


def got(future: Future):
    return future.result(timeout=PATIENCE_S)


def raised(future: Future):
    return future.exception(timeout=PATIENCE_S)


class Listener:
    """Takes what comes of a stream; `ended` is set by whatever ends it."""

    def __init__(self):
        self.items, self.errors = [], []
        self.ended = threading.Event()

    def failed(self, error):
        self.errors.append(error)
        self.ended.set()

    def wait(self):
        assert self.ended.wait(PATIENCE_S)


def test_calls_made_before_the_engine_is_up_are_sent_in_order_once_it_is(monkeypatch, told, tmp_path):
    engine, may_start = Engine(), threading.Event()

    def slow_context(kind):
        assert may_start.wait(PATIENCE_S)
        return engine.context(kind)

    monkeypatch.setattr(module.multiprocessing, "get_context", slow_context)
    client = EngineClient(EngineConfig(tmp_path), told.put)
    client.note_opened("a.md")
    client.set_paused(True)
    asking = client.ask(AskRequest("x"), on_event=told.put, on_failed=told.put)
    asking.cancel()
    may_start.set()
    pipe = engine.next()
    names = [received(pipe) for _ in range(4)]
    assert [getattr(sent, "name", type(sent).__name__) for sent in names] == [
        "note_opened",
        "set_paused",
        "ask",
        "Cancel",
    ]
    assert names[3].id == names[2].id
    client._closing = True
    pipe.close()
    client.close()


def test_answers_find_their_calls_in_whatever_order_they_come(client, pipe):
    futures = [client.search(SearchQuery(f"{n}")) for n in range(5)]
    calls = [received(pipe) for _ in futures]
    for call in reversed(calls):
        pipe.send(Done(call.id, [call.args[0].text]))
    assert [got(future) for future in futures] == [[f"{n}"] for n in range(5)]


def test_a_known_error_comes_back_as_what_it_is_with_its_details(client, pipe):
    future = client.search(QUERY)
    pipe.send(Failed(received(pipe).id, NoteMissing("There is no note 笔记.md.", path="笔记.md")))
    error = raised(future)
    assert type(error) is NoteMissing
    assert (str(error), error.details) == ("There is no note 笔记.md.", {"path": "笔记.md"})


def test_a_stream_hands_on_its_items_in_order_and_its_failure_last(client, pipe):
    heard = Listener()
    client.ask(AskRequest("x"), on_event=heard.items.append, on_failed=heard.failed)
    call = received(pipe)
    for n in range(20):
        pipe.send(Item(call.id, TextAdded(f"{n}")))
    pipe.send(Failed(call.id, KeyRefused()))
    heard.wait()
    assert [item.text for item in heard.items] == [f"{n}" for n in range(20)]
    assert [type(error) for error in heard.errors] == [KeyRefused]


def test_after_cancelling_nothing_more_is_heard_of_a_stream(client, pipe, told):
    heard = Listener()
    asking = client.ask(AskRequest("x"), on_event=heard.items.append, on_failed=heard.failed)
    call = received(pipe)
    asking.cancel()
    assert received(pipe) == Cancel(call.id)
    pipe.send(Item(call.id, TextAdded("too late")))
    pipe.send(Failed(call.id, KeyRefused()))
    pipe.send(Event(PromptsChanged()))  # what comes after it has certainly been read after it
    assert told.get(timeout=PATIENCE_S) == PromptsChanged()
    assert (heard.items, heard.errors) == ([], [])


def test_cancelling_twice_or_after_the_end_tells_the_engine_once_at_most(client, pipe):
    heard = Listener()
    first = client.ask(AskRequest("x"), on_event=heard.items.append, on_failed=heard.failed)
    second = client.ask(AskRequest("y"), on_event=heard.items.append, on_failed=heard.failed)
    calls = [received(pipe), received(pipe)]
    pipe.send(Failed(calls[0].id, KeyRefused()))
    heard.wait()
    first.cancel()
    second.cancel()
    second.cancel()
    client.note_opened("after.md")
    assert received(pipe) == Cancel(calls[1].id)
    assert received(pipe).name == "note_opened"


@pytest.mark.parametrize("end", [Done, lambda call_id: Failed(call_id, KeyRefused())], ids=["done", "failed"])
def test_ghost_text_ends_the_same_way_whether_it_failed_or_not(client, pipe, end):
    heard = Listener()
    client.complete(CompletionRequest("a.md", "我"), on_offer=heard.items.append, on_ended=heard.ended.set)
    call = received(pipe)
    pipe.send(Item(call.id, "offer"))
    pipe.send(end(call.id))
    heard.wait()
    assert heard.items == ["offer"]


def test_an_engine_that_dies_fails_what_was_under_way_and_the_next_one_serves(client, engine, pipe, told):
    heard = Listener()
    future = client.search(QUERY)
    client.ask(AskRequest("x"), on_event=heard.items.append, on_failed=heard.failed)
    received(pipe), received(pipe)
    pipe.close()
    assert type(raised(future)) is EngineStopped
    heard.wait()
    assert [type(error) for error in heard.errors] == [EngineStopped]
    assert type(told.get(timeout=PATIENCE_S)) is EngineStopped
    second = engine.next()
    again = client.search(QUERY)
    second.send(Done(received(second).id, ["found"]))
    assert got(again) == ["found"]
    second.close()


def test_a_stream_of_the_dead_engine_cannot_be_mixed_up_with_one_of_the_new(client, engine, pipe, told):
    old = Listener()
    client.ask(AskRequest("x"), on_event=old.items.append, on_failed=old.failed)
    old_call = received(pipe)
    pipe.close()
    second = engine.next()
    new = Listener()
    client.ask(AskRequest("y"), on_event=new.items.append, on_failed=new.failed)
    new_call = received(second)
    assert new_call.id != old_call.id
    second.send(Item(old_call.id, TextAdded("stray")))
    second.send(Item(new_call.id, TextAdded("fresh")))
    second.send(Failed(new_call.id, KeyRefused()))
    new.wait()
    assert [item.text for item in new.items] == ["fresh"]
    assert old.items == []
    second.close()


def test_an_engine_that_keeps_dying_is_given_up_with_a_sentence(client, engine, pipe, told):
    pipe.close()
    for _ in range(RESTARTS_ALLOWED):
        engine.next().close()
    errors = [told.get(timeout=PATIENCE_S) for _ in range(RESTARTS_ALLOWED + 2)]
    assert all(type(error) is EngineStopped for error in errors)
    assert "keeps stopping" in str(errors[-1])
    assert engine.starts == RESTARTS_ALLOWED + 1


def test_once_it_is_given_up_every_call_fails_and_none_waits_for_ever(client, engine, pipe, told):
    pipe.close()
    for _ in range(RESTARTS_ALLOWED):
        engine.next().close()
    for _ in range(RESTARTS_ALLOWED + 2):
        told.get(timeout=PATIENCE_S)
    heard = Listener()
    future = client.search(QUERY)
    client.ask(AskRequest("x"), on_event=heard.items.append, on_failed=heard.failed)
    assert type(raised(future)) is EngineStopped
    heard.wait()
    assert [type(error) for error in heard.errors] == [EngineStopped]


def test_a_future_that_nobody_wants_any_more_does_not_harm_the_others(client, pipe):
    unwanted, wanted = client.search(QUERY), client.search(QUERY)
    calls = [received(pipe), received(pipe)]
    unwanted.cancel()
    pipe.send(Done(calls[0].id, ["late"]))
    pipe.send(Done(calls[1].id, ["found"]))
    assert got(wanted) == ["found"]
    assert unwanted.cancelled()


def test_a_listener_that_fails_does_not_make_the_others_deaf(client, pipe, caplog):
    def broken(_item):
        raise RuntimeError("Internal C++ object already deleted.")

    client.ask(AskRequest("x"), on_event=broken, on_failed=broken)
    future = client.search(QUERY)
    calls = [received(pipe), received(pipe)]
    pipe.send(Item(calls[0].id, TextAdded("a")))
    pipe.send(Failed(calls[0].id, KeyRefused()))
    pipe.send(Done(calls[1].id, ["found"]))
    assert got(future) == ["found"]
    assert sum("could not be handed on" in record.message for record in caplog.records) == 2


def test_a_listener_to_events_that_fails_does_not_end_the_thread_that_reads(engine, tmp_path, caplog):
    heard = []

    def broken(event):
        heard.append(event)
        raise RuntimeError("Internal C++ object already deleted.")

    client = EngineClient(EngineConfig(tmp_path), broken)
    try:
        pipe = engine.next()
        pipe.send(Event(PromptsChanged()))
        future = client.search(QUERY)
        pipe.send(Done(received(pipe).id, ["found"]))
        assert got(future) == ["found"]
        pipe.close()  # the engine dies, which is told as well, and the next one is started all the same
        again = engine.next()
        future = client.search(QUERY)
        again.send(Done(received(again).id, ["again"]))
        assert got(future) == ["again"]
    finally:
        client._closing = True
        engine.end()
        client.close()
    assert [type(event) for event in heard] == [PromptsChanged, EngineStopped]
    assert sum("an event of the engine" in record.message for record in caplog.records) == 2


def test_a_call_after_closing_fails_and_does_not_wait_for_ever(client, pipe):
    closer = threading.Thread(target=client.close)
    closer.start()
    received(pipe)
    pipe.close()
    closer.join(PATIENCE_S)
    assert type(raised(client.search(QUERY))) is EngineStopped


@pytest.mark.parametrize(
    ("call", "name", "args"),
    [
        (lambda c: c.note_saved("笔记.md"), "note_saved", ("笔记.md",)),
        (lambda c: c.set_paused(False), "set_paused", (False,)),
        (lambda c: c.reload_settings(), "reload_settings", ()),
        (lambda c: c.find_local_endpoints(), "find_local_endpoints", ()),
        (lambda c: c.list_models("http://x", "k"), "list_models", ("http://x", "k")),
        (lambda c: c.offered_models(), "offered_models", ()),
        (lambda c: c.keep_key("http://x", "k"), "keep_key", ("http://x", "k")),
        (lambda c: c.diff("a", "b"), "diff", ("a", "b")),
        (lambda c: c.index.details(), "index_details", ()),
        (lambda c: c.index.note_names(), "note_names", ()),
        (lambda c: c.index.tag_names(), "tag_names", ()),
        (lambda c: c.index.heading_names("a.md"), "heading_names", ("a.md",)),
        (lambda c: c.index.rebuild(), "rebuild_index", ()),
        (lambda c: c.index.person_acts(), "person_acts", ()),
        (lambda c: c.assist.sessions("词", None), "sessions", ("词", None)),
        (lambda c: c.assist.prompt_names("zh"), "prompt_names", ("zh",)),
        (lambda c: c.assist.branch_session("s", "m"), "branch_session", ("s", "m")),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_deed_reaches_the_engine_under_its_name(client, pipe, call, name, args):
    call(client)
    sent = received(pipe)
    assert isinstance(sent, Call)
    assert (sent.name, sent.args) == (name, args)


def test_every_name_the_client_calls_is_a_method_of_the_engine(client, pipe, tmp_path):
    """A slip in a name would only show as a call that fails while the person waits."""
    from core.engine.engine import Engine as RealEngine

    known = RealEngine(EngineConfig(tmp_path, tmp_path / "base"), emit=lambda _: None).methods()
    client.search(QUERY)
    client.diff("a", "b")
    client.note_opened("a")
    client.note_saved("a")
    client.set_paused(True)
    client.reload_settings()
    client.find_local_endpoints()
    client.index.details()
    client.index.rebuild()
    client.index.person_acts()
    client.index.heading_names("a")
    client.assist.ledger()
    client.assist.scores()
    client.assist.scenes()
    for _ in range(14):
        assert received(pipe).name in known


def test_closing_says_goodbye_and_starts_no_other_engine(client, engine, pipe):
    closer = threading.Thread(target=client.close)
    closer.start()
    assert isinstance(received(pipe), Goodbye)
    pipe.close()
    closer.join(PATIENCE_S)
    assert not closer.is_alive()
    assert engine.starts == 1


def test_what_is_under_way_when_the_window_closes_fails_and_is_not_told_as_a_fault(client, pipe, told):
    future = client.search(QUERY)
    received(pipe)
    closer = threading.Thread(target=client.close)
    closer.start()
    received(pipe)
    pipe.close()
    closer.join(PATIENCE_S)
    assert type(raised(future)) is EngineStopped
    assert told.empty()
