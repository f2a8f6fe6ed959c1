"""The second encoder's say, and what the other language starts behind."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import EmbeddingUnavailable
from core.search.fusion import Candidate, in_order
from core.search.second import FOREIGN_WEIGHT, HANDICAP, OWN_WEIGHT, SPREAD, SecondOpinion
from tests.core.index.fakes import row

QUESTION = np.array([1.0, 0.0], dtype=np.float32)


def near(cosine):
    return np.array([cosine, (1 - cosine**2) ** 0.5], dtype=np.float32)


class Known:
    """An index whose second vectors are given by text."""

    def __init__(self, closeness):
        self.second_vectors = self
        self._vectors = {f"hash of {text}": near(cosine) for text, cosine in closeness.items()}

    def get(self, hashes):
        return {text_hash: self._vectors[text_hash] for text_hash in hashes if text_hash in self._vectors}


class Encoder:
    """Sees every question alike, unless it is down."""

    def __init__(self, *, is_down=False):
        self.is_down = is_down

    def embed_query(self, text):
        if self.is_down:
            raise EmbeddingUnavailable
        return QUESTION


def weighed(candidates, closeness, evidence=1.0, early=()):
    second = SecondOpinion(Known(closeness), Encoder())
    second.weigh(candidates, QUESTION, "en", evidence, second.vectors_of(early))
    return [candidate.row.note_id for candidate in in_order(candidates)]


def candidate(note, lang, score=0.0):
    return Candidate(row(note, text=note, lang=lang), {"meaning": score})


def test_every_part_is_told():
    own, foreign = candidate("own", "zh"), candidate("far", "en")
    weighed([own, foreign], {"own": 0.5, "far": 0.6})
    assert own.signals == pytest.approx({"meaning": 0, "second": OWN_WEIGHT * 0.5 / SPREAD})
    assert foreign.signals == pytest.approx(
        {"meaning": 0, "second": FOREIGN_WEIGHT * 0.6 / SPREAD, "border": -HANDICAP}
    )


def test_a_passage_of_the_other_language_has_to_be_clearly_closer():
    both = {"own": 0.3, "far": 0.3}
    assert weighed([candidate("own", "zh", 3.0), candidate("far", "en", 2.0)], both) == ["own", "far"]
    closer = {"own": 0.3, "far": 0.8}
    assert weighed([candidate("own", "zh", 3.0), candidate("far", "en", 2.0)], closer) == ["far", "own"]


def test_where_its_own_language_holds_none_of_the_words_the_other_starts_level():
    both = {"own": 0.3, "far": 0.3}
    assert weighed([candidate("own", "zh"), candidate("far", "en")], both, evidence=0.0)[0] == "far"


def test_a_row_without_a_vector_gets_no_opinion():
    own, foreign = candidate("own", "zh"), candidate("far", "en")
    weighed([own, foreign], {})
    assert own.signals.keys() == {"meaning"}
    assert foreign.signals.keys() == {"meaning", "border"}


def test_it_makes_no_difference_what_was_looked_up_early():
    def found():
        return [candidate("own", "zh"), candidate("far", "en")]

    closeness, late, early = {"own": 0.5, "far": 0.6}, found(), found()
    weighed(late, closeness)
    weighed(early, closeness, early=early[1:])
    assert [one.signals for one in early] == [one.signals for one in late]


def test_an_encoder_that_cannot_be_used_has_no_opinion():
    assert SecondOpinion(Known({}), Encoder(is_down=True)).of("anything") is None
    assert SecondOpinion(Known({}), Encoder()).of("anything") is QUESTION
