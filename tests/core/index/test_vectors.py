"""The cache of vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import IndexDamaged
from core.index.vectors import KEPT_DAYS, SECONDS_A_DAY, VectorCache, rounded
from tests.core.index.fakes import spoil_pages


def unit(seed):
    vector = np.random.default_rng(seed).normal(size=16).astype(np.float32)
    return vector / np.linalg.norm(vector)


def test_what_is_put_comes_back_as_it_was_rounded(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite", "m")
    vectors = {f"h{n}": unit(n) for n in range(1_200)}
    cache.put(vectors.items(), now=0)
    back = cache.get([*vectors, "unknown"])
    assert back.keys() == vectors.keys()
    assert all(np.array_equal(back[h], rounded(v)) for h, v in vectors.items())


@given(arrays(np.float32, 8, elements=st.floats(-1, 1, width=32)))
def test_rounding_twice_changes_nothing_more(vector):
    assert np.array_equal(rounded(rounded(vector)), rounded(vector))


def test_rounding_hardly_turns_a_vector():
    vector, back = unit(1), rounded(unit(1))
    assert float(vector @ back / np.linalg.norm(back)) > 0.999999


def test_models_do_not_see_each_others_vectors(tmp_path):
    VectorCache(tmp_path / "v.sqlite", "one").put([("h", unit(1))], now=0)
    assert VectorCache(tmp_path / "v.sqlite", "two").get(["h"]) == {}


def test_a_known_vector_is_kept_as_it_is(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite", "m")
    cache.put([("h", unit(1))], now=0)
    cache.put([("h", unit(2))], now=0)
    assert np.array_equal(cache.get(["h"])["h"], rounded(unit(1)))


def test_a_file_is_proved_whole_or_is_damage(tmp_path, caplog):
    file = tmp_path / "v.sqlite"
    cache = VectorCache(file, "m")
    cache.put([(f"h{n}", unit(n)) for n in range(1_200)], now=0)
    cache.prove()
    cache.close()
    spoil_pages(file)
    with pytest.raises(IndexDamaged):
        cache.prove()
    cache.close()


def test_a_vector_that_has_changed_is_damage(tmp_path, caplog):
    cache = VectorCache(tmp_path / "v.sqlite", "m")
    cache.put([(f"h{n}", unit(n)) for n in range(1_200)], now=0)
    with cache.database.writing() as connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(32) WHERE hash = 'h900'")
    assert cache.get(["h1"]).keys() == {"h1"}
    for reading in (lambda: cache.get(["h1", "h900"]), cache.prove):
        with pytest.raises(IndexDamaged):
            reading()
    VectorCache(tmp_path / "v.sqlite", "other").prove()


def test_each_file_is_born_with_a_number_of_its_own(tmp_path):
    one, two = (VectorCache(tmp_path / name, "m") for name in ("one.sqlite", "two.sqlite"))
    assert one.born == VectorCache(tmp_path / "one.sqlite", "other").born != two.born


def test_old_vectors_that_no_note_uses_are_forgotten(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite", "m")
    later = (KEPT_DAYS + 1) * SECONDS_A_DAY
    cache.put([("used", unit(1)), ("unused", unit(2))], now=0)
    cache.put([("young", unit(3))], now=later)
    other = VectorCache(tmp_path / "v.sqlite", "other")
    other.put([("theirs", unit(4))], now=0)
    assert cache.prune(["used"], now=later) == 1
    assert cache.get(["used", "unused", "young"]).keys() == {"used", "young"}
    assert other.get(["theirs"])


def test_a_vector_takes_little_more_room_than_its_numbers(tmp_path):
    cache = VectorCache(tmp_path / "v.sqlite", "universal-sentence-encoder-multilingual-3")
    rng = np.random.default_rng(1)
    cache.put(((f"{n:032x}", rng.normal(size=512).astype(np.float32)) for n in range(2_000)), now=0)
    cache.close()
    assert (tmp_path / "v.sqlite").stat().st_size / 2_000 < 1.7 * 2 * 512
