"""White words of web pages: hidden on white, read on a colour, wherever that colour is given."""

import pytest

from core.documents.model import HiddenKind
from core.documents.page_sight import hiding


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def page(body, style=""):
    return f"<!doctype html><html><head><style>{style}</style></head><body>{body}</body></html>".encode()


SEEN = {
    "a dark page": ('<div style="background:#111"><p style="color:white">words</p></div>', ""),
    "a dark cell": ('<table><tr><td bgcolor="#000080" style="color:#fff">words</td></tr></table>', ""),
    "a dark row and an old font tag": (
        '<table><tr style="background-color:navy"><td><font color="white">words</font></td></tr></table>',
        "",
    ),
    "a class": (
        '<div class="hero"><p style="color:#ffffff">words</p></div>',
        ".hero { background: #203040 }",
    ),
    "the page's rule": ('<p class="title">words</p>', "body { background: black } .title { color: white }"),
    "a picture": ('<div style="background:url(sky.jpg)"><p style="color:#fff">words</p></div>', ""),
    "its own class": (
        '<p class="badge white">words</p>',
        ".badge { background-color: #d32f2f } .white { color: #fff }",
    ),
}


@pytest.mark.parametrize(("body", "style"), SEEN.values(), ids=SEEN)
def test_white_words_on_a_colour_are_read(convert, body, style):
    made = convert(page(body, style), "a.html")
    assert "words" in text_of(made)
    assert made.hidden == ()


HIDDEN = {
    "white paper": ('<p style="color:white">order</p>', ""),
    "white in the dark": (
        '<div style="background:#000"><div style="background:#fff"><p style="color:#fff">order</p></div>',
        "",
    ),
    "white on its own white": (
        '<div style="background:#000"><p style="color:#fff;background:#fff">order</p></div>',
        "",
    ),
    "black on its own black": (
        '<div style="background:#fff"><p style="color:#000;background:#000">order</p></div>',
        "",
    ),
    "a ground that is none": (
        '<div style="background:transparent"><p style="color:#fff">order</p></div>',
        "",
    ),
    "a white class": ('<div class="box"><font color="#FFF">order</font></div>', ".box{background:#ffffff}"),
    "a rule for something else": ('<p style="color:#fff">order</p>', ".other { background: #000 }"),
    "hidden in the dark": ('<div style="background:#000"><p style="display:none">order</p></div>', ""),
    "tiny in the dark": ('<div style="background:#000"><p style="font-size:1px">order</p></div>', ""),
}


@pytest.mark.parametrize(("body", "style"), HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_can_see_is_reported_and_left_out(convert, body, style):
    made = convert(page(f"<p>Seen.</p>{body}", style), "a.html")
    assert text_of(made) == "Seen."
    assert [hidden.sample for hidden in made.hidden] == ["order"]


def test_the_nearest_ground_counts_for_each_word(convert):
    body = (
        '<div style="background:#123456"><p style="color:#fff">一</p>'
        '<div style="background:white"><p style="color:#fff">二</p><p>三</p></div></div>'
    )
    made = convert(page(body), "a.html")
    assert text_of(made).split() == ["一", "三"]
    assert [hidden.sample for hidden in made.hidden] == ["二"]


def test_what_is_hidden_inside_something_hidden_is_reported_once(convert):
    body = '<p>Seen.</p><div hidden>outer <span style="display:none">inner</span></div>'
    made = convert(page(body), "a.html")
    assert [hidden.sample for hidden in made.hidden] == ["outer inner"]


def test_a_thousand_rules_are_no_burden_and_the_first_ones_count(convert):
    style = ".first{display:none}" + "".join(f".c{n}{{color:red}}" for n in range(2000))
    made = convert(page('<p class="first">order</p><p class="c7">Seen.</p>', style), "a.html")
    assert text_of(made) == "Seen."


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("DISPLAY : NONE", HiddenKind.NOT_DISPLAYED),
        ("display:none !important", HiddenKind.NOT_DISPLAYED),
        ("visibility:collapse", HiddenKind.NOT_DISPLAYED),
        ("opacity:0.0", HiddenKind.INVISIBLE),
        ("mso-hide:all", HiddenKind.INVISIBLE),
        ("font-size:0", HiddenKind.TINY),
        ("font-size:.2em", HiddenKind.TINY),
        ("font-size:2pt", HiddenKind.TINY),
        ("font-size:10%", HiddenKind.TINY),
        ("position:absolute;left:-9999px", HiddenKind.NOT_DISPLAYED),
        ("text-indent:-999em", HiddenKind.NOT_DISPLAYED),
        ("color:rgb(255, 255, 255)", HiddenKind.COLOUR),
        ("color:transparent", HiddenKind.INVISIBLE),
        ("color:#123;background-color:#123", HiddenKind.COLOUR),
    ],
)
def test_css_that_hides(style, kind):
    assert hiding(style) is kind


@pytest.mark.parametrize(
    "style",
    [
        "",
        ";;;",
        ":::",
        "display",
        "opacity:much",
        "font-size:small",
        "font-size:1..2px",
        "font-size:calc(1px + 2vw)",
        "position:absolute;left:10px",
        "text-indent:2em",
        "color:white;background:#000",
        "background:white",
        "color:",
    ],
)
def test_css_that_hides_nothing(style):
    assert hiding(style) is None
