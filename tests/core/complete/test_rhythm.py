"""Pauses, refusals, and what the person tends to take, on a clock of our own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.model import Fate, Kind, Outcome, Source
from core.complete.rhythm import (
    FIRST_PAUSE_S,
    FIRST_QUIET_S,
    LONGEST_PAUSE_S,
    LONGEST_QUIET_S,
    SHORTEST_PAUSE_S,
    History,
    Restraint,
    Rhythm,
)
from tests.core.complete.helpers import a_suggestion


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def typing(clock, gaps):
    rhythm = Rhythm(clock)
    rhythm.key()
    for gap in gaps:
        clock.now += gap
        rhythm.key()
    return rhythm


class TestRhythm:
    def test_a_stranger_gets_the_usual_pause(self, clock):
        assert Rhythm(clock).pause_s() == FIRST_PAUSE_S

    def test_a_quick_typist_waits_less_than_a_slow_one(self, clock):
        assert typing(clock, [0.1] * 30).pause_s() < typing(clock, [0.35] * 30).pause_s()

    def test_the_pause_is_longer_than_nine_in_ten_gaps(self, clock):
        gaps = [0.1, 0.12, 0.15, 0.2, 0.25] * 8
        assert sum(gap < typing(clock, gaps).pause_s() for gap in gaps) >= 0.9 * len(gaps)

    def test_thinking_tells_nothing_of_the_rhythm(self, clock):
        assert typing(clock, [0.1, 20.0] * 20).pause_s() == typing(clock, [0.1] * 20).pause_s()

    def test_a_clause_end_is_waited_for_less(self, clock):
        rhythm = typing(clock, [0.3] * 20)
        assert rhythm.pause_s(boundary=True) < rhythm.pause_s()

    @given(st.lists(st.floats(0, 5), max_size=60), st.booleans())
    def test_the_pause_keeps_within_bounds(self, gaps, boundary):
        assert SHORTEST_PAUSE_S <= typing(Clock(), gaps).pause_s(boundary=boundary) <= LONGEST_PAUSE_S


class TestRestraint:
    def test_one_refusal_is_no_reason_to_be_quiet(self, clock):
        restraint = Restraint(clock)
        restraint.refused("a ", "b")
        assert not restraint.quiet

    def test_two_in_a_row_are_and_it_passes(self, clock):
        restraint = Restraint(clock)
        restraint.refused("a ", "b")
        restraint.refused("c ", "d")
        assert restraint.quiet
        clock.now += FIRST_QUIET_S
        assert not restraint.quiet

    def test_every_further_refusal_doubles_the_quiet_up_to_a_bound(self, clock):
        restraint = Restraint(clock)
        for _ in range(3):
            restraint.refused("a ", "b")
        clock.now += 1.5 * FIRST_QUIET_S
        assert restraint.quiet
        for _ in range(30):
            restraint.refused("a ", "b")
        clock.now += LONGEST_QUIET_S
        assert not restraint.quiet

    def test_an_acceptance_between_them_forgives(self, clock):
        restraint = Restraint(clock)
        restraint.refused("a ", "b")
        restraint.accepted()
        restraint.refused("c ", "d")
        assert not restraint.quiet

    def test_what_was_refused_is_known_at_the_same_place_alone(self, clock):
        restraint = Restraint(clock)
        restraint.refused("我们在", "三月发布")
        assert restraint.refused_here("我们在") == ("三月发布",)
        assert restraint.refused_here("他们在") == ()

    def test_typing_into_a_refused_text_does_not_bring_its_rest_back(self, clock):
        restraint = Restraint(clock)
        restraint.refused("我们在", "三月发布")
        assert restraint.refused_here("我们在三月") == ("发布",)
        assert restraint.refused_here("我们在四月") == ()
        assert restraint.refused_here("我们在三月发布") == ()

    def test_it_remembers_a_bounded_number_of_places(self, clock):
        restraint = Restraint(clock)
        for number in range(1000):
            restraint.refused(f"place {number} ", "x")
        assert restraint.refused_here("place 0 ") == ()
        assert restraint.refused_here("place 999 ") == ("x",)


def shown(history, times, *, taken=0, kind=Kind.SENTENCE, source=Source.MODEL):
    suggestion = a_suggestion("三月发布测试版。", kind=kind, source=source)
    for number in range(times):
        history.add(Outcome(Fate.SHOWN, suggestion))
        if number < taken:
            history.add(Outcome(Fate.ACCEPTED, suggestion, suggestion.text))
        else:
            history.add(Outcome(Fate.REFUSED, suggestion))


class TestHistory:
    def test_nothing_known_is_even(self):
        assert History().rate(Kind.WORD, Source.VAULT) == 0.5
        assert History().share_taken(Kind.WORD, Source.VAULT) == 0.5

    def test_refusals_lower_and_acceptances_raise_the_rate(self):
        history = History()
        shown(history, 40, taken=36)
        shown(history, 40, taken=2, kind=Kind.PARAGRAPH)
        assert history.rate(Kind.SENTENCE, Source.MODEL) > 0.75
        assert history.rate(Kind.PARAGRAPH, Source.MODEL) < 0.2
        assert history.share_taken(Kind.SENTENCE, Source.MODEL) > history.share_taken(
            Kind.PARAGRAPH, Source.MODEL
        )

    def test_kinds_and_sources_are_told_apart(self):
        history = History()
        shown(history, 40, taken=40)
        assert history.rate(Kind.SENTENCE, Source.VAULT) == 0.5

    def test_what_is_remembered_counts_for_the_model_that_said_it(self):
        history = History()
        shown(history, 40)
        shown(history, 40, taken=40, source=Source.CACHE)
        assert history.rate(Kind.SENTENCE, Source.MODEL) == 0.5
        assert history.rate(Kind.SENTENCE, Source.CACHE) == 0.5
        assert history.rate(Kind.SENTENCE, Source.VAULT) == 0.5

    def test_habits_of_long_ago_fade(self):
        history = History()
        shown(history, 400, taken=400)
        shown(history, 400)
        assert history.rate(Kind.SENTENCE, Source.MODEL) < 0.5

    def test_it_survives_a_file(self):
        history = History()
        shown(history, 10, taken=4)
        again = History.from_dict(json.loads(json.dumps(history.to_dict())))
        assert again.to_dict() == history.to_dict()
        assert again.rate(Kind.SENTENCE, Source.MODEL) == history.rate(Kind.SENTENCE, Source.MODEL)

    @pytest.mark.parametrize(
        "damaged",
        [{"sentence/model": "x"}, {"sentence/model": [1, 2]}, {"x/y": [1, 1, 1, 1]}, {"word": [1, 1, 1, 1]},
         {"word/vault": [1, 1, -1, 1]}, {"word/vault": [1, 1, True, 1.5]}],
    )  # fmt: skip
    def test_what_makes_no_sense_is_passed_over(self, damaged):
        assert History.from_dict(damaged).to_dict() == {}
