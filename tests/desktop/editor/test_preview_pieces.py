"""Cutting a note into pieces that look alone as they do together."""

import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.note_html import render_note
from desktop.editor.preview_pieces import MOST_LINES, STEP, Piece, footnotes_of, pieces, window

LINES = st.lists(
    st.sampled_from(
        [
            *("", "", "# 标题", "## two", "word", "词 more", "- a", "- b", "  - deep", "  goes on", "1. x"),
            *("2. y", "> quote", "```py", "```", "    code", "| a | b |", "|---|---|", "| 1 | 2 |", "***"),
        ]
    ),
    max_size=25,
)


def cut(*lines, first=0):
    return [(piece.first, piece.text.split("\n")) for piece in pieces(lines, first=first)]


def words(html):
    """What is to be read, without what separates it."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", html)))


@given(LINES)
def test_every_line_with_words_is_in_one_piece(lines):
    covered = [
        n for piece in pieces(lines) for n in range(piece.first, piece.first + len(piece.text.split("\n")))
    ]
    assert len(covered) == len(set(covered))
    assert set(covered) >= {number for number, line in enumerate(lines) if line.strip()}


@given(LINES)
def test_the_pieces_read_as_the_whole_does(lines):
    together = words(render_note("\n".join(lines)))
    apart = "".join(words(render_note(piece.text)) for piece in pieces(lines))
    assert apart == together


def test_headings_paragraphs_and_points_stand_alone():
    found = cut("# H", "text", "", "next", "more", "", "- a", "  - b", "- c")
    assert found == [
        (0, ["# H"]),
        (1, ["text"]),
        (3, ["next", "more"]),
        (6, ["- a", "  - b"]),
        (8, ["- c"]),
    ]


def test_numbers_are_counted_in_one_piece():
    assert cut("1. a", "", "2. b", "", "text") == [(0, ["1. a", "", "2. b"]), (4, ["text"])]


def test_a_fence_is_one_piece_whatever_is_in_it():
    assert cut("```", "# no", "", "- no", "```", "text") == [
        (0, ["```", "# no", "", "- no", "```"]),
        (5, ["text"]),
    ]


def test_comments_are_left_out():
    assert cut("text", "", "%%", "hidden", "", "more", "%%", "end") == [(0, ["text"]), (7, ["end"])]


def test_front_matter_is_a_piece_of_its_own():
    found = pieces(["---", "a: b", "---", "text"])
    assert [(piece.text, piece.is_front) for piece in found] == [("---\na: b\n---", True), ("text", False)]


def test_texts_of_footnotes_are_left_out():
    assert cut("a[^1]", "[^1]: note", "goes on", "", "    and on", "", "text", "- [^2]: b") == [
        (0, ["a[^1]"]),
        (6, ["text"]),
    ]


def test_footnotes_are_found_with_all_of_their_lines():
    note = [
        "a[^1]",
        "",
        "[^1]: one",
        "lazy",
        "",
        "text",
        "[^二]: 二",
        "",
        "    more",
        "",
        "- [^c]: d",
        "[^1]: x",
    ]
    assert footnotes_of(note) == {
        "1": Piece(2, "[^1]: one\nlazy"),
        "二": Piece(6, "[^二]: 二\n\n    more"),
        "c": Piece(10, "[^c]: d"),
    }


@given(LINES, st.sampled_from(["[^1]: a", "- [^2]: b"]), st.integers(0, 25))
def test_no_line_is_lost_between_the_text_and_its_footnotes(lines, footnote, place):
    lines = [*lines[:place], footnote, *lines[place:]]
    shown = [piece.text for piece in (*pieces(lines), *footnotes_of(lines).values())]
    together = Counter(line.strip().removeprefix("- ") for text in shown for line in text.split("\n"))
    apart = Counter(line.strip().removeprefix("- ") for line in lines)
    assert not {line for line in apart - together if line}


def test_only_the_beginning_of_a_note_has_front_matter():
    assert cut("---", "a", "---", first=7)[0][0] == 7


def test_a_list_that_goes_on_is_tight():
    assert [piece.is_tight for piece in pieces(["- a", "- b", "", "- c", "text"])] == [True, False, False]


@pytest.mark.parametrize("count", [0, 1, MOST_LINES])
def test_a_short_note_is_shown_whole(count):
    assert window(count, 0) == (0, count)


@given(st.integers(MOST_LINES + 1, 30_000), st.data())
def test_of_a_long_note_the_lines_around_are_shown(count, data):
    line = data.draw(st.integers(0, count - 1))
    first, end = window(count, line)
    assert 0 <= first <= line < end <= count
    assert MOST_LINES <= end - first <= MOST_LINES + STEP
    assert line - first >= min(line, MOST_LINES // 2)
    assert end - line >= min(count - line, MOST_LINES // 2)
