"""What style sheets hide on a page: the cascade, other screens than the reader's, inherited looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import css
from core.documents.css_values import css_colour, is_clear, pixels_of
from core.documents.model import HiddenKind
from tests.core.documents.test_page_grounds import page, text_of

HIDDEN = {
    "almost clear": ('<p style="opacity:.01">order</p>', ""),
    "cut to nothing": ('<p style="position:absolute;clip:rect(0, 0, 0, 0)">order</p>', ""),
    "cut to nothing by a path": ('<p style="clip-path:inset(50%)">order</p>', ""),
    "of no height": ('<div style="max-height:0;overflow:hidden">order</div>', ""),
    "shrunk": ('<p style="transform:scale(0)">order</p>', ""),
    "in the colour of the page": ('<p class="z">order</p>', "body{background:#222}.z{color:#222}"),
    "in the colour of an old page": (
        '<div bgcolor="#000080"><font color="#000080">order</font></div>',
        "",
    ),
    "almost white": ('<p style="color:#fefefe">order</p>', ""),
    "white in other words": ('<p style="color:hsl(0,0%,100%)">order</p>', ""),
    "shining through": ('<p style="color:rgba(9, 9, 9, 0)">order</p>', ""),
    "by a rule for what lies within": ('<div class="a"><p>order</p></div>', ".a p{display:none}"),
    "by a rule for children": ('<div class="a"><p>order</p></div>', ".a > p{visibility:hidden}"),
    "by a rule for a tag": ("<x-note>order</x-note>", "x-note{display:none}"),
    "by a rule for an attribute": ("<p data-x=1>order</p>", "[data-x]{display:none}"),
    "on a screen": ('<p class="a">order</p>', "@media screen{.a{display:none}}"),
    "after an import": ('<p class="a">order</p>', "@import 'x.css'; .a{display:none}"),
    "by the later rule": ('<p class="a b">order</p>', ".a{display:block}.b{display:none}"),
    "by an important rule": ('<p class="a" style="display:block">order</p>', ".a{display:none !important}"),
    "words for a hidden picture": ('<img alt="order" style="display:none">', ""),
    "by the inherited size": ('<div style="font-size:.1em"><p>order</p></div>', ""),
}


@pytest.mark.parametrize(("body", "style"), HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_can_see_is_reported_and_left_out(convert, body, style):
    made = convert(page(f"<h1>Seen.</h1>{body}", style), "a.html")
    assert text_of(made) == "# Seen."
    assert [hidden.sample for hidden in made.hidden] == ["order"]


SEEN = {
    "hidden on paper only": ('<p class="a">words</p>', "@media print{.a{display:none}}"),
    "hidden on a telephone only": ('<p class="a">words</p>', "@media (max-width:600px){.a{display:none}}"),
    "until it is pointed at": ('<p class="a">words</p>', ".a:hover{display:none}"),
    "shown by the later rule": ('<p class="a b">words</p>', ".a{display:none}.b{display:block}"),
    "shown by the nearer rule": ('<p class="a" id="b">words</p>', "#b{display:block}.a{display:none}"),
    "shown by itself": ('<p class="a" style="display:block">words</p>', ".a{display:none}"),
    "larger in a tiny frame": ('<ul style="font-size:0"><li style="font-size:14px">words</li></ul>', ""),
    "dark in a white frame": ('<div style="color:#fff"><p style="color:#000">words</p></div>', ""),
    "on a shade": (
        '<div style="background:linear-gradient(#001,#113)"><p style="color:#fff">words</p></div>',
        "",
    ),
    "by a rule that is none": ('<p class="a">words</p>', ".a >> ???{display:none}"),
    "keyframes": ('<p class="from">words</p>', "@keyframes x{from{opacity:0}to{opacity:1}}"),
}


@pytest.mark.parametrize(("body", "style"), SEEN.values(), ids=SEEN)
def test_what_a_reader_sees_stays(convert, body, style):
    made = convert(page(body, style), "a.html")
    assert "words" in text_of(made)
    assert made.hidden == ()


def test_a_line_break_that_is_not_displayed_keeps_lines_apart(convert):
    poem = "<p><span>one</span><br><span>two</span></p>"
    assert text_of(convert(page(poem, "span{display:block} br{display:none}"), "a.html")).split() == [
        "one",
        "two",
    ]


def test_rules_are_matched_only_for_so_long(convert, monkeypatch):
    monkeypatch.setattr(css, "_SECONDS", -1.0)
    assert "Seen" in text_of(convert(page('<p class="a">Seen</p>', ".a{display:none}"), "a.html"))


def test_clear_words_are_drawn_in_no_colour(convert):
    made = convert(page('<p>Seen.</p><p style="color:#1230">order</p>'), "a.html")
    assert [hidden.kind for hidden in made.hidden] == [HiddenKind.INVISIBLE]


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("navy", (0, 0, 128)),
        ("#fff", (255, 255, 255)),
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("rgb(1 2 3 / 100%)", (1, 2, 3)),
        ("rgba(1,2,3,.5)", None),
        ("url(x.png)", None),
        ("", None),
    ],
)
def test_colours_in_the_notations_of_css(written, colour):
    assert css_colour(written) == colour


def test_lengths_in_pixels():
    assert [pixels_of(length, of=20) for length in ("2em", "50%", "3pt", "1rem", "auto")] == [
        40,
        10,
        4,
        16,
        None,
    ]


@given(st.text(alphabet="rgbahsl(),.#%0123456789 /-ux", max_size=24))
def test_no_value_is_too_strange(value):
    assert is_clear(value) in (True, False)
    css_colour(value)
    pixels_of(value)
