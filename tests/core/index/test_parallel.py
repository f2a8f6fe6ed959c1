"""The direction that a language has in a model's space."""

from __future__ import annotations

import numpy as np
import pytest

from core.index import parallel
from core.index.parallel import SENTENCES, freed, language_direction
from core.index.vectors import VectorCache
from core.text.language import language_of

TONGUE = np.eye(8, dtype=np.float32)[0]


class Biased:
    """A model that ranks by language first: the language is the first axis of every vector."""

    name, dimensions = "biased", 8

    def __init__(self):
        self.asked = 0

    def embed_passages(self, texts):
        self.asked += len(texts)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text):
        rng = np.random.default_rng(MEANINGS[text])
        vector = rng.normal(size=8).astype(np.float32)
        vector[0] = 3.0 if language_of(text) == "zh" else -3.0
        return vector / np.linalg.norm(vector)

    def close(self):
        pass


MEANINGS = {text: number for number, pair in enumerate(SENTENCES) for text in pair}


@pytest.fixture
def cache(tmp_path):
    opened = VectorCache(tmp_path / "v.sqlite", "biased")
    yield opened
    opened.close()


def test_every_pair_is_a_chinese_and_an_english_sentence():
    assert all((language_of(a), language_of(b)) == ("zh", "en") for a, b in SENTENCES)
    assert len(MEANINGS) == 2 * len(SENTENCES)


def test_there_is_no_direction_before_the_sentences_are_embedded(cache):
    assert language_direction(cache) is None


def test_the_direction_is_the_languages_alone(cache):
    parallel.remember(Biased(), cache, now=0)
    assert float(language_direction(cache) @ TONGUE) > 0.95


def test_the_sentences_are_embedded_once(cache):
    model = Biased()
    parallel.remember(model, cache, now=0)
    parallel.remember(model, cache, now=0)
    assert model.asked == len(MEANINGS)


def test_a_freed_question_meets_its_translation_first(cache):
    model = Biased()
    parallel.remember(model, cache, now=0)
    chinese, english = SENTENCES[3]
    others = [a for a, _ in SENTENCES if a != chinese]
    passages = model.embed_passages([*others, english])
    question = model.embed_query(chinese)
    assert int(np.argmax(passages @ question)) < len(others)
    assert int(np.argmax(passages @ freed(question, language_direction(cache)))) == len(others)


def test_freed_a_question_has_nothing_left_of_the_direction_and_keeps_the_rest():
    question = np.arange(8, dtype=np.float32) + 1
    assert freed(question, TONGUE).tolist() == [0, 2, 3, 4, 5, 6, 7, 8]
