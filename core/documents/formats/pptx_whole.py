"""What python-pptx passes over on a slide: shapes with an older substitute, formulas, diagrams, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from core.documents.archive import refuse_entities
from core.documents.clean import one_line
from core.documents.drawings import A, diagram_text, paragraphs_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A14 = "{http://schemas.microsoft.com/office/drawing/2010/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def bring_in_sight(slide: Any) -> None:
    """Put newer shapes and formulas where python-pptx looks for shapes and words."""
    tree = slide.shapes._spTree
    for both in list(tree.iter(f"{_MC}AlternateContent")):
        newer = both.find(f"{_MC}Choice")
        for child in list(newer) if newer is not None else ():
            both.addprevious(child)
        both.getparent().remove(both)
    for formula in list(tree.iter(f"{_A14}m")):
        run = formula.makeelement(f"{A}r")
        run.append(formula.makeelement(f"{A}t"))
        run[0].text = "".join(text.text or "" for text in formula.iter(f"{_M}t"))
        formula.getparent().replace(formula, run)


def diagram_of(shape: Any, slide: Any) -> str:
    """Return the words of a diagram (SmartArt); empty where the shape is none."""
    place = next(shape._element.iter(f"{_DGM}relIds"), None)
    if place is None:
        return ""
    return diagram_text(_tree(slide.part.related_part(place.get(f"{_R}dm")).blob))


def comments_of(slide: Any) -> Iterator[str]:
    """Yield the comments on a slide, as older and newer programs write them."""
    for relation in slide.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/comments"):
            continue
        tree = _tree(relation.target_part.blob)
        for text in (*(text.text or "" for text in tree.iter(f"{_P}text")), paragraphs_of(tree)):
            if words := one_line(text, 10_000):
                yield f"> {words}"


def _tree(data: bytes) -> Any:
    """The tree of a member; an empty one where it is broken."""
    refuse_entities(data)
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return ElementTree.Element("broken")
