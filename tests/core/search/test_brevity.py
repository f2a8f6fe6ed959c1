"""How much a passage loses by saying little."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.model import ChunkRow
from core.search.brevity import BRIEF, LOST, weigh_brevity
from core.search.fusion import Candidate, in_order

ROW = ChunkRow(
    id="1",
    note_id="n",
    path="a.md",
    title="A",
    heading_path=("A",),
    start_line=1,
    end_line=1,
    text="",
    lang="en",
    text_hash="h",
)


def lost(text):
    candidate = Candidate(replace(ROW, text=text), {"words": 2.0})
    weigh_brevity([candidate])
    return -candidate.signals["brevity"]


@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
def test_the_more_a_passage_says_the_less_it_loses(text, more):
    assert LOST >= lost(text) > lost(text + more) > 0


def test_a_third_is_left_at_the_length_that_is_called_brief():
    assert lost("a" * BRIEF) == pytest.approx(LOST / 2.718, rel=0.01)


def test_what_says_the_same_loses_about_the_same_in_both_languages():
    english = "We open the beta in March, because the waiting list has passed two thousand people."
    assert lost(english) == pytest.approx(
        lost("我们计划三月开放公测，因为等候名单上已经超过了两千人。"), abs=0.02
    )


def test_a_passage_comes_before_a_bare_heading_that_looks_as_near():
    bare, full = (
        Candidate(replace(ROW, id=text, text=text), {"meaning": 3.0}) for text in ("# A", "A is so. " * 20)
    )
    weigh_brevity([bare, full])
    assert in_order([bare, full])[0] is full
