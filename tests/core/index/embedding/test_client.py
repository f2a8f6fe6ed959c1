from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable, TextNotEmbedded
from core.index.embedding import card as cards
from core.index.embedding.client import EmbeddingProcess
from core.index.embedding.onnx_model import OnnxModel

TEXTS = ["领航鱼在大鱼身边游泳。", "The waiting list passed two thousand people.", "番茄工作法", "a", ""]
LONG = "The launch moves to March because the waiting list passed two thousand people. " * 20
"""A text that keeps the model busy for a moment."""


@pytest.fixture
def embedder(model_folder: Path) -> Iterator[EmbeddingProcess]:
    """An embedder of the test's own, for tests that break it."""
    embedder = EmbeddingProcess(model_folder)
    yield embedder
    embedder.close()


def _wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    pause = threading.Event()
    for _ in range(int(seconds * 100)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it did not happen")


def _kill(embedder: EmbeddingProcess) -> None:
    pid = embedder.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_vectors_are_those_of_the_model_in_order(shared_embedder: EmbeddingProcess, model: OnnxModel):
    vectors = shared_embedder.embed_passages(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), shared_embedder.dimensions), np.float32)
    assert np.array_equal(vectors, np.stack([model.embed_passage(text) for text in TEXTS]))
    assert np.array_equal(shared_embedder.embed_query("领航鱼"), model.embed_query("领航鱼"))


def test_no_texts_give_no_vectors(shared_embedder: EmbeddingProcess):
    assert shared_embedder.embed_passages([]).shape == (0, 384)


def test_name_and_dimensions_are_known_before_the_child_runs(model_folder: Path):
    embedder = EmbeddingProcess(model_folder)
    assert (embedder.name, embedder.dimensions, embedder.pid) == (model_folder.name, 384, None)


def test_the_child_runs_at_low_priority(shared_embedder: EmbeddingProcess):
    shared_embedder.start()
    assert shared_embedder.pid is not None
    shared_embedder.embed_query("Does a question change that?")
    nice = os.getpriority(os.PRIO_PROCESS, shared_embedder.pid)
    assert nice > os.getpriority(os.PRIO_PROCESS, 0) or nice == 19


def test_several_threads_get_their_own_vectors(shared_embedder: EmbeddingProcess, model: OnnxModel):
    expected = {text: model.embed_passage(text) for text in TEXTS}

    def embed(text: str) -> bool:
        return all(np.array_equal(shared_embedder.embed_passages([text])[0], expected[text]) for _ in "1234")

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(embed, TEXTS * 2))


def test_a_query_overtakes_the_passages_that_wait(shared_embedder: EmbeddingProcess):
    done = threading.Event()
    left = []

    class Watched(list[str]):
        """Counts how many texts of the batch are still to come when the query is answered."""

        def __iter__(self) -> Iterator[str]:
            for number, text in enumerate(super().__iter__()):
                if done.is_set():
                    left.append(len(self) - number)
                    return
                yield text

    shared_embedder.start()
    with ThreadPoolExecutor(1) as pool:
        batch = pool.submit(shared_embedder.embed_passages, Watched([LONG] * 500))
        _wait_until(lambda: shared_embedder._turns._taken)
        shared_embedder.embed_query("等候名单")
        done.set()
        batch.result(timeout=60)
    assert left
    assert left[0] > 250


def test_a_killed_child_is_started_again_and_the_work_goes_on(embedder: EmbeddingProcess):
    expected = embedder.embed_passages(["before"])
    first = embedder.pid
    _kill(embedder)
    assert np.array_equal(embedder.embed_passages(["before"]), expected)
    assert embedder.pid != first


def test_a_child_killed_in_mid_work_loses_nothing(embedder: EmbeddingProcess, model: OnnxModel):
    embedder.start()
    with ThreadPoolExecutor(1) as pool:
        batch = pool.submit(embedder.embed_passages, [LONG] * 8 + TEXTS)
        _wait_until(lambda: embedder._turns._taken)
        _kill(embedder)
        vectors = batch.result(timeout=60)
    expected = [model.embed_passage(text) for text in (LONG, *TEXTS)]
    assert np.array_equal(vectors, np.stack([expected[0]] * 8 + expected[1:]))


def test_a_text_that_kills_the_child_twice_fails_alone(
    embedder: EmbeddingProcess, monkeypatch: pytest.MonkeyPatch
):
    ask = EmbeddingProcess._ask
    killed = []

    def ask_and_kill(self, child, request):
        if request.text == "poison":
            killed.append(child.process.pid)
            os.kill(child.process.pid, signal.SIGKILL)
        return ask(self, child, request)

    monkeypatch.setattr(EmbeddingProcess, "_ask", ask_and_kill)
    with pytest.raises(TextNotEmbedded, match="could not take this text") as caught:
        embedder.embed_passages(["good", "poison", "good"])
    assert caught.value.details["position"] == "1"
    assert len(set(killed)) == 2
    assert embedder.embed_passages(["good", "good"]).shape == (2, 384)


