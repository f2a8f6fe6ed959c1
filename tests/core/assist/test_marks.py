import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.marks import LONGEST_MARK, MarkNormaliser, find_marks


def through(pieces: list[str]) -> str:
    marks = MarkNormaliser()
    return "".join([*map(marks.feed, pieces), marks.close()])


def cut(text: str, places: list[int]) -> list[str]:
    borders = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(borders)]


FORMS = {
    "plain [1].": "plain [1].",
    "pair [1][2].": "pair [1][2].",
    "list [1, 2].": "list [1][2].",
    "Chinese list 【1，2】。": "Chinese list [1][2]。",
    "enumeration [1、3]": "enumeration [1][3]",
    "semicolons [1; 2]": "semicolons [1][2]",
    "range [2-4]": "range [2][3][4]",
    "long dash [2–3]": "long dash [2][3]",
    "reversed [4-2]": "reversed [4]",
    "huge range [1-999]": "huge range [1]",
    "lenticular 【1】": "lenticular [1]",
    "wide ［1］": "wide [1]",
    "file search 【1†source】": "file search [1]",
    "named [Passage 2]": "named [2]",
    "named in Chinese 【笔记 2】": "named in Chinese [2]",
    "footnote [^3]": "footnote [3]",
    "spaces [ 1 , 2 ]": "spaces [1][2]",
    "no mark [see below]": "no mark [see below]",
    "wikilink [[Note 1]]": "wikilink [[Note 1]]",
    "link [1](https://a.example)": "link [1](https://a.example)",
    "task [ ] and [x]": "task [ ] and [x]",
    "code `a[1, 2]` stays": "code `a[1, 2]` stays",
    "fence\n```\nb[1, 2]\n```\nafter [1, 2]": "fence\n```\nb[1, 2]\n```\nafter [1][2]",
    "open [1": "open [1",
    "open 【": "open 【",
    "line [1\n2]": "line [1\n2]",
    "a note called [[1, 2]]": "a note called [[1, 2]]",
    "long [" + "1, " * 30 + "1]": "long [" + "1, " * 30 + "1]",
}


@pytest.mark.parametrize("text", FORMS)
@given(places=st.lists(st.integers(0, 200), max_size=8))
def test_marks_become_uniform_wherever_the_stream_is_cut(text, places):
    assert through(cut(text, places)) == FORMS[text]


@given(st.lists(st.text(alphabet="a1,[]【】［］`\n -^†", max_size=6), max_size=12))
def test_the_cut_never_matters(pieces):
    assert through(pieces) == through(["".join(pieces)])


@given(st.text(alphabet=st.characters(blacklist_characters="[]【】［］"), max_size=80))
def test_text_without_brackets_passes_unchanged(text):
    assert through([text]) == text


@given(st.text(alphabet="a [1,`", max_size=200))
def test_little_is_ever_held_back(text):
    marks = MarkNormaliser()
    shown = "".join(map(marks.feed, text))
    assert len(text) - len(shown) <= LONGEST_MARK + 1


def claims(text: str) -> list[tuple[int, str]]:
    return [(mark.n, mark.claim) for mark in find_marks(text)]


def test_a_mark_before_or_after_the_full_stop_belongs_to_its_sentence():
    assert claims("The beta opens in March [1]. Seats are few. [2] Hurry.") == [
        (1, "The beta opens in March"),
        (2, "Seats are few"),
    ]


def test_chinese_sentences_have_their_marks_too():
    assert claims("公测在三月开始[1]。名额有限。[2]") == [(1, "公测在三月开始"), (2, "名额有限")]


def test_two_marks_in_one_sentence_divide_it():
    assert claims("It opens in March [1] because many wait [2].") == [
        (1, "It opens in March"),
        (2, "because many wait"),
    ]


def test_marks_side_by_side_share_their_claim():
    assert claims("It opens in March [1][2] [3].") == [(n, "It opens in March") for n in (1, 2, 3)]


def test_a_mark_that_opens_its_sentence_takes_what_follows():
    assert claims("[1] says that it opens in March.") == [(1, "says that it opens in March.")]
    assert claims("First. [2]: it opens in March.")[0][0] == 2


def test_list_items_have_claims_of_their_own():
    assert claims("- March [1]\n- six euros [2]") == [(1, "- March"), (2, "- six euros")]


def test_a_quotation_of_several_sentences_is_one_claim():
    text = "The plan says “We open in March. February is too early.” [1]"
    assert claims(text) == [(1, "The plan says “We open in March. February is too early.”")]


def test_a_clause_after_a_semicolon_takes_the_sentence_with_it():
    assert claims("名单很长；二月太早[1]。") == [(1, "名单很长；二月太早")]


@pytest.mark.parametrize(
    "text", ["`a[1]`", "```\nx[2] = 1\n```", "[1](https://a.example)", "[[1]", "[1234]", "[x]"]
)
def test_what_is_no_mark_is_none(text):
    assert [m.n for m in find_marks(text)] in ([], [1]) if text == "[[1]" else find_marks(text) == []


def test_places_are_those_of_the_text():
    text = "中文 [1] and `code [2]` then [3]"
    assert [text[m.start : m.end] for m in find_marks(text)] == ["[1]", "[3]"]


@given(st.text(alphabet='ab中。. \n[]123“”"`-;；', max_size=80))
def test_any_text_has_marks_in_order_with_claims_from_it(text):
    found = find_marks(text)
    assert [m.start for m in found] == sorted({m.start for m in found})
    for mark in found:
        assert (
            text[mark.start : mark.end] == f"[{mark.n}]" or int(text[mark.start + 1 : mark.end - 1]) == mark.n
        )
        assert len(mark.claim) <= len(text)
