"""Vectors from an endpoint: real HTTP to a scripted server, good answers and bad ones."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable, TextNotEmbedded
from core.index.embedding import preparation, remote
from core.index.embedding.remote import RemoteEmbedder
from core.llm.wire import Patience
from tests.scripted_replies import error, html, raw, silent, status
from tests.scripted_server import ScriptedServer

DIMENSIONS = 8


def numbers(text, dimensions=DIMENSIONS):
    digest = hashlib.blake2b(text.encode(), digest_size=dimensions).digest()
    return [byte - 127.5 for byte in digest]


def vectors(dimensions=DIMENSIONS, change=lambda data: data):
    """Answer each text with numbers of its own, the last one first, as a server may."""

    async def behave(exchange):
        texts = exchange.body["input"]
        data = [{"index": n, "embedding": numbers(text, dimensions)} for n, text in enumerate(texts)]
        answer = {"object": "list", "model": "m", "data": change(data[::-1]), "usage": {}}
        await raw(json.dumps(answer).encode(), kind="application/json")(exchange)

    return behave


@pytest.fixture
def server():
    with ScriptedServer(vectors()) as server:
        yield server


@pytest.fixture(autouse=True)
def in_haste(monkeypatch):
    monkeypatch.setattr(remote, "PATIENT", Patience(read=2.0, headers=20.0, first_delay=0.01))
    monkeypatch.setattr(remote, "HURRIED", Patience(read=2.0, headers=20.0, attempts=1))


@pytest.fixture
def model(server):
    return f"{server.base_url}#bge-m3"


@pytest.fixture
def embedder(model, tmp_path):
    embedder = RemoteEmbedder(model, preparation.prepare(model, tmp_path))
    yield embedder
    embedder.close()


def test_a_model_behind_an_endpoint_is_told_from_a_name_and_a_folder():
    assert remote.names_endpoint("https://api.example.org/v1#text-embedding-3-small")
    assert not remote.names_endpoint("intfloat/multilingual-e5-small")
    assert not remote.names_endpoint("/models/my #1 model")
    assert not remote.names_endpoint("")


def test_to_prepare_is_to_ask_once_and_to_remember(server, model, tmp_path):
    assert not preparation.is_prepared(model, tmp_path)
    folder = preparation.prepare(model, tmp_path)
    assert preparation.is_prepared(model, tmp_path)
    assert remote.dimensions_of(folder) == DIMENSIONS
    preparation.prepare(model, tmp_path)
    assert len(server.requests) == 1


def test_another_endpoint_or_another_model_is_another_generation(tmp_path):
    names = {
        preparation.model_folder(model, tmp_path).name
        for model in ("https://a.org/v1#m", "https://b.org/v1#m", "https://a.org/v1#n")
    }
    assert len(names) == 3
    assert preparation.model_folder("https://a.org/v1/#m", tmp_path).name in names


def test_vectors_come_in_the_texts_order_and_of_length_one(embedder):
    texts = ["one", "二", "three " * 900]
    found = embedder.embed_passages(texts)
    for text, vector in zip(texts, found, strict=True):
        wanted = np.array(numbers(text))
        assert vector == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-6)
    assert embedder.embed_query("二") == pytest.approx(found[1])


def test_many_texts_go_in_few_requests(embedder, server):
    before = len(server.requests)
    assert embedder.embed_passages([f"text {n}" for n in range(150)]).shape == (150, DIMENSIONS)
    sizes = [len(request.body["input"]) for request in server.requests[before:]]
    assert sizes == [64, 64, 22]


def test_no_texts_need_no_request(embedder, server):
    before = len(server.requests)
    assert embedder.embed_passages([]).shape == (0, DIMENSIONS)
    assert len(server.requests) == before


def test_an_empty_text_is_sent_as_one_that_servers_take(embedder, server):
    embedder.embed_passages([""])
    assert server.requests[-1].body == {"input": [" "], "model": "bge-m3", "encoding_format": "float"}


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again(embedder, server, code):
    server.then(status(code, "later"), status(code, "later"), vectors())
    assert embedder.embed_passages(["a"]).shape == (1, DIMENSIONS)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (status(429, "slow down"), "asks to wait"),
        (status(500, "oops"), "trouble of its own"),
        (status(401, "bad key"), "refused the key"),
        (error(404, {"message": "no such model"}), "does not know the model"),
        (html(), "could not be read"),
        (silent(), "stopped answering"),
        (raw(b'{"data": 7}', kind="application/json"), ""),
        (vectors(change=lambda data: data[1:]), "has 0 vectors for 1 texts"),
    ],
)
def test_a_server_that_fails_is_worded(embedder, server, trouble, words):
    server.then(trouble)
    with pytest.raises(EmbeddingUnavailable) as caught:
        embedder.embed_passages(["a"])
    assert words in str(caught.value)
    assert not isinstance(caught.value, TextNotEmbedded)


def test_a_text_that_is_refused_is_a_matter_of_that_text(embedder, server):
    server.then(status(400, "too many tokens"))
    with pytest.raises(TextNotEmbedded):
        embedder.embed_passages(["a" * 9])


def test_vectors_of_another_length_are_another_model(embedder, server):
    server.then(vectors(dimensions=16))
    with pytest.raises(EmbeddingUnavailable, match="another model"):
        embedder.embed_passages(["a"])


def test_a_vector_of_nothing_is_refused(embedder, server):
    server.then(vectors(change=lambda data: [{"index": 0, "embedding": [0.0] * DIMENSIONS}]))
    with pytest.raises(TextNotEmbedded):
        embedder.embed_passages(["a"])


def test_a_question_is_not_waited_for_long(embedder, server):
    server.then(status(500, "oops"), vectors())
    with pytest.raises(EmbeddingUnavailable):
        embedder.embed_query("a")


def test_where_nothing_answers_it_says_so(tmp_path):
    with pytest.raises(EmbeddingUnavailable, match=r"127\.0\.0\.1"):
        preparation.prepare("http://127.0.0.1:9/v1#m", tmp_path)
    assert not preparation.is_prepared("http://127.0.0.1:9/v1#m", tmp_path)


def test_offline_nothing_leaves_the_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("PILOTFISH_OFFLINE", "1")
    with pytest.raises(EmbeddingUnavailable, match="PILOTFISH_OFFLINE"):
        preparation.prepare("https://api.example.org/v1#m", tmp_path)


def test_the_notes_are_not_sent_unencrypted_to_another_machine(tmp_path):
    with pytest.raises(EmbeddingUnavailable, match="not encrypted"):
        preparation.prepare("http://embeddings.example.org/v1#m", tmp_path)


def test_the_environments_key_goes_to_its_own_address_alone(server, model, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    preparation.prepare(model, tmp_path / "a")
    assert server.requests[-1].headers["authorization"] == "Bearer none"
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    preparation.prepare(model, tmp_path / "b")
    assert server.requests[-1].headers["authorization"] == "Bearer sk-secret"


def test_once_closed_it_is_unavailable(model, tmp_path):
    embedder = RemoteEmbedder(model, preparation.prepare(model, tmp_path))
    embedder.close()
    embedder.close()
    with pytest.raises(EmbeddingUnavailable):
        embedder.embed_query("a")
