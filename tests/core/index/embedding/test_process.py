"""The child's loop, run in a thread of the test: what it says and when it ends."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from core import children
from core.errors import EmbeddingUnavailable
from core.index.embedding import process
from core.index.embedding.onnx_model import OnnxModel
from core.index.embedding.process import Request


@pytest.fixture(autouse=True)
def as_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test's own process from becoming a child: no signals, no priority."""
    monkeypatch.setattr(children, "leave_interrupts_to_parent", lambda: None)
    monkeypatch.setattr(children, "lower_priority", lambda: None)


def _served(folder: Path) -> tuple[Connection, threading.Thread]:
    ours, theirs = multiprocessing.Pipe()

    def serve() -> None:
        with theirs:
            process.main(theirs, folder)

    thread = threading.Thread(target=serve)
    thread.start()
    return ours, thread


@pytest.fixture
def ours(model_folder: Path, model: OnnxModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    monkeypatch.setattr("core.index.embedding.onnx_model.load", lambda _folder: model)
    connection, thread = _served(model_folder)
    assert connection.recv() is None
    yield connection
    connection.close()
    thread.join(30)
    assert not thread.is_alive()


def test_a_query_and_a_passage_are_answered_with_their_vectors(ours: Connection, model: OnnxModel):
    ours.send(Request("领航鱼", is_query=True))
    ours.send(Request("领航鱼", is_query=False))
    query, passage = ours.recv(), ours.recv()  # only then is the model free for us
    assert np.array_equal(query, model.embed_query("领航鱼"))
    assert np.array_equal(passage, model.embed_passage("领航鱼"))


def test_whoever_waits_is_served_on_the_thread_that_keeps_its_priority(
    ours: Connection, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    def told(_text: str) -> str:
        return threading.current_thread().name

    monkeypatch.setattr(model, "embed_query", told)
    monkeypatch.setattr(model, "embed_passage", told)
    for is_query, hurry in ((True, False), (False, True), (False, False)):
        ours.send(Request("text", is_query=is_query, hurry=hurry))
    threads = [ours.recv() for _ in range(3)]
    assert [thread.startswith("questions") for thread in threads] == [True, True, False]


def test_an_error_is_an_answer_and_the_next_text_is_served(
    ours: Connection, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr(model, "embed_passage", lambda _text: 1 / 0)
        ours.send(Request("a", is_query=False))
        answer = ours.recv()
    assert isinstance(answer, ValueError)
    assert str(answer) == "division by zero"
    ours.send(Request("a", is_query=False))
    assert ours.recv().shape == (384,)


def test_a_question_does_not_wait_behind_everything_else_on_the_machine(
    model_folder: Path, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    """On Linux a priority is a thread's own: that of the thread that answers questions is not lowered."""
    lowered, asked = [], {}
    monkeypatch.setattr(children, "lower_priority", lambda: lowered.append(threading.get_ident()))
    monkeypatch.setattr("core.index.embedding.onnx_model.load", lambda _folder: model)
    for kind in ("embed_query", "embed_passage"):
        real = getattr(model, kind)
        noted = partial(
            lambda real, kind, text: asked.setdefault(kind, threading.get_ident()) and real(text), real, kind
        )
        monkeypatch.setattr(model, kind, noted)
    connection, thread = _served(model_folder)
    with connection:
        assert connection.recv() is None
        for is_query in (True, False):
            connection.send(Request("a", is_query=is_query))
            assert connection.recv().shape == (384,)
    thread.join(30)
    assert lowered == [asked["embed_passage"]]
    assert asked["embed_query"] not in lowered


def test_memory_is_given_back_when_nobody_asks(
    model_folder: Path, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    rested = threading.Event()
    monkeypatch.setattr(process, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr("core.index.embedding.onnx_model.load", lambda _folder: model)
    monkeypatch.setattr(model, "rest", rested.set)
    connection, thread = _served(model_folder)
    with connection:
        assert connection.recv() is None
        assert rested.wait(30)
        connection.send(Request("a", is_query=True))
        assert connection.recv().shape == (384,)
    thread.join(30)
    assert not thread.is_alive()


def test_a_model_that_cannot_be_loaded_is_told_and_ends_the_process(tmp_path: Path):
    connection, thread = _served(tmp_path)
    with connection:
        assert isinstance(connection.recv(), EmbeddingUnavailable)
        thread.join(30)
    assert not thread.is_alive()


def test_a_parent_that_is_gone_before_the_model_is_loaded_is_no_error(tmp_path: Path):
    connection, thread = _served(tmp_path)
    connection.close()
    thread.join(30)
    assert not thread.is_alive()
