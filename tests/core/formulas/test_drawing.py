"""LaTeX drawn as SVG: what is read, what is left as it is written, and where Chinese goes."""

import re

import pytest

from core.formulas.drawing import STAND_INS, draw
from core.formulas.model import LONGEST, Request, is_harmless


def svg(source, **kinds):
    return draw(Request(source, **kinds)).svg


@pytest.mark.parametrize(
    "source",
    [
        "x^2",
        r"\frac{a}{b}",
        r"\sum_{i=0}^n i^2 = \frac{(n^2+n)(2n+1)}{6}",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"f(x)=\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}",
        r"\mathbb{R}^n \to \mathcal{L}, \hat{y}, \bm{x}",
        r"\ce{2H2 + O2 -> 2H2O}",
        "a<b",
    ],
)
def test_formulas_as_people_write_them_are_drawn(source):
    formula = draw(Request(source, is_display=True))
    assert formula.width > 0
    assert formula.height > 0
    assert is_harmless(formula.svg)


@pytest.mark.parametrize(
    "source", ["", " ", "{", r"\frac{1", r"\unknown{x}", r"\left( x", "x_", "\\", "\0", "😀"]
)
def test_what_cannot_be_read_from_end_to_end_is_not_drawn(source):
    assert draw(Request(source)) is None


@pytest.mark.parametrize(
    "source",
    ["{" * 10_000 + "}" * 10_000, r"\sqrt{" * 500 + "x" + "}" * 500, "x" * (LONGEST + 1), r"\hspace{-9em}x"],
)
def test_bombs_are_refused(source):
    assert draw(Request(source)) is None


def test_a_formula_stands_on_its_line():
    flat, deep = draw(Request("x")), draw(Request(r"\frac{a}{b}"))
    assert flat.descent < 0.05
    assert deep.descent > 0.5
    assert 0.4 < flat.ascent < 0.6


def test_what_is_set_apart_has_more_room():
    source = r"\frac{a}{b}"
    assert draw(Request(source, is_display=True)).height > draw(Request(source)).height


def test_it_has_the_colour_of_the_text_unless_it_names_one():
    assert 'fill="currentColor"' in svg("x")
    assert 'fill="red"' in svg(r"\color{red}{x}")


def test_nothing_is_left_that_is_not_drawn():
    assert "metadata" not in svg("x")
    assert "<text" not in svg("x")


def letters(source):
    return re.findall(r"<text [^>]*>(.)</text>", svg(source))


def test_chinese_is_put_in_as_text():
    assert letters(r"v=\frac{\text{路程}}{\text{时间}}") == list("路程时间")
    assert sorted(letters(r"x_{中}^{文}+\sqrt[三]{中}")) == sorted("中文三中")
    assert "fill" not in re.search(r"<text [^>]*>", svg("中"))[0]
    assert 'fill="red"' in re.search(r"<text [^>]*>", svg(r"\color{red}{中}"))[0]


def test_chinese_is_as_small_as_its_place():
    small, large = (
        float(re.search(r"<text [^>]*scale\(([\d.]+)", svg(source))[1]) for source in ("x_{中}", "中")
    )
    assert small < large == 1


def test_a_circled_letter_of_the_formula_stays_what_it_is():
    assert letters(f"中{STAND_INS[0]}文") == list("中文")
    assert svg(STAND_INS[0]).count("<use") == 1


def test_more_chinese_than_there_are_stand_ins_is_left_as_it_is():
    many = "".join(chr(0x4E00 + n) for n in range(len(STAND_INS) + 1))
    assert draw(Request(many)) is None
    assert len(letters(many[:-1])) == len(STAND_INS)


def test_it_says_what_it_shows():
    assert draw(Request(r"\frac{a}{b}")).speech == "a over b"
    assert draw(Request(r"\frac{路}{b}", language="zh")).speech == "b 分之 路"
