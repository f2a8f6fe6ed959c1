"""What stands in the search field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.search_query import names_with, parse_search

NOTES = ["Launch plan.md", "Projects/Relaunch.md", "Projects/Launch.md", "项目/发布计划.md", "x/README.md"]


@pytest.mark.parametrize(
    ("text", "words", "folder", "tag"),
    [
        ("beta date", "beta date", "", ""),
        ("tag:项目 发布", "发布", "", "项目"),
        ("tag:#a/b x", "x", "", "a/b"),
        ("tag：读书 笔记", "笔记", "", "读书"),
        ("path：项目/　tag：#计划　发布", "发布", "项目", "计划"),
        ("笔记：tag 与 path", "笔记：tag 与 path", "", ""),
        ("path:Projects/ churn", "churn", "Projects", ""),
        ('path:"My notes" churn', "churn", "My notes", ""),
        ("tag:a path:b", "", "b", "a"),
        ("Tag:a tag:b x", "x", "", "b"),
        ("https://x.y tag", "https://x.y tag", "", ""),
        ("metatag:x", "metatag:x", "", ""),
    ],
)
def test_filters_are_taken_out_of_the_words(text, words, folder, tag):
    query = parse_search(text, limit=5)
    assert (query.text, query.scope.folder, query.scope.tag) == (words, folder, tag)


@given(st.text(max_size=40))
def test_no_input_makes_it_fail(text):
    query = parse_search(text, limit=3)
    assert query.limit == 3
    assert names_with(text, NOTES, limit=2) == names_with(text, NOTES, limit=2)


def test_a_name_that_begins_with_the_words_comes_first():
    assert names_with("launch", NOTES, limit=9) == [
        "Launch plan.md",
        "Projects/Launch.md",
        "Projects/Relaunch.md",
    ]


def test_every_word_must_be_there():
    assert names_with("projects re", NOTES, limit=9) == ["Projects/Relaunch.md"]


def test_chinese_names_are_found_by_a_part():
    assert names_with("计划", NOTES, limit=9) == ["项目/发布计划.md"]


def test_no_words_find_nothing():
    assert names_with("  ", NOTES, limit=9) == []
