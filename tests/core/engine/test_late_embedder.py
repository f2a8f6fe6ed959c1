"""The embedder before and after its model is prepared."""

import numpy as np
import pytest

from core.concurrency import CancelToken
from core.engine.late_embedder import BUILT_IN_DIMENSIONS, LateEmbedder
from core.errors import EmbeddingUnavailable
from core.index.embedding import preparation
from core.index.embedding.client import EmbeddingProcess
from core.paths import models_dir, places
from tests.core.index.embedding.test_remote import vectors
from tests.scripted_server import ScriptedServer


@pytest.fixture
def prepared(tmp_path):
    """The installation's own models folder, where the built-in model is prepared once."""
    folder = models_dir(places(tmp_path))
    preparation.prepare("", folder)
    embedder = LateEmbedder("", folder)
    yield embedder
    embedder.close()


def test_name_and_dimensions_are_known_before_and_do_not_change_after(prepared, tmp_path):
    early = LateEmbedder("", tmp_path / "none")
    assert early.name == prepared.name
    assert early.dimensions == prepared.dimensions == BUILT_IN_DIMENSIONS


def test_until_it_is_prepared_it_is_unavailable(tmp_path):
    embedder = LateEmbedder("", tmp_path / "none")
    assert not embedder.prepared
    for use in (lambda: embedder.embed_query("x"), lambda: embedder.embed_passages(["x"]), embedder.start):
        with pytest.raises(EmbeddingUnavailable):
            use()
    embedder.close()


def test_once_prepared_it_gives_unit_vectors(prepared):
    prepared.prepare(lambda _stage: None, CancelToken())  # nothing to do any more
    vectors = prepared.embed_passages(["领航鱼在大鱼身边游泳。", "A pilot fish swims beside a big one."])
    assert vectors.shape == (2, BUILT_IN_DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert float(vectors[0] @ prepared.embed_query("什么鱼在大鱼旁边游？")) > 0.8


def test_what_somebody_waits_for_is_asked_in_a_hurry_and_is_the_same(prepared, monkeypatch):
    expected = prepared.embed_passages(["领航鱼"])
    hurried = []
    real = EmbeddingProcess.embed_passages

    def embed(self, texts, *, hurry=False):
        hurried.append(hurry)
        return real(self, texts, hurry=hurry)

    monkeypatch.setattr(EmbeddingProcess, "embed_passages", embed)
    assert np.array_equal(prepared.embed_at_once(["领航鱼"]), expected)
    assert hurried == [True]


def test_a_question_is_embedded_once_and_a_failure_is_tried_again(prepared, monkeypatch):
    asked = []

    def embed(_self, text):
        asked.append(text)
        if len(asked) == 1:
            raise EmbeddingUnavailable("not yet")
        return np.array([1.0, 0.0], np.float32)

    monkeypatch.setattr(EmbeddingProcess, "embed_query", embed)
    with pytest.raises(EmbeddingUnavailable):
        prepared.embed_query("什么鱼？")
    first = prepared.embed_query("什么鱼？")
    assert prepared.embed_query("什么鱼？") is first
    prepared.embed_query("Which fish?")
    assert asked == ["什么鱼？", "什么鱼？", "Which fish?"]


def test_it_is_ready_once_the_model_is_loaded_and_until_it_is_closed(prepared):
    assert not prepared.ready
    prepared.start()
    assert prepared.ready
    prepared.close()
    assert not prepared.ready


def test_a_model_behind_an_endpoint_is_never_ready_at_once(tmp_path):
    with ScriptedServer(vectors()) as endpoint:
        model = f"{endpoint.base_url}#bge-m3"
        preparation.prepare(model, tmp_path)
        embedder = LateEmbedder(model, tmp_path)
        embedder.start()
        assert not embedder.ready
        embedder.close()


def test_a_named_model_that_is_not_prepared_is_refused(tmp_path):
    with pytest.raises(EmbeddingUnavailable, match="some/model"):
        LateEmbedder("some/model", tmp_path)
