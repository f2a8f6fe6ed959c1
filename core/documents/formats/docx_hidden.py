"""What of a Word file a reader does not see: marked as hidden, too small, or in the colour of its ground.

A property stands with the run, with the styles of the run and its paragraph, or with the document's defaults;
the ground is the shading of the run, its paragraph, its cell, its table or its text box, else the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.colours import WHITE, Colour, are_alike, colour_of
from core.documents.drawings import shape_fill
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_TINY_HALF_POINTS = 7
_THIN_PERCENT = 10
_NO = ("0", "false", "off")
_NO_FILL = ("", "AUTO")
_SHADED = {f"{_W}p": f"{_W}pPr", f"{_W}tc": f"{_W}tcPr", f"{_W}tbl": f"{_W}tblPr"}
"""What can be shaded round a run, and the child that says so."""
_STYLES_DEEP = 12
"""Styles that a style is based on; a circle of them ends here."""


class Styles:
    """The styles of a Word file, each with those that it is based on."""

    def __init__(self, tree: Element | None) -> None:
        found = [] if tree is None else list(tree.iter(f"{_W}style"))
        self._by_id = {style.get(f"{_W}styleId", ""): style for style in found}
        self._usual = next((name for name, style in self._by_id.items() if _is_usual(style)), "")
        defaults = None if tree is None else tree.find(f"{_W}docDefaults/{_W}rPrDefault")
        self.defaults = [] if defaults is None else [defaults]

    def line(self, name: str) -> list[Element]:
        """A style, then those that it is based on."""
        line: list[Element] = []
        while name in self._by_id and len(line) < _STYLES_DEEP:
            line.append(self._by_id[name])
            name = _value(self._by_id[name].find(f"{_W}basedOn"))
        return line

    def paragraph(self, name: str) -> list[Element]:
        """The style of a paragraph; the usual one where it names none."""
        return self.line(name or self._usual)


def paper_of(tree: Element, settings: bytes) -> Colour:
    """The colour of the pages, which Word shows only if the settings say so."""
    background = tree.find(f"{_W}background")
    shown = b"displayBackgroundShape" in settings and background is not None
    written = background.get(f"{_W}color", "") if shown and background is not None else ""
    return colour_of(written) or WHITE


def take_hidden(tree: Element, styles: Styles, paper: Colour = WHITE) -> Iterator[Hidden]:
    """Empty the runs that a reader does not see, and report neighbouring ones together."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    gathered: list[str] = []
    last: HiddenKind | None = None
    for run in list(tree.iter(f"{_W}r")):
        words = "".join(text.text or "" for text in run.iter(f"{_W}t"))
        kind = _hiding(run, parents, styles, paper) if words.strip() else last
        if last is not None and kind is not last and gathered:
            yield Hidden(last, one_line("".join(gathered)))
            gathered = []
        last = kind
        if kind is not None and words.strip():
            gathered.append(words)
            run.clear()
    if last is not None and gathered:
        yield Hidden(last, one_line("".join(gathered)))


def _hiding(
    run: Element, parents: dict[Element, Element], styles: Styles, paper: Colour
) -> HiddenKind | None:
    around = list(_around(run, parents))
    own = run.find(f"{_W}rPr")
    said = [] if own is None else [own]
    for style in [*_styles(run, around, styles), *styles.defaults]:
        said += style.findall(f"{_W}rPr")
    vanish = _first(said, "vanish")
    if vanish is not None and vanish.get(f"{_W}val", "1") not in _NO:
        return HiddenKind.NOT_DISPLAYED
    if _is_less(_first(said, "sz"), _TINY_HALF_POINTS) or _is_less(_first(said, "w"), _THIN_PERCENT):
        return HiddenKind.TINY
    ink = colour_of(_value(_first(said, "color")))
    return HiddenKind.COLOUR if are_alike(ink, _ground(said, around, styles, paper)) else None


def _around(run: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    """Paragraph, cells, tables and text boxes round a run, from inside out."""
    element = run
    while (above := parents.get(element)) is not None:
        if above.tag in _SHADED or above.tag == _SHAPE:
            yield above
        element = above


def _styles(run: Element, around: list[Element], styles: Styles) -> list[Element]:
    """The styles of a run, before those of its paragraph."""
    named = _value(run.find(f"{_W}rPr/{_W}rStyle"))
    paragraph = _value(around[0].find(f"{_W}pPr/{_W}pStyle")) if around else ""
    return [*styles.line(named), *styles.paragraph(paragraph)]


def _ground(said: list[Element], around: list[Element], styles: Styles, paper: Colour) -> Colour | None:
    """What is behind a run: the innermost shading; None where that cannot be told."""
    highlight = _value(_first(said, "highlight"))
    if highlight not in ("", "none"):
        return colour_of(highlight)
    for fill in (*map(_fill, said), *(fill for element in around for fill in _fills(element, styles))):
        if fill not in _NO_FILL:
            return colour_of(fill)
    return paper


def _fills(element: Element, styles: Styles) -> Iterator[str]:
    """What an element round a run says of its ground; `?` where the ground is of some colour."""
    if element.tag == _SHAPE:
        yield shape_fill(element)
        return
    properties = element.find(_SHADED[element.tag])
    if properties is None:
        return
    yield _fill(properties)
    for style in styles.line(_value(properties.find(f"{_W}pStyle"))):
        yield from map(_fill, style.findall(f"{_W}pPr"))
    table = styles.line(_value(properties.find(f"{_W}tblStyle")))
    if any(shading.get(f"{_W}fill", "") for style in table for shading in style.iter(f"{_W}shd")):
        yield "?"


def _fill(properties: Element) -> str:
    shading = properties.find(f"{_W}shd")
    if shading is None:
        return ""
    pattern = shading.get(f"{_W}val", "clear")
    colour = "fill" if pattern in ("clear", "nil") else "color"
    return shading.get(f"{_W}{colour}", "").upper()


def _is_usual(style: Element) -> bool:
    is_default = style.get(f"{_W}default", "0") not in _NO
    return is_default and style.get(f"{_W}type") == "paragraph"


def _is_less(element: Element | None, number: int) -> bool:
    value = _value(element).removesuffix("%")
    return value.isdigit() and int(value) < number


def _first(said: list[Element], name: str) -> Element | None:
    found = (properties.find(f"{_W}{name}") for properties in said)
    return next((element for element in found if element is not None), None)


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")
