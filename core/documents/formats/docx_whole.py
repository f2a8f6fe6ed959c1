"""What mammoth passes over in a Word file, brought to where it looks or put behind the text.

Text boxes as Word draws them, the words under ruby and in fields go where mammoth reads them; formulas become
their letters. Headers, footers, comments, charts and diagrams follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from core.documents.archive import Archive
from core.documents.drawings import drawings_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_BOX = f"{W}txbxContent"
_WRAPPERS = {f"{W}fldSimple": ".", f"{W}ruby": f"{W}rubyBase"}
"""Elements that stand for what lies in them, or in a child of theirs."""
_FORMULAS = (f"{_M}oMath", f"{_M}oMathPara")
FURNITURE = re.compile(r"word/(?:header|footer)\d*\.xml")
COMMENTS = "word/comments.xml"
_MOST_PARAGRAPHS = 40_000
"""A thousand pages; each takes mammoth a fraction of a millisecond."""


def prefer_drawn(tree: Element) -> None:
    """Of text boxes that are there for new and for old programs, leave the new ones."""
    for parent in list(tree.iter()):
        for place, child in enumerate(list(parent)):
            choice = child.find(f"{_MC}Choice") if child.tag == f"{_MC}AlternateContent" else None
            if choice is not None and next(choice.iter(_BOX), None) is not None:
                parent[place] = _holder(f"{W}drawing", list(choice))


def bring_in_sight(tree: Element) -> None:
    """Put what mammoth passes over into elements that it reads."""
    for parent in list(tree.iter()):
        for child in list(parent):
            if found := _readable(child):
                place = list(parent).index(child)
                parent[place : place + 1] = found


def shorten(tree: Element) -> bool:
    """Leave as much of a body as can be read in time; return whether that is not all."""
    body = tree.find(f"{W}body")
    paragraphs = 0
    for place, block in enumerate(list(body) if body is not None else ()):
        paragraphs += sum(1 for _ in block.iter(f"{W}p"))
        if body is not None and paragraphs > _MOST_PARAGRAPHS and place:
            del body[place:]
            return True
    return False


def beside_the_text(archive: Archive, trees: dict[str, Element]) -> Iterator[str]:
    """Yield headers and footers, comments, charts and diagrams; `trees` are the members that were read."""
    said = dict.fromkeys(
        words for name, tree in trees.items() if FURNITURE.fullmatch(name) for words in _paragraphs(tree)
    )
    yield from (words for words in said if not words.isdigit())  # the number of a page
    if COMMENTS in trees:
        yield from (f"> {words}" for words in _comments(trees[COMMENTS]))
    yield from drawings_of(archive)


def _readable(child: Element) -> list[Element]:
    if child.tag in _FORMULAS:
        return [_run("".join(text.text or "" for text in child.iter(f"{_M}t")))]
    if child.tag in _WRAPPERS:
        inside = child.find(_WRAPPERS[child.tag])
        return list(inside) if inside is not None else []
    boxes = list(child.iter(_BOX)) if child.tag == f"{W}drawing" else []
    return [_holder(f"{W}pict", [_holder(f"{_V}textbox", [box]) for box in boxes])] if boxes else []


def _holder(tag: str, children: list[Element]) -> Element:
    made = ElementTree.Element(tag)
    made.extend(children)
    return made


def _run(words: str) -> Element:
    run = ElementTree.Element(f"{W}r")
    ElementTree.SubElement(run, f"{W}t").text = f" {words} "
    return run


def _comments(tree: Element) -> Iterator[str]:
    for comment in tree.iter(f"{W}comment"):
        words = " ".join(_paragraphs(comment))
        yield ": ".join(filter(None, (comment.get(f"{W}author", ""), words)))


def _paragraphs(tree: Element) -> Iterator[str]:
    for paragraph in tree.iter(f"{W}p"):
        words = "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()
        if words:
            yield words
