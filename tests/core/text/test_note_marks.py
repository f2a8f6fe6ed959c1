"""Formulas and footnotes in the HTML of a note."""

from urllib.parse import unquote

import pytest

from core.text.note_html import render_note
from core.text.note_marks import LONGEST_FORMULA, MOST_INLINE_FOOTNOTES, footnote_label
from tests.core.text.test_html import Page


def sources(text):
    return [unquote(part.split('"')[0]) for part in render_note(text).split('src="math:')[1:]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("质能 $E=mc^2$。", ["$E=mc^2$"]),
        ("$a_1$与$b_2$", ["$a_1$", "$b_2$"]),
        ("$$\na\n\\\\\nb\n$$", ["$$a\n\\\\\nb$$"]),
        ("$$x$$", ["$$x$$"]),
        ("in $$x$$ line", ["$$x$$"]),
        ("- $$x$$\n- > $y$", ["$$x$$", "$y$"]),
        ("| $a$ |\n|---|\n| $b$ |", ["$a$", "$b$"]),
        (r"$\text{a_b} < c*d*e$", [r"$\text{a_b} < c*d*e$"]),
        ("$5 and $6", []),
        ("价格$5和$6。", []),
        ("a $ b $ c", []),
        (r"\$x\$", []),
        ("`$x$`", []),
        ("```\n$x$\n```", []),
        ("$$\nnever ended", []),
    ],
)
def test_formulas_are_found(text, found):
    assert sources(text) == found


def test_one_set_apart_stands_in_the_middle_but_not_in_a_list():
    assert '<p align="center"><img' in render_note("$$x$$")
    assert 'align="center"' not in render_note("- $$x$$")


def test_a_formula_that_is_too_long_is_shown_as_it_is_written():
    long = "x" * (LONGEST_FORMULA + 1)
    assert render_note(f"${long}$") == f"<p><code>${long}$</code></p>\n"


def test_formulas_are_no_pictures_of_anywhere():
    assert Page(render_note("$x$ ![](math:$y$) <img src='math:z'>")).sources == [("img", "math:%24x%24")]


def test_marks_name_their_labels():
    assert render_note("a[^1]") == '<p>a<a href="foot:1">1</a></p>\n'
    assert 'href="foot:%E6%B3%A8"' in render_note("文[^注]")
    assert 'href="foot:%5Eb%20%2Ac%2A"' in render_note("a^[b *c*]")
    assert "foot:" not in render_note("`[^1]` [^ x]")


def test_the_text_of_a_footnote_has_no_mark():
    assert render_note("[^1]: 注 *x*\n\n    more") == "<p>注 <em>x</em></p>\n<p>more</p>\n"


def test_a_link_of_a_note_cannot_pass_for_a_mark():
    assert Page(render_note("[x](foot:1) [y](mark:1)")).links == ["path:foot%3A1"]


@pytest.mark.parametrize(
    ("line", "label"), [("[^1]: x", "1"), ("[^注]:x", "注"), ("- [^c]: d", "c"), ("   [^a-b]:", "a-b")]
)
def test_a_footnote_has_a_label(line, label):
    assert footnote_label(line) == label


@pytest.mark.parametrize("line", ["[^1]", "[^ 1]: x", "[^]: x", "a [^1]: x", "    [^1]: code", "[1]: x"])
def test_what_is_no_footnote(line):
    assert footnote_label(line) == ""


def test_openings_without_end_are_text():
    many = "^[" * 5_000  # which the plug-in takes fifteen seconds for
    assert render_note(many) == f"<p>{many}</p>\n"
    assert "foot:" in render_note("a^[b]" * MOST_INLINE_FOOTNOTES)
