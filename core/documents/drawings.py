"""Charts and diagrams of the Office formats as text; they lie in XML of their own beside slides and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from core.documents.archive import Archive
from core.documents.tables import markdown_table
from core.errors import DocumentDamaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_FILLS = {f"{A}{name}Fill" for name in ("solid", "grad", "blip", "patt", "grp")}
_MEMBER = re.compile(r"(?:word|xl)/(?:diagrams/data|charts/chart)\d*\.xml")


def drawings_of(archive: Archive) -> Iterator[str]:
    """Yield the text of each chart and diagram of a document, in the order of their numbers."""
    names = filter(_MEMBER.fullmatch, archive.names)
    for name in sorted(names, key=lambda name: (len(name), name)):
        try:
            tree = ElementTree.fromstring(archive.xml(name))
        except (ElementTree.ParseError, DocumentDamaged):
            continue  # a picture less; the words around it stand
        yield diagram_text(tree) if "/diagrams/" in name else chart_text(tree)


def paragraphs_of(tree: Element) -> str:
    """Return the paragraphs of DrawingML in a tree, one a line."""
    lines = ("".join(text.text or "" for text in line.iter(f"{A}t")) for line in tree.iter(f"{A}p"))
    return "\n".join(line for line in lines if line.strip())


def shape_fill(shape: Element) -> str:
    """Return the colour that a shape is filled with: empty where it has none, `?` where it cannot be told."""
    for properties in shape:
        for fill in properties if str(properties.tag).endswith("}spPr") else ():
            if fill.tag == f"{A}noFill":
                return ""
            if fill.tag in _FILLS:
                colour = fill.find(f"{A}srgbClr")
                return "?" if colour is None else colour.get("val", "?")
    styled = next(shape.iter(f"{A}fillRef"), None)
    return "" if styled is None or styled.get("idx") == "0" else "?"


def diagram_text(tree: Element) -> str:
    """Return what the shapes of a diagram (SmartArt) say, as a list."""
    shapes = (" ".join(paragraphs_of(shape).split("\n")) for shape in tree.iter(f"{_DGM}pt"))
    return "\n".join(f"- {words}" for words in shapes if words)


def chart_text(tree: Element) -> str:
    """Return the title of a chart and the numbers that it draws, as a table."""
    title = next(tree.iter(f"{_C}title"), None)
    series = list(tree.iter(f"{_C}ser"))
    names = [_cached(one.find(f"{_C}tx")) for one in series]
    categories = _cached(next((one.find(f"{_C}cat") for one in series), None))
    values = [_cached(one.find(f"{_C}val")) for one in series]
    rows = [["", *(" ".join(name.values()) for name in names)]]
    rows += [
        [categories.get(place, ""), *(column.get(place, "") for column in values)]
        for place in sorted(set(categories).union(*values))
    ]
    pieces = ["" if title is None else paragraphs_of(title), markdown_table(rows) if series else ""]
    return "\n\n".join(filter(None, pieces))


def _cached(data: Element | None) -> dict[int, str]:
    """The values that the program last computed, by their place."""
    if data is None:
        return {}
    return {int(point.get("idx", "0")): "".join(point.itertext()).strip() for point in data.iter(f"{_C}pt")}
