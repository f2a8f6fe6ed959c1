"""Words, phrases and base forms of English text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.glossary import english


def test_words_are_lower_case_and_parted_at_hyphens_and_apostrophes():
    assert english.words("Well-known café's don't, GPT-4 x_y") == (
        ["well", "known", "café", "don", "t", "gpt", "4", "x", "y"]
    )


def test_the_genitive_is_dropped():
    assert english.words("Beyoncé’s and the dog's") == ["beyoncé", "and", "the", "dog"]


def test_chinese_between_words_is_left_out():
    assert english.words("用LanceDB做full-text搜索") == ["lancedb", "full", "text"]


def test_content_words_leave_function_words_and_single_letters_out():
    assert english.content_words("How many of the fish does a pilot see in 1999 and 7?") == [
        "fish",
        "pilot",
        "1999",
    ]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("indexes", "index"),
        ("houses", "house"),
        ("batteries", "battery"),
        ("carried", "carry"),
        ("planned", "plan"),
        ("caused", "cause"),
        ("damaged", "damage"),
        ("running", "run"),
        ("training", "train"),
        ("making", "make"),
        ("quickly", "quick"),
        ("power plants", "power plant"),
    ],
)
def test_an_inflected_word_has_its_base_among_its_forms(form: str, base: str):
    assert base in english.base_forms(form)


def test_the_word_itself_comes_first():
    assert english.base_forms("species")[0] == "species"
    assert english.base_forms("fish") == ["fish"]


@given(st.text())
def test_no_text_raises_and_no_word_is_empty(text: str):
    found = english.words(text)
    assert all(word.strip() and " " not in word for word in found)
    assert set(english.content_words(text)) <= set(found)
    assert all(all(english.base_forms(word)) for word in found)
