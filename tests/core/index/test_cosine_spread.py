"""How far apart a model holds unrelated sentences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from core.index import cosine_spread
from core.index.cosine_spread import SENTENCES, spread
from core.index.vectors import VectorCache
from core.text.language import language_of


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


def test_there_is_no_spread_before_the_sentences_are_embedded(cache):
    assert spread(cache) is None


def test_the_spread_is_that_of_cosines_between_unrelated_sentences(cache):
    cosine_spread.remember(Biased(), cache, now=0)
    languages = [Biased().embed_passages(texts) for texts in zip(*SENTENCES, strict=True)]
    expected = [[a @ b for a, b in itertools.combinations(vectors, 2)] for vectors in languages]
    assert spread(cache) == pytest.approx(np.mean([np.std(cosines) for cosines in expected]), abs=1e-3)


def test_the_difference_between_the_languages_is_no_part_of_it(cache):
    cosine_spread.remember(Biased(), cache, now=0)
    everything = Biased().embed_passages(list(MEANINGS))
    assert spread(cache) < 0.7 * float(np.std(everything @ everything.T))


def test_the_sentences_are_embedded_once(cache):
    model = Biased()
    cosine_spread.remember(model, cache, now=0)
    cosine_spread.remember(model, cache, now=0)
    assert model.asked == len(MEANINGS)
