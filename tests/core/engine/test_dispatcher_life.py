"""The dispatcher under any mixture of calls, cancels and failures: one end a call, nothing left running."""

import asyncio
import contextlib
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import errors
from core.engine.messages import Call, Cancel, Done, Event, Failed, Goodbye, Item
from core.engine.model import ModelState, NotesChanged, PromptsChanged, Spent
from core.engine.process import Dispatcher
from core.errors import NoteMissing, PilotfishError
from core.llm.chat import Tier


class Work:
    """Methods of every sort; `running` counts what has begun and not ended."""

    def __init__(self):
        self.running = 0

    @contextlib.contextmanager
    def counted(self):
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1

    async def value(self, steps):
        with self.counted():
            for _ in range(steps):
                await asyncio.sleep(0)
            return steps

    async def known(self, steps):
        with self.counted():
            await asyncio.sleep(0)
            raise NoteMissing(path=str(steps))

    async def unknown(self, steps):
        with self.counted():
            raise KeyError(steps)

    async def stream(self, steps):
        with self.counted():
            for n in range(steps):
                yield n
                await asyncio.sleep(0)

    async def breaks(self, steps):
        with self.counted():
            for n in range(steps):
                yield n
            raise OSError("disk full: /home/secret")

    async def stuck(self, _steps):
        with self.counted():
            yield 0
            await asyncio.Event().wait()


NAMES = ["value", "known", "unknown", "stream", "breaks", "stuck"]
STEPS = st.lists(
    st.tuples(st.just("call"), st.sampled_from(NAMES), st.integers(0, 4))
    | st.tuples(st.just("cancel"), st.integers(0, 12), st.just(0))
    | st.tuples(st.just("pause"), st.integers(1, 3), st.just(0)),
    max_size=25,
)


async def played(steps):
    """Play the steps; returns calls by id, cancelled ids, replies, late replies, what still runs."""
    work, replies = Work(), []
    dispatcher = Dispatcher({name: getattr(work, name) for name in NAMES}, replies.append)
    calls, cancelled = {}, set()
    for what, which, steps_of_call in steps:
        if what == "call":
            call = Call(len(calls), which, (steps_of_call,))
            calls[call.id] = call
            dispatcher.handle(call)
        elif what == "cancel":
            cancelled.add(which)
            dispatcher.handle(Cancel(which))
        else:
            for _ in range(which):
                await asyncio.sleep(0)
    for _ in range(40):
        await asyncio.sleep(0)
    before_end = len(replies)
    await dispatcher.cancel_all()
    return calls, cancelled, replies[:before_end], replies[before_end:], work.running


@given(STEPS)
@settings(max_examples=80)
def test_every_call_ends_once_and_says_nothing_after_its_end(steps):
    calls, cancelled, replies, late, running = asyncio.run(played(steps))
    assert (late, running) == ([], 0)
    for call in calls.values():
        own = [reply for reply in replies if reply.id == call.id]
        ends = [reply for reply in own if not isinstance(reply, Item)]
        assert len(ends) <= 1
        assert own[len(own) - len(ends) :] == ends
        items = [reply.value for reply in own if isinstance(reply, Item)]
        assert items == list(range(len(items)))
        if call.id not in cancelled and call.name != "stuck":
            assert len(ends) == 1
            assert isinstance(ends[0], Done) is (call.name in ("value", "stream"))


def replies_to(*requests):
    async def go():
        work, replies = Work(), []
        dispatcher = Dispatcher({name: getattr(work, name) for name in NAMES}, replies.append)
        for request in requests:
            dispatcher.handle(request)
        for _ in range(40):
            await asyncio.sleep(0)
        await dispatcher.cancel_all()
        return replies

    return asyncio.run(go())


@pytest.mark.parametrize(
    "call",
    [Call(1, "no_such_method"), Call(1, "value"), Call(1, "value", (1, 2, 3)), Call(1, "stream", ("x",))],
)
def test_a_call_that_fits_no_method_fails_and_the_next_one_works(call):
    failed, done = sorted(replies_to(call, Call(2, "value", (0,))), key=lambda reply: reply.id)
    assert isinstance(failed, Failed)
    assert str(failed.error).startswith("Something went wrong: ")
    assert done == Done(2, 0)


def test_what_a_stream_gave_before_it_broke_is_kept_and_the_reason_stays_in_the_log(caplog):
    *items, end = replies_to(Call(5, "breaks", (3,)))
    assert items == [Item(5, 0), Item(5, 1), Item(5, 2)]
    assert str(end.error) == "Something went wrong: OSError."
    assert "secret" not in repr(end)
    assert any(record.exc_info for record in caplog.records)


def every_error(kind=PilotfishError):
    yield kind
    for below in kind.__subclasses__():
        yield from every_error(below)


@pytest.mark.parametrize("kind", sorted(set(every_error()), key=lambda kind: kind.__name__))
def test_every_error_crosses_the_pipe_with_its_words_and_details(kind):
    error = kind("没有这篇笔记。", path="笔记.md", line="3")
    copy = pickle.loads(pickle.dumps(Failed(4, error))).error
    assert type(copy) is kind
    assert (str(copy), copy.details, copy.hint) == (str(error), error.details, error.hint)


@pytest.mark.parametrize("kind", sorted(set(every_error()), key=lambda kind: kind.__name__))
def test_every_error_has_a_sentence_of_its_own_without_being_told(kind):
    sentence = str(kind())
    assert sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "!", "?"))


def test_the_words_of_all_errors_are_different():
    named = [kind for kind in set(every_error()) if kind.__module__ == errors.__name__]
    assert len({(kind.__doc__ or "").splitlines()[0] for kind in named}) == len(named)


@pytest.mark.parametrize(
    "message",
    [
        Call(1, "ask", ("公测？",)),
        Cancel(1),
        Goodbye(),
        Item(1, {"text": "三月"}),
        Done(1),
        Event(NotesChanged(("a.md",), ())),
        Event(PromptsChanged()),
        Event(Spent(0.1, 2.0, 5.0)),
        Event(ModelState(Tier.FAST, "qwen3:8b", "ollama", "local", False)),
    ],
    ids=repr,
)
def test_every_message_comes_out_of_the_pipe_as_it_went_in(message):
    assert pickle.loads(pickle.dumps(message)) == message
