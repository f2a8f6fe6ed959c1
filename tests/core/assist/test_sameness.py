"""Candidates that say the same are not shown twice; those that differ in content always are."""

import pytest

from core.assist.sameness import same_as

SAID = "We open the beta in March because the waiting list passed 2 000 people."


@pytest.mark.parametrize(
    "twin",
    [
        SAID,
        SAID.upper(),
        SAID.rstrip(".") + " .",
        "  We open the beta in March, because the waiting list passed 2 000 people!",
        "We open the beta in March because our waiting list passed 2 000 people.",
    ],
)
def test_the_same_with_other_marks_or_one_small_word_is_the_same(twin):
    assert same_as(twin, ["Something else.", SAID]) == 1


@pytest.mark.parametrize(
    "other",
    [
        "With 2 000 people waiting, the beta opens in March.",
        "The beta opens in March: more than 2 000 people are on the list by now.",
        "",
    ],
)
def test_other_words_are_another_candidate(other):
    assert same_as(other, [SAID]) is None


def test_chinese_is_compared_by_characters():
    assert same_as("候补已超过两千人，三月开放。", ["候补已超过两千人,三月开放"]) == 0
    assert same_as("三月开放，因为候补超过两千人。", ["候补已超过两千人，三月开放。"]) is None


def test_nothing_is_the_same_as_nothing():
    assert same_as("", [""]) == 0
    assert same_as("a", []) is None
