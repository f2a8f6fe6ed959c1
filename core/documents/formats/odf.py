"""OpenDocument text, slides and sheets, straight from their XML: no library for them is well kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.model import Converted, Hidden, HiddenKind, Part
from core.documents.office import title_in
from core.documents.source import Source
from core.documents.tables import markdown_table, row_parts
from core.errors import DocumentDamaged, DocumentLocked

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _DRAW = (f"{{{_NS}{name}:1.0}}" for name in ("text", "table", "office", "drawing"))
_STYLE, _FO = f"{{{_NS}style:1.0}}", f"{{{_NS}xsl-fo-compatible:1.0}}"
_PRESENTATION = f"{{{_NS}presentation:1.0}}"
_REPEATED = 50
"""Cells that repeat more often are the empty rest of a sheet."""
_SHEET_ROWS = 1_048_576
"""Rows that a sheet of LibreOffice has."""
_BLOCKS = (
    f"{_TEXT}section",
    f"{_TEXT}list",
    f"{_TEXT}list-item",
    f"{_TEXT}list-header",
    f"{_DRAW}frame",
    f"{_DRAW}text-box",
    f"{_DRAW}g",
    f"{_DRAW}custom-shape",
    f"{_PRESENTATION}notes",
    f"{_TEXT}table-of-content",
    f"{_TEXT}index-body",
)


def convert(source: Source) -> Converted:
    """Read an OpenDocument file."""
    archive = Archive(source.data)
    _refuse_encrypted(archive)
    try:
        tree = ElementTree.fromstring(archive.xml("content.xml"))
    except (KeyError, ElementTree.ParseError) as error:
        raise DocumentDamaged(reason="incomplete") from error
    reader = _Reader(_hidden_styles(tree), _grounds(tree))
    body = next(iter(tree.find(f"{_OFFICE}body") or ()), None)
    if body is None:
        raise DocumentDamaged(reason="incomplete")
    parts = tuple(reader.parts(body))
    pages = sum(part.label.startswith("slide ") for part in parts)
    return Converted(parts, title_in(archive, "meta.xml"), "odf", pages, tuple(reader.hidden))


def _refuse_encrypted(archive: Archive) -> None:
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.xml("META-INF/manifest.xml"):
        raise DocumentLocked


class _Reader:
    """Walks the body; collects what is hidden."""

    def __init__(self, hidden_styles: dict[str, HiddenKind], grounds: dict[str, bool]) -> None:
        self._styles = hidden_styles
        self._grounds = grounds
        self._is_on_colour = False
        self.hidden: list[Hidden] = []

    def parts(self, body: Element) -> Iterator[Part]:
        """Slides, sheets, or the text as one part."""
        if body.tag == f"{_OFFICE}presentation":
            slides = body.findall(f"{_DRAW}page")
            yield from (Part(self._text(slide), f"slide {n}") for n, slide in enumerate(slides, start=1))
        elif body.tag == f"{_OFFICE}spreadsheet":
            for sheet in body.findall(f"{_TABLE}table"):
                name = one_line(sheet.get(f"{_TABLE}name", ""))
                yield from row_parts(self._rows(sheet), label=f"sheet {name}", heading=name)
        else:
            yield Part(self._text(body))

    def _text(self, element: Element) -> str:
        return "\n\n".join(block for block in self._blocks(element, 0) if block.strip())

    def _blocks(self, element: Element, depth: int) -> Iterator[str]:
        for child in element:
            if child.tag == f"{_TEXT}h":
                level = child.get(f"{_TEXT}outline-level", "1")
                yield "#" * min(int(level) if level.isdigit() else 1, 6) + " " + self._words(child)
            elif child.tag == f"{_TEXT}p":
                words = self._words(child)
                yield "  " * (depth - 1) + f"- {words}" if depth and words.strip() else words
                yield from self._blocks_in_frames(child, depth)
            elif child.tag == f"{_TABLE}table":
                yield markdown_table([row for row in self._rows(child) if row])
            elif child.tag in _BLOCKS:
                yield from self._blocks(child, depth + (child.tag == f"{_TEXT}list"))

    def _blocks_in_frames(self, paragraph: Element, depth: int) -> Iterator[str]:
        """Text boxes that are anchored in a paragraph follow it."""
        for frame in paragraph.iter(f"{_DRAW}text-box"):
            yield from self._blocks(frame, depth)

    def _rows(self, table: Element) -> Iterator[list[str]]:
        """The rows; those of a long gap are empty lists, so that rows count as in the sheet."""
        gap = 0
        for row in table.iter(f"{_TABLE}table-row"):
            cells: list[str] = []
            for cell in row:
                times = _times(cell, "number-columns-repeated")
                self._is_on_colour = self._grounds.get(cell.get(f"{_TABLE}style-name", ""), False)
                words = " ".join(self._words(line) for line in cell.iter(f"{_TEXT}p"))
                self._is_on_colour = False
                cells += [words] * (times if times <= _REPEATED else 1)
            repeated = _times(row, "number-rows-repeated")
            if any(cells) or repeated <= _REPEATED:
                yield from repeat([], gap)
                yield from repeat(cells, min(repeated, _REPEATED))
                gap = repeated - min(repeated, _REPEATED)
            else:
                gap = min(gap + repeated, _SHEET_ROWS)

    def _words(self, element: Element) -> str:
        """The words of a paragraph, without what its styles hide and without what stands in frames."""
        around = self._is_on_colour
        self._is_on_colour = self._grounds.get(element.get(f"{_TEXT}style-name", ""), around)
        words = "".join(self._pieces(element))
        self._is_on_colour = around
        return words

    def _pieces(self, element: Element) -> Iterator[str]:
        kind = self._styles.get(element.get(f"{_TEXT}style-name", ""))
        if kind is HiddenKind.COLOUR and self._is_on_colour:
            kind = None
        if kind is not None or element.tag == f"{_TEXT}hidden-text":
            if words := one_line("".join(element.itertext())):
                self.hidden.append(Hidden(kind or HiddenKind.NOT_DISPLAYED, words))
            return
        yield element.text or ""
        for child in element:
            yield from self._piece(child)
            yield child.tail or ""

    def _piece(self, child: Element) -> Iterator[str]:
        if child.tag == f"{_TEXT}s":
            yield " "
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " " if child.tag.endswith("tab") else "\n"
        elif not child.tag.startswith((_DRAW, _OFFICE)):
            yield from self._pieces(child)


def _times(element: Element, name: str) -> int:
    """How often a cell or row repeats; what is no number, or no sheet could hold, counts once."""
    written = element.get(f"{_TABLE}{name}", "1")
    times = int(written) if re.fullmatch("[0-9]{1,9}", written) else 1
    return min(times, _SHEET_ROWS)


def _grounds(tree: Element) -> dict[str, bool]:
    """Whether the styles of cells and paragraphs that name what is behind their words name a colour."""
    found: dict[str, bool] = {}
    for style in tree.iter(f"{_STYLE}style"):
        for kind in ("table-cell-properties", "paragraph-properties"):
            for properties in style.iter(f"{_STYLE}{kind}"):
                ground = properties.get(f"{_FO}background-color", "transparent").lower()
                if ground != "transparent":
                    found[style.get(f"{_STYLE}name", "")] = ground != "#ffffff"
    return found


def _hidden_styles(tree: Element) -> dict[str, HiddenKind]:
    """The names of the styles that keep text from being seen."""
    found: dict[str, HiddenKind] = {}
    for style in tree.iter(f"{_STYLE}style"):
        for properties in style.iter(f"{_STYLE}text-properties"):
            ground = properties.get(f"{_FO}background-color", "transparent")
            if properties.get(f"{_TEXT}display") == "none":
                found[style.get(f"{_STYLE}name", "")] = HiddenKind.NOT_DISPLAYED
            elif properties.get(f"{_FO}color") == "#ffffff" and ground in ("transparent", "#ffffff"):
                found[style.get(f"{_STYLE}name", "")] = HiddenKind.COLOUR
    return found
