"""Formulas of the preview: drawn once, painted in their colour and size, standing on their line."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QTextCharFormat, QTextDocument

from core.formulas.model import Formula
from desktop.editor.preview_formulas import AT_ONCE, Formulas, Look, formulas_in
from desktop.editor.preview_setting import TALLEST, box_of, set_formulas

BLACK = QColor("#000000")
SQUARE = Formula(
    svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1000 1000 1000">'
    '<rect x="0" y="-1000" width="1000" height="1000" fill="currentColor"/></svg>',
    width=1.0,
    ascent=1.0,
    descent=0.0,
    speech="a square",
)


class Drawer:
    """Draws a square for everything but what is broken."""

    def __init__(self):
        self.asked = []
        self.closed = False

    def draw(self, requests):
        self.asked += requests
        return [None if request.source == "broken" else SQUARE for request in requests]

    def close(self):
        self.closed = True


@pytest.fixture
def drawer():
    return Drawer()


@pytest.fixture
def formulas(tasks, drawer):
    return Formulas(tasks, drawer)


def draw(formulas, tasks, *sources):
    done = []
    formulas.draw(list(sources), lambda: done.append(True))
    assert tasks.settle()
    assert done == [True]


def html_of(*sources):
    from core.text.note_html import render_note

    return render_note(" ".join(sources))


def test_formulas_are_found_in_what_is_rendered():
    assert formulas_in(html_of("$x^2$", "文", "$$y$$", "`$z$`")) == ["$x^2$", "$$y$$"]


def test_each_is_drawn_once(formulas, tasks, drawer):
    assert formulas.missing(["$x$", "$y$", "$x$"]) == ["$x$", "$y$"]
    draw(formulas, tasks, "$x$", "$$ y $$")
    assert [(request.source, request.is_display) for request in drawer.asked] == [("x", False), ("y", True)]
    assert formulas.missing(["$x$", "$z$"]) == ["$z$"]


def test_what_was_tried_in_vain_is_code_and_not_tried_again(formulas, tasks):
    draw(formulas, tasks, "$broken$", "$x$")
    assert formulas.missing(["$broken$"]) == []
    put = formulas.put_into(html_of("$broken$", "$x$"))
    assert put == '<p><code>$broken$</code> <img src="math:%24x%24" width="1" height="1"></p>\n'


def test_many_are_drawn_a_few_at_a_time(formulas, tasks, drawer):
    draw(formulas, tasks, *(f"$x_{n}$" for n in range(AT_ONCE + 1)))
    assert len(drawer.asked) == AT_ONCE


def test_a_drawer_that_fails_leaves_them_as_they_are_written(formulas, tasks, drawer, monkeypatch):
    def fail(_requests):
        raise RuntimeError("no drawer")

    monkeypatch.setattr(drawer, "draw", fail)
    draw(formulas, tasks, "$x$")
    assert formulas.formula("$x$") is None
    assert formulas.missing(["$x$"]) == []


def test_closing_ends_the_process(formulas, drawer):
    formulas.close()
    assert drawer.closed


def test_it_is_painted_in_its_colour_where_it_stands(formulas, tasks):
    draw(formulas, tasks, "$x$")
    look = Look("$x$", QColor("#123456").rgba(), 10, 20, 5.0, 10.0)
    image = formulas.image(look)
    assert (image.width(), image.height()) == (10, 20)
    assert image.pixelColor(5, 10).name() == "#123456"
    assert image.pixelColor(5, 2).alpha() == image.pixelColor(5, 18).alpha() == 0
    assert formulas.image(look) is image


def test_one_that_was_forgotten_is_empty(formulas):
    image = formulas.image(Look("$gone$", BLACK.rgba(), 4, 4, 0.0, 4.0))
    assert image.pixelColor(1, 1).alpha() == 0


@given(st.floats(0.01, 30), st.floats(-0.5, 30), st.sampled_from([12, 15, 22, 30]))
def test_every_formula_stands_on_the_line_of_the_words(qapp, ascent, descent, pixels):
    font = QFont()
    font.setPixelSize(pixels)
    metrics = QFontMetricsF(font)
    formula = Formula("", 1.0, ascent, max(descent, 0.001 - ascent), "")
    box = box_of(formula, pixels, metrics)
    baseline = box.top + formula.ascent * pixels  # from the top of its box
    if box.alignment is QTextCharFormat.VerticalAlignment.AlignBaseline:
        assert isclose(box.height - baseline, metrics.descent(), abs_tol=1e-6)
    else:  # Qt's AlignMiddle
        assert isclose(baseline, (box.height + metrics.xHeight() / 2) / 2, abs_tol=1e-6)
    assert box.top >= -1e-6
    assert box.height + 1e-6 >= box.top + formula.height * pixels


def set_in(formulas, html, *, column=500, ratio=1.0):
    document = QTextDocument()
    font = QFont()
    font.setPixelSize(15)
    document.setDefaultFont(font)
    document.setHtml(formulas.put_into(html))
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, BLACK)
    return document, set_formulas(document, formulas, palette=palette, column=column, ratio=ratio)


def style_at(document, position):
    block = document.findBlock(position)
    part = block.begin()
    while not part.fragment().contains(position):
        part += 1
    return part.fragment().charFormat().toImageFormat()


def test_letters_of_a_heading_have_formulas_of_their_size(formulas, tasks):
    draw(formulas, tasks, "$x$")
    large, _ = set_in(formulas, html_of("# $x$"))
    usual, _ = set_in(formulas, html_of("$x$"))
    assert style_at(large, 0).width() > 1.5 * style_at(usual, 0).width()


def test_a_dense_screen_has_more_pixels_for_the_same_room(formulas, tasks):
    draw(formulas, tasks, "$x$")
    (_, looks), (document, dense) = (set_in(formulas, html_of("$x$"), ratio=ratio) for ratio in (1.0, 2.0))
    (look,), (twice,) = looks.values(), dense.values()
    assert twice.width in (2 * look.width - 1, 2 * look.width)
    assert abs(style_at(document, 0).width() - look.width) <= 1


def test_one_that_is_wider_than_the_column_fits(formulas, tasks):
    formulas._known["$x$"] = Formula(SQUARE.svg, 100.0, 1.0, 0.0, "")
    document, _ = set_in(formulas, html_of("$x$"), column=300)
    assert 290 <= style_at(document, 0).width() <= 301


def test_one_that_is_taller_than_any_screen_fits_too(formulas):
    formulas._known["$x$"] = Formula(SQUARE.svg, 1.0, 300.0, 100.0, "")
    document, _ = set_in(formulas, html_of("$x$"), ratio=2.0)
    assert style_at(document, 0).height() <= TALLEST


def test_it_says_what_it_is(formulas, tasks):
    draw(formulas, tasks, "$x$")
    document, looks = set_in(formulas, html_of("a $x$"))
    style = style_at(document, 2)
    assert style.toolTip() == "$x$"
    assert style.property(style.Property.ImageAltText.value) == "a square"
    assert looks[style.name()].source == "$x$"
