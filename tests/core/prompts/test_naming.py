"""Finding prompts by a few letters in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prompts.library import Library
from core.prompts.model import Prompt, Titles
from core.prompts.naming import find_prompts, prompt_names

POLISH = Prompt(
    "polish", 1, Titles("Polish", "润色"), "", about=Titles("Clearer and smoother", "更清楚、更通顺")
)
SHORTEN = Prompt(
    "shorten", 1, Titles("Make it shorter", "缩短"), "", about=Titles("Half as long", "长度减半")
)
OWN = Prompt("my_letter", 1, Titles("给客户的回信"), "", group="own")
ALL = (POLISH, SHORTEN, OWN)


def ids(words, prompts=ALL):
    return [prompt.id for prompt in find_prompts(prompts, prompt_names(prompts), words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pol", "polish"),
        ("POLISH", "polish"),
        ("润", "polish"),
        ("rs", "polish"),
        ("sd", "shorten"),
        ("shorter", "shorten"),
        ("ghkhdhx", None),
        ("gkh", "my_letter"),
        ("回信", "my_letter"),
        ("my_l", "my_letter"),
        ("ｐｏｌ", "polish"),
    ],
)
def test_a_prompt_is_found_by_title_id_and_initials(words, first):
    assert next(iter(ids(words)), None) == first


@pytest.mark.parametrize(
    ("words", "found"), [("通顺", "polish"), ("long half", "shorten"), ("OWN", "my_letter")]
)
def test_a_prompt_is_found_by_what_it_is_for(words, found):
    assert found in ids(words)


def test_a_name_goes_before_a_description():
    other = Prompt("other", 1, Titles("Zebra"), "", about=Titles("A polish of another kind"))
    assert ids("polish", (other, POLISH)) == ["polish", "other"]


def test_each_prompt_is_found_once_although_it_has_several_names():
    assert ids("polish") == ["polish"]


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_are_all_prompts_in_their_order(words):
    assert ids(words) == ["polish", "shorten", "my_letter"]


def test_names_of_prompts_that_are_gone_find_nothing():
    assert find_prompts((SHORTEN,), prompt_names(ALL), "polish") == []


@given(st.text(max_size=8))
def test_whatever_is_typed_finds_prompts_of_the_library_each_once(words):
    found = ids(words)
    assert len(found) == len(set(found))
    assert set(found) <= {prompt.id for prompt in ALL}


@pytest.mark.parametrize(
    ("words", "found"), [("fy", "translate"), ("rs", "polish"), ("缩写", None), ("summ", "summary")]
)
def test_the_shipped_prompts_are_found(words, found):
    prompts = Library(None).prompts("zh").prompts
    first = [prompt.id for prompt in find_prompts(prompts, prompt_names(prompts), words)][:3]
    assert found is None or found in first
