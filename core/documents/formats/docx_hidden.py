"""What of a Word file a reader does not see: marked as hidden, too small, or white on white.

A property stands with the run, or with the styles of the run and its paragraph; white words are seen where
the run, its paragraph, its cell or its table is shaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.documents.clean import one_line
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TINY_HALF_POINTS = 7
_NO = ("0", "false", "off")
_NO_FILL = ("", "AUTO")
_SHADED = {f"{_W}p": f"{_W}pPr", f"{_W}tc": f"{_W}tcPr", f"{_W}tbl": f"{_W}tblPr"}
"""What can be shaded round a run, and the child that says so."""
_STYLES_DEEP = 12
"""Styles that a style is based on; a circle of them ends here."""

Styles = dict[str, list["Element"]]


def styles_of(tree: Element) -> Styles:
    """Return each style of `word/styles.xml` by its id, followed by those that it is based on."""
    by_id = {style.get(f"{_W}styleId", ""): style for style in tree.iter(f"{_W}style")}
    return {name: _line_of(name, by_id) for name in by_id}


def take_hidden(tree: Element, styles: Styles) -> Iterator[Hidden]:
    """Empty the runs that a reader does not see, and report neighbouring ones together."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    gathered: list[str] = []
    last: HiddenKind | None = None
    for run in list(tree.iter(f"{_W}r")):
        words = "".join(text.text or "" for text in run.iter(f"{_W}t"))
        kind = _hiding(run, parents, styles) if words.strip() else last
        if last is not None and kind is not last and gathered:
            yield Hidden(last, one_line("".join(gathered)))
            gathered = []
        last = kind
        if kind is not None and words.strip():
            gathered.append(words)
            run.clear()
    if last is not None and gathered:
        yield Hidden(last, one_line("".join(gathered)))


def _line_of(name: str, by_id: dict[str, Element]) -> list[Element]:
    line: list[Element] = []
    while name in by_id and len(line) < _STYLES_DEEP:
        line.append(by_id[name])
        name = _value(by_id[name].find(f"{_W}basedOn"))
    return line


def _hiding(run: Element, parents: dict[Element, Element], styles: Styles) -> HiddenKind | None:
    around = list(_around(run, parents))
    own = run.find(f"{_W}rPr")
    said = [] if own is None else [own]
    for style in _styles(run, around, styles):
        said += style.findall(f"{_W}rPr")
    vanish = _first(said, "vanish")
    if vanish is not None and vanish.get(f"{_W}val", "1") not in _NO:
        return HiddenKind.NOT_DISPLAYED
    size = _value(_first(said, "sz"))
    if size.isdigit() and int(size) < _TINY_HALF_POINTS:
        return HiddenKind.TINY
    if own is not None and _value(own.find(f"{_W}color")).upper() == "FFFFFF":
        return HiddenKind.COLOUR if _is_white(own, around, styles) else None
    return None


def _around(run: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    """Paragraph, cells and tables round a run, from inside out."""
    element = run
    while (above := parents.get(element)) is not None:
        if above.tag in _SHADED:
            yield above
        element = above


def _styles(run: Element, around: list[Element], styles: Styles) -> list[Element]:
    """The styles of a run, before those of its paragraph."""
    named = [run.find(f"{_W}rPr/{_W}rStyle")]
    named += [around[0].find(f"{_W}pPr/{_W}pStyle")] if around else []
    return [style for name in named for style in styles.get(_value(name), ())]


def _is_white(own: Element, around: list[Element], styles: Styles) -> bool:
    """Whether what is behind a run is white: the innermost shading counts, and paper has none."""
    if _value(own.find(f"{_W}highlight")) not in ("", "none", "white"):
        return False
    places: list[Element | None] = [own]
    for element in around:
        places.append(element.find(_SHADED[element.tag]))
        style = _value(element.find(f"{_W}pPr/{_W}pStyle"))
        places += [found.find(f"{_W}pPr") for found in styles.get(style, ())]
    fills = (_fill(place.find(f"{_W}shd")) for place in places if place is not None)
    return next((fill for fill in fills if fill not in _NO_FILL), "FFFFFF") == "FFFFFF"


def _fill(shading: Element | None) -> str:
    if shading is None:
        return ""
    pattern = shading.get(f"{_W}val", "clear")
    colour = "fill" if pattern in ("clear", "nil") else "color"
    return shading.get(f"{_W}{colour}", "").upper()


def _first(said: list[Element], name: str) -> Element | None:
    found = (properties.find(f"{_W}{name}") for properties in said)
    return next((element for element in found if element is not None), None)


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")
