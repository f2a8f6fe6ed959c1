"""Names found by a few letters: order, both scripts, pinyin initials, anything that is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.matching import Term, Terms, find_terms, make_terms


def best(query, *names, limit=10):
    return [term.text for term in find_terms(make_terms(map(Term, names)), query, limit)]


def test_the_whole_name_stands_before_a_beginning_and_that_before_a_word_and_that_before_the_inside():
    names = ["replanned", "The plan", "planning", "plan"]
    assert best("plan", *names) == ["plan", "planning", "The plan", "replanned"]


def test_scattered_letters_find_a_name_that_nothing_else_finds():
    assert best("lchpl", "Launch plan", "Pricing") == ["Launch plan"]


def test_case_width_and_form_do_not_matter():
    assert best("CAFÉ", "café") == ["café"]
    assert best("café", "cafe\u0301") == ["cafe\u0301"]
    assert best("ｂｅｔａ", "Beta") == ["Beta"]


@pytest.mark.parametrize("query", ["发布", "fbjh", "FB", "计划", "jh", "发划"])
def test_a_chinese_name_is_found_by_its_characters_and_by_its_initials(query):
    assert best(query, "会议记录", "发布计划") == ["发布计划"]


@pytest.mark.parametrize("query", ["cqzj", "zqzj"])
def test_a_character_with_two_readings_is_found_by_both(query):
    assert best(query, "重庆总结") == ["重庆总结"]


def test_mixed_names_keep_their_latin_letters_among_the_initials():
    assert best("q4zj", "Q4 总结") == ["Q4 总结"]


def test_characters_stand_before_initials():
    assert best("fb", "发布", "FB 广告") == ["FB 广告", "发布"]


def test_among_equals_the_shorter_one_and_then_the_order_of_the_list_decides():
    assert best("a", "abc", "ab", "ac") == ["ab", "ac", "abc"]


def test_an_empty_query_gives_the_first_ones():
    assert best("  ", "b", "a", "c", limit=2) == ["b", "a"]


def test_nothing_is_found_in_nothing():
    assert find_terms(Terms(), "x", 5) == []
    assert find_terms(make_terms([Term(" "), Term("")]), "", 5) == []


def test_a_name_of_several_lines_stays_one_entry():
    assert best("two", "one\ntwo\tthree", "x") == ["one\ntwo\tthree"]


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=6))
def test_whatever_is_typed_finds_only_what_is_there_and_each_once(names, query):
    terms = make_terms(Term(name, str(place)) for place, name in enumerate(names))
    found = find_terms(terms, query, 20)
    assert set(found) <= set(terms.entries)
    assert len(found) == len(set(found))


@given(st.text(alphabet="ab 发布重庆X", min_size=1, max_size=10).filter(str.strip))
def test_every_name_is_found_by_itself(name):
    assert best(name, "aaa", name, "发布")[0:1] != []
    assert name in best(name, "other", name)
