"""Colours of lines of code: kept by number, moved with what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.line_marks import LineMarks, by_line, moved
from desktop.editor.markdown_tokens import Kind, Token

WORD, TEXT, REMARK = Kind.CODE_WORD, Kind.CODE_TEXT, Kind.CODE_REMARK


def words(line, tokens):
    return [line[token.start : token.end] for token in tokens]


@st.composite
def coloured(draw):
    """A line, stretches of it in order and apart, and the line after one change."""
    line = draw(st.text("ab '#引", max_size=20))
    cuts = sorted(draw(st.sets(st.integers(0, len(line)), max_size=6)))
    tokens = tuple(
        Token(start, end, draw(st.sampled_from((WORD, TEXT, REMARK))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    start = draw(st.integers(0, len(line)))
    end = draw(st.integers(start, len(line)))
    return line, tokens, line[:start] + draw(st.text("ab '引", max_size=5)) + line[end:]


@given(coloured())
def test_stretches_stay_in_the_line_in_order_and_apart(example):
    old, tokens, new = example
    edges = [edge for token in moved(tokens, old, new) for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(new) for edge in edges)
    assert all(token.start < token.end for token in moved(tokens, old, new))


@given(coloured())
def test_a_line_that_is_what_it_was_keeps_its_colours(example):
    old, tokens, _ = example
    assert moved(tokens, old, old) == tokens


@given(coloured(), st.text("xyz", min_size=1, max_size=4))
def test_what_is_typed_before_a_line_moves_all_its_colours(example, typed):
    old, tokens, _ = example
    assert words(typed + old, moved(tokens, old, typed + old)) == words(old, tokens)


@pytest.mark.parametrize(
    ("old", "found", "new", "kept"),
    [
        ("x = 'ab'", "'ab'", "x = 'aZb'", "'aZb'"),  # inside
        ("x = 'ab'", "'ab'", "xyz = 'ab'", "'ab'"),  # before
        ("x = 'ab'", "'ab'", "x = 'ab',", "'ab'"),  # behind
        ("retur", "retur", "return", "return"),  # a word goes on
        ("return", "return", "return ", "return"),  # and ends
        ("a # say", "# say", "a # say 好,", "# say 好,"),  # a remark goes on to the end
        ("x = 'abcd'", "'abcd'", "x = 'd'", "'d'"),  # a part goes
        ("x = 'ab' + y", "'ab'", "x = ", None),  # all of it goes
    ],
)
def test_a_stretch_follows_the_typing(old, found, new, kept):
    start = old.index(found)
    kind = REMARK if found.startswith("#") else TEXT
    result = moved((Token(start, start + len(found), kind),), old, new)
    assert words(new, result) == ([] if kept is None else [kept])


def test_a_line_of_another_text_is_told_and_followed():
    lines = LineMarks()
    assert lines.tell(3, "if x", (Token(0, 2, WORD),))
    assert not lines.tell(3, "if x", (Token(0, 2, WORD),))
    assert lines.of(3, "if xy") == (Token(0, 2, WORD),)
    assert lines.of(3, " if xy") == (Token(1, 3, WORD),)  # from what it was a moment ago
    assert lines.of(4, "if x") == ()


def test_plain_lines_are_no_news():
    lines = LineMarks()
    assert not lines.tell(0, "x", ())
    assert lines.tell(0, "if", (Token(0, 2, WORD),))
    assert lines.tell(0, "if", ())


def test_lines_follow_what_comes_and_goes_above_them():
    lines = LineMarks()
    for number, text in enumerate(("if a", "if b", "if c")):
        lines.tell(number, text, (Token(0, 2, WORD),))
    lines.lines_came(0, 2)
    assert lines.of(3, "if b") == lines.of(4, "if c") == (Token(0, 2, WORD),)
    lines.lines_came(0, -3)
    assert lines.of(1, "if c") == (Token(0, 2, WORD),)
    assert lines.of(3, "if b") == ()


def test_a_line_broken_in_two_keeps_its_colours_in_both_parts():
    lines = LineMarks()
    lines.tell(0, "if a: return b", (Token(0, 2, WORD), Token(6, 12, WORD)))
    lines.lines_came(0, 1)
    assert words("if a:", lines.of(0, "if a:")) == ["if"]
    assert words("  return b", lines.of(1, "  return b")) == ["return"]


@given(st.lists(st.text("ab 引", max_size=6), min_size=1, max_size=8), st.data())
def test_cut_by_line_nothing_is_lost_but_the_line_ends(lines, data):
    code = "\n".join(lines)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(code)), max_size=8)))
    tokens = [Token(a, b, WORD) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    cut = by_line(lines, tokens)
    found = "".join(word for line, part in zip(lines, cut, strict=True) for word in words(line, part))
    assert found == "".join(code[token.start : token.end] for token in tokens).replace("\n", "")
