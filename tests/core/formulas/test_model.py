"""What may come from the child, and what never gets to the window."""

import json
from dataclasses import asdict, replace

import pytest

from core.formulas.model import Formula, Request, is_harmless, pack, unpack_formula, unpack_request

DRAWN = Formula(
    svg='<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="a" d="M0 0"/></defs><use href="#a"/>'
    "<text>速 &lt;</text></svg>",
    width=1.0,
    ascent=0.8,
    descent=0.1,
    speech="速",
)


def test_what_is_packed_is_what_comes_out():
    assert unpack_formula(pack(DRAWN)) == DRAWN
    assert unpack_formula(pack(None)) is None
    request = Request(r"\frac{速}{b}", is_display=True, language="zh")
    assert unpack_request(pack(request)) == request


def test_a_drawing_of_ours_is_harmless():
    assert is_harmless(DRAWN.svg)


@pytest.mark.parametrize(
    "within",
    [
        '<image href="#a"/>',
        '<use href="file:///etc/passwd"/>',
        '<use xlink:href="https://a.example/x"/>',
        '<rect fill="url(https://a.example/x)"/>',
        '<rect fill="URL(#a)"/>',
        "<style>x</style>",
        "<!DOCTYPE svg>",
        "<?xml-stylesheet?>",
        "&entity;",
        "<script>x</script>",
        "<svg:image/>",
    ],
)
def test_a_drawing_that_names_something_else_is_refused(within):
    svg = DRAWN.svg.replace("<defs>", within + "<defs>")
    assert not is_harmless(svg)
    with pytest.raises(ValueError, match="fit"):
        unpack_formula(pack(replace(DRAWN, svg=svg)))


@pytest.mark.parametrize(
    "wrong",
    [{"width": 0}, {"width": -1}, {"width": 1e9}, {"ascent": 1e9}, {"descent": -0.8}, {"width": "nan"}],
)
def test_a_drawing_without_a_size_is_refused(wrong):
    message = json.dumps(asdict(DRAWN) | wrong).encode()
    with pytest.raises(ValueError, match="fit"):
        unpack_formula(message)


@pytest.mark.parametrize("message", [b"3", b"{}", b'"x"', b'{"svg": "", "width": null}'])
def test_what_is_no_formula_is_refused(message):
    with pytest.raises(ValueError, match="no formula"):
        unpack_formula(message)
