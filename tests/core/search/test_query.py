"""What is understood of a typed query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.model import Scope
from core.search.query import TypedQuery, parse


def test_plain_words_are_words():
    assert parse("  how to\n learn git ") == TypedQuery(words="how to learn git")


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("[[Launch plan]]", ("Launch plan",), "Launch plan"),
        ("costs of [[Plan#Budget|the plan]]", ("Plan",), "costs of Plan#Budget|the plan"),
        ("[[日记]] 和 [[计划]]", ("日记", "计划"), "日记 和 计划"),
        ("[[]] [[ ]] [[open", (), "[[]] [[open"),
    ],
)
def test_names_in_brackets_are_names_and_words(text, names, words):
    asked = parse(text)
    assert (asked.names, asked.words) == (names, words)


@pytest.mark.parametrize(
    ("text", "tags", "words"),
    [
        ("#project/alpha next steps", ("project/alpha",), "project/alpha next steps"),
        ("下一步 #项目，预算", ("项目",), "下一步 项目，预算"),
        ("C# and issue#12 &#39;", (), "C# and issue#12 &#39;"),
        ("# heading", (), "# heading"),
    ],
)
def test_tags_are_tags_and_words(text, tags, words):
    asked = parse(text)
    assert (asked.tags, asked.words) == (tags, words)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"beta in March" plan', ("beta in March",)),
        ("“三月发布” 「公测」", ("三月发布", "公测")),
        ('an open " quote', ()),
        ('""', ()),
    ],
)
def test_quoted_words_are_phrases(text, phrases):
    assert parse(text).phrases == phrases


def test_filters_narrow_the_search_and_are_no_words():
    asked = parse('plan tag:#board path:projects/ path:"my notes"')
    assert (asked.words, asked.tag, asked.folder) == ("plan", "board", "my notes")
    assert asked.within(Scope()) == Scope(folder="my notes", tag="board")


@pytest.mark.parametrize(
    "text", ["plan tag：看板 path：项目/", "Tag:看板 plan PATH:项目", "plan tag:a tag:看板 path:项目"]
)
def test_filters_are_told_in_either_case_and_with_a_chinese_colon(text):
    asked = parse(text)
    assert (asked.words, asked.tag, asked.folder) == ("plan", "看板", "项目")


@pytest.mark.parametrize("text", ["plan tag:", 'plan path:""'])
def test_a_filter_that_is_only_begun_narrows_nothing(text):
    assert (parse(text).words, parse(text).within(Scope())) == ("plan", Scope())


def test_what_was_set_outside_goes_before_what_was_typed():
    scope = Scope(folder="fixed", exclude_path="open.md")
    assert parse("x path:other tag:t").within(scope) == Scope(folder="fixed", tag="t", exclude_path="open.md")


def test_a_url_is_no_filter():
    assert parse("see https://x.org/path:1 mypath:a").folder == ""


@given(st.text(max_size=80))
def test_no_text_raises_and_words_hold_no_filter(text):
    asked = parse(text)
    assert asked.words == " ".join(asked.words.split())
