"""LaTeX -> SVG: the one module that knows mathra. Runs in a child process only, see `core.formulas.process`.

mathra draws a formula in 0.1 ms where ziamath, in pure Python, takes 30 ms and twice as long for every level
of braces (ten seconds at twelve); but some hostile formulas make it compute without end or panic.

Its font has no Chinese. A Chinese character is drawn as a letter in a circle, which the font has and which
is as wide, and then put in the place of that letter as text, in whatever font the window has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from core.formulas.model import LONGEST, Formula, Request

STAND_INS = "".join(map(chr, range(0x24B6, 0x24EA)))
"""Circled letters, one for each different character that the font lacks."""
_STAND_IN_WIDTH = 855

_NOT_IN_FONT = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
_VIEW = re.compile(r'viewBox="(?P<all>\S+ (?P<top>\S+) (?P<width>\S+) (?P<height>\S+))"')
_BODY = re.compile(r"<defs>.*</g>(?=<text )", re.DOTALL)
_USE = re.compile(
    r'<use href="#mathra-[0-9a-f]+-g(?P<glyph>\d+)"'
    r'(?: x="(?P<x>[\d.-]+)" y="(?P<y>[\d.-]+)"'
    r'| transform="translate\((?P<tx>[\d.-]+) (?P<ty>[\d.-]+)\) scale\((?P<scale>[\d.]+)\)")'
    r"(?P<colour>[^>]*)/>"
)


def draw(request: Request) -> Formula | None:
    """Return the drawn formula; None where it cannot be read from end to end."""
    if len(request.source) > LONGEST:
        return None
    foreign = list(dict.fromkeys(_NOT_IN_FONT.findall(request.source)))
    free = [letter for letter in STAND_INS if letter not in request.source]
    if len(foreign) > len(free):
        return None
    stands_for = dict(zip(free, foreign, strict=False))
    there = {ord(character): letter for letter, character in stands_for.items()}
    found = _rendered(request.source.translate(there), request)
    return None if found is None else _formula(*found, stands_for)


def _rendered(source: str, request: Request) -> tuple[str, str] | None:
    """Return the SVG and what it says, of a formula without any fault."""
    import mathra

    try:
        found = mathra.render(source, request.language, display=request.is_display)
    except BaseException as error:
        if isinstance(error, ValueError) or type(error).__module__ == "pyo3_runtime":  # a panic in Rust
            return None
        raise
    return None if found["warnings"] else (found["svg"], found["speech"])


def _formula(svg: str, speech: str, stands_for: dict[str, str]) -> Formula | None:
    view, body = _VIEW.search(svg), _BODY.search(svg)
    if view is None or body is None or float(view["width"]) <= 0 or float(view["height"]) <= 0:
        return None
    drawing = body[0]
    for letter, character in stands_for.items():
        drawing = _put(drawing, _glyph(letter), character)
    ascent = -float(view["top"]) / 1000
    return Formula(
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view["all"]}">{drawing}</svg>',
        width=float(view["width"]) / 1000,
        ascent=ascent,
        descent=float(view["height"]) / 1000 - ascent,
        speech=speech.translate({ord(letter): character for letter, character in stands_for.items()}),
    )


def _put(drawing: str, glyph: str, character: str) -> str:
    """Put a character in the place of a glyph, right way up: the drawing's y grows upwards."""

    def text(found: re.Match[str]) -> str:
        if found["glyph"] != glyph:
            return found[0]
        x, y, scale = found["x"] or found["tx"], found["y"] or found["ty"], found["scale"] or "1"
        return (
            f'<text transform="translate({x} {y}) scale({scale} -{scale})" font-size="{_STAND_IN_WIDTH}"'
            f"{found['colour']}>{escape(character)}</text>"
        )

    return _USE.sub(text, drawing)


@lru_cache(maxsize=len(STAND_INS))
def _glyph(letter: str) -> str:
    """Return the number that a letter has in the font."""
    found = _rendered(letter, Request(letter))
    glyph = _USE.search(found[0]) if found is not None else None
    return "" if glyph is None else glyph["glyph"]