class Breaking(str):
    """A text that arrives in the child as something that the model cannot read."""

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return int, (0,)


def test_a_text_that_breaks_the_model_fails_alone_and_keeps_the_child(shared_embedder: EmbeddingProcess):
    shared_embedder.start()
    pid = shared_embedder.pid
    with pytest.raises(TextNotEmbedded) as caught:
        shared_embedder.embed_passages(["good", Breaking("poison")])
    assert caught.value.details["position"] == "1"
    assert shared_embedder.embed_query("good").shape == (384,)
    assert shared_embedder.pid == pid


def test_a_child_that_hangs_is_replaced(
    embedder: EmbeddingProcess, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    embedder.start()
    pid = embedder.pid
    assert pid is not None
    ask = EmbeddingProcess._ask

    def ask_without_patience(self, child, request):
        with monkeypatch.context() as patched:
            if child.process.pid == pid:
                patched.setattr("core.index.embedding.client.ANSWER_SECONDS", 0.1)
            return ask(self, child, request)

    monkeypatch.setattr(EmbeddingProcess, "_ask", ask_without_patience)
    os.kill(pid, signal.SIGSTOP)
    assert np.array_equal(embedder.embed_query("a"), model.embed_query("a"))
    assert embedder.pid != pid


def test_an_interrupted_wait_leaves_no_answer_for_the_next_text(
    embedder: EmbeddingProcess, model: OnnxModel, monkeypatch: pytest.MonkeyPatch
):
    embedder.start()

    def interrupted(_child: object, _seconds: float) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("core.index.embedding.client._receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            embedder.embed_query("first")
    assert np.array_equal(embedder.embed_query("second"), model.embed_query("second"))


def test_closing_while_busy_ends_at_once_and_tells_who_waits(model_folder: Path):
    embedder = EmbeddingProcess(model_folder)
    embedder.start()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(embedder.embed_passages, [LONG] * 1000) for _ in range(2)]
        waiting.append(pool.submit(lambda: [embedder.embed_query(LONG) for _ in range(1000)]))
        _wait_until(lambda: embedder._turns._taken)
        embedder.close()
        for future in waiting:
            with pytest.raises(EmbeddingUnavailable, match="closed"):
                future.result(timeout=60)
    assert embedder.pid is None


def test_closing_while_the_model_loads_ends_at_once(model_folder: Path):
    embedder = EmbeddingProcess(model_folder)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(embedder.embed_query, "a")
        _wait_until(lambda: embedder.pid)
        os.kill(embedder.pid or 0, signal.SIGSTOP)  # it loads until it is ended
        embedder.close()
        with pytest.raises(EmbeddingUnavailable, match="closed"):
            waiting.result(timeout=60)


def test_a_closed_embedder_stays_closed(model_folder: Path):
    embedder = EmbeddingProcess(model_folder)
    embedder.close()
    embedder.close()
    with pytest.raises(EmbeddingUnavailable, match="closed"):
        embedder.embed_passages(["a"])


def test_an_unprepared_model_is_refused(tmp_path: Path):
    with pytest.raises(EmbeddingUnavailable, match="not prepared"):
        EmbeddingProcess(tmp_path)


def test_a_damaged_model_is_given_up_and_works_once_it_is_prepared_anew(
    model_folder: Path, model: OnnxModel, tmp_path: Path
):
    folder = tmp_path / "model"
    shutil.copytree(model_folder, folder)
    content = (folder / cards.MODEL).read_bytes()
    (folder / cards.MODEL).write_bytes(content[::-1])
    embedder = EmbeddingProcess(folder)
    with pytest.raises(EmbeddingUnavailable, match="is damaged") as caught:
        embedder.embed_query("a")
    assert caught.value.details["damaged"] == model_folder.name
    with pytest.raises(EmbeddingUnavailable, match="not prepared"):
        embedder.embed_query("a")
    (folder / cards.MODEL).write_bytes(content)
    shutil.copy(model_folder / cards.CARD, folder)
    assert np.array_equal(embedder.embed_query("a"), model.embed_query("a"))
    embedder.close()


def test_a_model_that_vanishes_before_the_start_is_told(model_folder: Path, tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(model_folder, folder)
    embedder = EmbeddingProcess(folder)
    shutil.rmtree(folder)
    with pytest.raises(EmbeddingUnavailable, match="not prepared"):
        embedder.embed_query("a")
    assert embedder.pid is None
