"""What goes into the note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.model import Finish, Work
from desktop.panel.insertion import as_paragraph, in_place_of, note_link, text_for_note
from tests.desktop.fake_link import a_citation, a_quote, an_answer


def test_a_rewrite_goes_in_as_it_stands():
    answer = an_answer("  Shorter [1] and `x[2]`.\n")
    assert text_for_note(answer, work=Work.WRITE) == "Shorter [1] and `x[2]`."


def test_an_answer_loses_its_marks_and_gains_one_line_of_links():
    cited = (a_citation(1), a_citation(2, "Pricing.md"), a_citation(1))
    answer = an_answer("It opens [1]. It costs 8 [2][1].", citations=cited)
    text = text_for_note(answer, work=Work.ASK)
    assert text == "It opens. It costs 8.\n\nSources: [[Pilot review]], [[Pricing]]"


def test_a_chinese_answer_names_its_sources_in_chinese():
    answer = an_answer("三月开放 [1]。", citations=(a_citation(1, "项目/试点回顾.md"),))
    assert text_for_note(answer, work=Work.ASK) == "三月开放。\n\n来源：[[试点回顾]]"


def test_a_note_in_which_the_words_were_not_found_is_no_source():
    answer = an_answer("It opens [1].", citations=(a_citation(1, verified=False),))
    assert text_for_note(answer, work=Work.ASK) == "It opens."


def test_numbers_that_are_no_marks_stay():
    outside = a_citation(9, "", verified=False)
    answer = an_answer("Since [9] 2024 [1] [x](https://a.example).", citations=(outside, a_citation(1)))
    text = text_for_note(answer, work=Work.ASK)
    assert text.startswith("Since [9] 2024 [x](https://a.example).")


def test_quotes_go_in_as_quotes_each_with_its_note():
    quotes = (a_quote(1, "First line\nsecond line"), a_quote(2, "流失率降到 3%。", path="项目/试点.md"))
    text = text_for_note(an_answer("x", finish=Finish.QUOTES_ONLY), work=Work.ASK, quotes=quotes)
    assert text == "> First line\n> second line\n> — [[Pilot review]]\n\n> 流失率降到 3%。\n> — [[试点]]"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", "T"),
        ("line", "", "\n\nT"),
        ("line\n", "", "\nT"),
        ("line\n\n", "", "T"),
        ("\n", "rest", "T\n\n"),
        ("line", "\nnext", "\n\nT\n"),
        ("line\n\n", "\n\nnext", "T"),
        ("mid", "dle", "\n\nT\n\n"),
        ("line", "\n", "\n\nT"),
    ],
)
def test_an_answer_becomes_a_paragraph_of_its_own(before, after, expected):
    assert as_paragraph("T", before=before, after=after) == expected


@given(st.text(alphabet="a\n", max_size=6), st.text(alphabet="a\n", max_size=6))
def test_a_paragraph_never_touches_its_neighbours(before, after):
    whole = before + as_paragraph("T", before=before, after=after) + after
    blocks = [block for block in whole.split("\n\n") if block.strip()]
    assert "T" in [block.strip("\n") for block in blocks]


def test_nothing_goes_in_where_nothing_was_found():
    answer = an_answer("Your notes say nothing about this.", finish=Finish.NOT_FOUND)
    assert text_for_note(answer, work=Work.ASK) == ""


@pytest.mark.parametrize(
    ("path", "link"),
    [("a/b/Note.md", "[[Note]]"), ("pages/a___b.md", "[[a/b]]"), ("v1.2 notes.md", "[[v1.2 notes]]")],
)
def test_links_name_the_file_as_obsidian_and_logseq_do(path, link):
    assert note_link(path) == link


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One line.\n", "Another.", "Another.\n"),
        ("\nOne line.\n\n", "\nAnother.\n", "\nAnother.\n\n"),
        ("a word ", "one", "one "),
        ("One line.", "Another.\n", "Another."),
        ("  - item\n", "  - thing", "  - thing\n"),
        ("\n", "Another.", "Another."),
    ],
)
def test_a_rewrite_keeps_the_blank_edges_of_what_it_replaces(old, new, expected):
    assert in_place_of(old, new) == expected


@given(st.text(alphabet="a中 \n", max_size=12))
def test_the_same_words_in_their_own_place_change_nothing(text):
    assert in_place_of(text, text.strip("\n").rstrip() or text) == text
