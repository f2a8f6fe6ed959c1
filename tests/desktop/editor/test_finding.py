"""Finding: letters and words, whole ones, expressions, both scripts, positions, patience."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.finding import Finder, PatternUnusable, UnitMap, Wanted


def found(words, text, **options):
    return [text[start:end] for start, end in Finder(Wanted(words, **options)).find(text)]


def replaced(words, template, text, **options):
    finder = Finder(Wanted(words, **options))
    spans = finder.find(text)
    for (start, end), put in reversed(
        list(zip(spans, finder.replacements(text, template, spans), strict=True))
    ):
        text = text[:start] + put + text[end:]
    return text


def test_case_matters_where_it_is_wanted():
    assert found("beta", "Beta BETA beta") == ["Beta", "BETA", "beta"]
    assert found("beta", "Beta BETA beta", case=True) == ["beta"]


def test_what_looks_like_an_expression_is_words():
    assert found("a.b (c)", "a.b (c) axb (c)") == ["a.b (c)"]
    assert found("# no comment", "x # no comment") == ["# no comment"]


def test_whole_words_have_no_letter_beside_them():
    assert found("plan", "plan planning replan plan.", whole=True) == ["plan", "plan"]
    assert found("c++", "c++ c++11 objc++", whole=True) == ["c++", "c++"]


def test_chinese_characters_are_borders_of_latin_words_and_have_none_of_their_own():
    assert found("发布", "发布计划与新发布", whole=True) == ["发布", "发布"]
    assert found("beta", "我们的beta版 betas", whole=True) == ["beta"]


def test_an_expression_works_line_by_line():
    assert found("^- .*$", "- one\ntext\n- 二", is_pattern=True) == ["- one", "- 二"]
    assert found(r"\d+", "10 and 200", is_pattern=True, whole=True) == ["10", "200"]


def test_empty_places_are_left_out():
    assert found("x*", "axxb", is_pattern=True) == ["xx"]


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2", "(?P<1>x)", "*"])
def test_a_wrong_expression_says_so_or_is_taken_by_the_letter(pattern):
    try:
        Finder(Wanted(pattern, is_pattern=True)).find("text")
    except PatternUnusable as error:
        assert str(error)


def test_an_expression_that_takes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr("desktop.editor.finding.PATIENCE_S", 0.05)
    finder = Finder(Wanted(r"(x+x+)+y", is_pattern=True))
    with pytest.raises(PatternUnusable):
        finder.find("x" * 5000)


def test_words_are_replaced_by_the_letter():
    assert replaced("a", r"\1$1", "banana") == r"b\1$1n\1$1n\1$1"


@pytest.mark.parametrize("template", [r"\2 \1", "$2 $1", "${2} ${1}", r"\g<2> $1"])
def test_groups_of_an_expression_are_put_in(template):
    assert replaced(r"(\w+) (\w+)", template, "left right", is_pattern=True) == "right left"


def test_an_escaped_dollar_is_a_dollar():
    assert replaced("(x)", r"\\$1", "x", is_pattern=True) == "\\x"


def test_a_group_that_is_not_there_says_so():
    with pytest.raises(PatternUnusable):
        replaced("(x)", r"\3", "x", is_pattern=True)


@given(st.text(alphabet="ab😀中\n", max_size=60), st.text(alphabet="ab😀中", min_size=1, max_size=3))
def test_replacing_is_what_python_does(text, words):
    assert replaced(words, "Z", text, case=True) == text.replace(words, "Z")


@given(st.text(alphabet="a😀中𝒳\n", max_size=40))
def test_positions_there_and_back(text):
    mapping = UnitMap(text)
    for point in range(len(text) + 1):
        unit = mapping.units(point)
        assert unit == len(text[:point].encode("utf-16-le")) // 2
        assert mapping.points(unit) == point
