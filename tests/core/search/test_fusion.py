"""Rankings become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.model import Hit
from core.search.fusion import Candidate, Ranking, fuse, in_order
from tests.core.index.fakes import row

scores = st.lists(st.floats(0, 100), min_size=1, max_size=30)


def ranking(name, values, **options):
    hits = [Hit(row(note), score) for note, score in values.items()]
    return Ranking(name, sorted(hits, key=lambda hit: -hit.score), **options)


def order(candidates):
    return [candidate.row.note_id for candidate in candidates]


def test_the_one_that_both_like_is_best():
    one = ranking("one", {"a": 9, "b": 8, "c": 1})
    two = ranking("two", {"d": 9, "b": 8, "e": 1})
    assert order(fuse([one, two]))[0] == "b"


def test_standing_out_counts():
    clear = ranking("clear", {"a": 100, "b": 2, "c": 1, "d": 1}, unit=10)
    close = ranking("close", {"b": 10.2, "c": 10.1, "a": 10.0, "d": 9.9})
    assert order(fuse([clear, close]))[0] == "a"


def test_every_part_is_told_and_the_score_is_their_sum():
    one = ranking("one", {"a": 3, "b": 1}, unit=2)
    (first, *_) = fuse([one, ranking("two", {"a": 5, "b": 1}, weight=0.5, floor=1)])
    assert first.signals == pytest.approx({"one": 1.5, "two": 2.0})
    assert first.score == pytest.approx(3.5)


def test_what_a_ranking_lacks_or_puts_below_its_floor_gets_nothing_of_it():
    found = fuse([ranking("one", {"a": 3, "b": 1}, floor=2), ranking("two", {"b": 1, "c": 1})])
    parts = {candidate.row.note_id: candidate.signals.get("one", 0.0) for candidate in found}
    assert parts == {"a": 1.0, "b": 0.0, "c": 0.0}


def test_an_empty_ranking_says_nothing():
    assert order(fuse([ranking("one", {"a": 1, "b": 2}), Ranking("two", [])])) == ["b", "a"]
    assert fuse([Ranking("one", [])]) == []


def test_equal_scores_sort_by_path_and_line():
    candidates = [Candidate(row("b", 1)), Candidate(row("b", 0)), Candidate(row("a", 7))]
    assert [c.row.id for c in in_order(candidates)] == ["a:7", "b:0", "b:1"]


@given(scores, st.floats(0.1, 10), st.floats(0, 50))
def test_a_ranking_keeps_its_order_and_takes_nothing_away(values, unit, floor):
    told = Ranking("one", [], unit=unit, floor=floor)
    parts = [told.part(score) for score in sorted(values)]
    assert parts == sorted(parts)
    assert min(parts) >= 0


@given(scores, st.floats(0.1, 10), st.floats(0, 50))
def test_unit_and_origin_of_a_scale_do_not_matter(values, unit, origin):
    plain, moved = (
        Ranking("one", [], unit=2.0, floor=1.0),
        Ranking("one", [], unit=2.0 * unit, floor=unit + origin),
    )
    for value in values:
        assert moved.part(value * unit + origin) == pytest.approx(plain.part(value), abs=1e-6)
