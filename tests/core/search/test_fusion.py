"""Rankings become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.model import Scored
from core.search.fusion import FLOOR, Candidate, Ranking, fuse, in_order, standardised, weigh_in
from tests.core.index.fakes import row

scores = st.lists(st.floats(0, 100), min_size=1, max_size=30).map(lambda values: sorted(values, reverse=True))


def ranking(name, values, **options):
    hits = [Scored(row(note), score) for note, score in values.items()]
    return Ranking(name, sorted(hits, key=lambda hit: -hit.score), **options)


def order(candidates):
    return [candidate.row.note_id for candidate in candidates]


def test_the_one_that_both_like_is_best():
    one = ranking("one", {"a": 9, "b": 8, "c": 1})
    two = ranking("two", {"d": 9, "b": 8, "e": 1})
    assert order(fuse([one, two]))[0] == "b"


def test_standing_out_counts():
    clear = ranking("clear", {"a": 100, "b": 2, "c": 1, "d": 1})
    close = ranking("close", {"b": 10.2, "c": 10.1, "a": 10.0, "d": 9.9})
    assert order(fuse([clear, close]))[0] == "a"


def test_every_part_is_told_and_the_score_is_their_sum():
    (first, *_) = fuse([ranking("one", {"a": 3, "b": 1}), ranking("two", {"a": 5, "b": 1}, weight=0.5)])
    assert first.signals == pytest.approx({"one": 1.0, "two": 0.5})
    assert first.score == pytest.approx(1.5)


def test_what_a_ranking_lacks_gets_what_its_last_one_gets():
    candidates = fuse([ranking("one", {"a": 3, "b": 1}), ranking("two", {"c": 1, "d": 0.5})])
    parts = {candidate.row.note_id: candidate.signals["one"] for candidate in candidates}
    assert parts["c"] == parts["b"] < parts["a"]


def test_an_empty_ranking_says_nothing():
    assert order(fuse([ranking("one", {"a": 1, "b": 2}), Ranking("two", [])])) == ["b", "a"]
    assert fuse([Ranking("one", [])]) == []


def test_rows_without_any_of_the_words_count_as_zeros():
    with_zeros = fuse([ranking("words", {"a": 5, "b": 4}, zeros=98)])
    assert all(candidate.signals["words"] > 4 for candidate in with_zeros)


def test_equal_scores_sort_by_path_and_line():
    candidates = [Candidate(row("b", 1)), Candidate(row("b", 0)), Candidate(row("a", 7))]
    assert [c.row.id for c in in_order(candidates)] == ["a:7", "b:0", "b:1"]


def test_weighing_in_adds_no_candidate():
    candidates = [Candidate(row("a")), Candidate(row("b"))]
    weigh_in(candidates, ranking("late", {"a": 1, "b": 2, "zzz": 3}))
    assert order(in_order(candidates)) == ["b", "a"]


@given(scores)
def test_standardising_keeps_the_order_and_has_a_floor(values):
    parts = standardised(values)
    assert parts == sorted(parts, reverse=True)
    assert min(parts) >= FLOOR


@given(scores, st.floats(0.1, 10), st.floats(0, 50))
def test_standardising_does_not_mind_unit_and_origin(values, unit, origin):
    if max(values) - min(values) < 1e-3:
        return
    moved = [value * unit + origin for value in values]
    assert standardised(moved) == pytest.approx(standardised(values), abs=1e-3)


def test_equal_scores_tell_nothing():
    assert standardised([3.0, 3.0, 3.0]) == [0.0, 0.0, 0.0]
