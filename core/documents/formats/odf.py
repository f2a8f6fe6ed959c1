"""OpenDocument text, slides and sheets, straight from their XML: no library for them is well kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.formats.odf_styles import Look, OdfStyles
from core.documents.model import Converted, Hidden, HiddenKind, Part
from core.documents.office import title_in
from core.documents.source import Source
from core.documents.tables import markdown_table, row_parts
from core.errors import DocumentDamaged, DocumentLocked

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE, _DRAW = (f"{{{_NS}{name}:1.0}}" for name in ("text", "table", "office", "drawing"))
_STYLE = f"{{{_NS}style:1.0}}"
_PRESENTATION = f"{{{_NS}presentation:1.0}}"
_REPEATED = 50
"""Cells that repeat more often are the empty rest of a sheet."""
_SHEET_COLUMNS = 16_384
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
    *(f"{_DRAW}{shape}" for shape in ("rect", "ellipse", "circle", "polygon", "path", "line", "connector")),
    f"{_PRESENTATION}notes",
    f"{_TEXT}table-of-content",
    f"{_TEXT}index-body",
)


def convert(source: Source) -> Converted:
    """Read an OpenDocument file."""
    archive = Archive(source.data)
    _refuse_encrypted(archive)
    tree = _tree(archive, "content.xml")
    shared = [_tree(archive, "styles.xml")] if "styles.xml" in archive else []
    reader = _Reader(OdfStyles(tree, *shared))
    body = next(iter(tree.find(f"{_OFFICE}body") or ()), None)
    if body is None:
        raise DocumentDamaged(reason="incomplete")
    parts = (*reader.parts(body), *(part for styles in shared for part in reader.furniture(styles)))
    pages = len(body.findall(f"{_DRAW}page"))
    return Converted(parts, title_in(archive, "meta.xml"), "odf", pages, tuple(reader.hidden))


def _tree(archive: Archive, name: str) -> Element:
    try:
        return ElementTree.fromstring(archive.xml(name))
    except (KeyError, ElementTree.ParseError) as error:
        raise DocumentDamaged(reason="incomplete") from error


def _refuse_encrypted(archive: Archive) -> None:
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.xml("META-INF/manifest.xml"):
        raise DocumentLocked


class _Reader:
    """Walks the body; collects what is hidden."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._look = Look()
        self._label = ""
        self.hidden: list[Hidden] = []

    def parts(self, body: Element) -> Iterator[Part]:
        """Slides, pages of drawings, sheets, or the text as one part."""
        if pages := body.findall(f"{_DRAW}page"):
            kind = "slide" if body.tag == f"{_OFFICE}presentation" else "p."
            yield from (self._page(page, f"{kind} {number}") for number, page in enumerate(pages, start=1))
        elif body.tag == f"{_OFFICE}spreadsheet":
            for sheet in body.findall(f"{_TABLE}table"):
                name = one_line(sheet.get(f"{_TABLE}name", ""))
                self._label = f"sheet {name}"
                if self._is_shown(sheet):
                    yield from row_parts(self._rows(sheet), label=self._label, heading=name)
        else:
            yield Part(self._text(body))

    def furniture(self, styles: Element) -> Iterator[Part]:
        """Headers and footers, each once, after the text."""
        tags = (f"{_STYLE}header", f"{_STYLE}footer")
        said = dict.fromkeys(self._text(element) for element in styles.iter() if element.tag in tags)
        if words := "\n\n".join(text for text in said if text.strip() and not text.strip().isdigit()):
            yield Part(words)

    def _page(self, page: Element, label: str) -> Part:
        self._label = label
        if not self._is_shown(page):
            return Part("", label)
        self._look = self._styles.page(page)
        shapes = (shape for shape in page.iter() if shape is not page)
        if any(shape.tag == f"{_DRAW}image" or self._styles.is_filled(shape) for shape in shapes):
            self._look = replace(self._look, ground=None)  # it may lie behind any words
        text = self._text(page)
        self._look = Look()
        return Part(text, label)

    def _is_shown(self, element: Element) -> bool:
        """Whether a slide, sheet or section is shown; one that is not is reported."""
        if self._styles.is_shown(element) and not _is_off(element):
            return True
        self._report(HiddenKind.NOT_DISPLAYED, " ".join(element.itertext()))
        return False

    def _report(self, kind: HiddenKind, text: str) -> None:
        if words := one_line(text):
            self.hidden.append(Hidden(kind, words, self._label))

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
            elif child.tag in _BLOCKS and self._is_shown(child):
                around = self._look
                self._look = self._styles.behind(child.get(f"{_DRAW}style-name", ""), around)
                yield from self._blocks(child, depth + (child.tag == f"{_TEXT}list"))
                self._look = around

    def _blocks_in_frames(self, paragraph: Element, depth: int) -> Iterator[str]:
        """Text boxes that are anchored in a paragraph follow it."""
        for frame in paragraph.iter(f"{_DRAW}text-box"):
            yield from self._blocks(frame, depth)

    def _rows(self, table: Element) -> Iterator[list[str]]:
        """The rows; those of a long gap are empty lists, so that rows count as in the sheet."""
        gap = 0
        folded = _folded_columns(table)
        for row in table.iter(f"{_TABLE}table-row"):
            is_folded = row.get(f"{_TABLE}visibility", "visible") != "visible"
            cells: list[str] = []
            for cell in row:
                times = _times(cell, "number-columns-repeated")
                words = self._cell(cell, is_folded=is_folded or len(cells) in folded)
                cells += [words] * (times if times <= _REPEATED else 1)
            repeated = _times(row, "number-rows-repeated")
            if any(cells) or repeated <= _REPEATED:
                yield from repeat([], gap)
                yield from repeat(cells, min(repeated, _REPEATED))
                gap = repeated - min(repeated, _REPEATED)
            else:
                gap = min(gap + repeated, _SHEET_ROWS)

    def _cell(self, cell: Element, *, is_folded: bool) -> str:
        around = self._look
        self._look = self._styles.look(cell.get(f"{_TABLE}style-name", ""), around)
        self._look = replace(self._look, is_off=self._look.is_off or is_folded)
        words = " ".join(self._words(line) for line in cell.iter(f"{_TEXT}p"))
        self._look = around
        return words

    def _words(self, element: Element) -> str:
        """The words of a paragraph, without what its styles hide and without what stands in frames."""
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:
        around = self._look
        self._look = self._styles.look(element.get(f"{_TEXT}style-name", ""), around)
        is_off = element.tag == f"{_TEXT}hidden-text" or _is_hidden_paragraph(element)
        kind = HiddenKind.NOT_DISPLAYED if is_off else self._look.hiding()
        if kind is None or not (is_off or _has_own_words(element)):
            yield element.text or ""
            for child in element:
                yield from self._piece(child)
                yield child.tail or ""
        else:
            self._report(kind, "".join(element.itertext()))
        self._look = around

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


def _is_off(element: Element) -> bool:
    """Whether a section is hidden, for good or since its condition holds."""
    display = element.get(f"{_TEXT}display")
    return display == "none" or (display == "condition" and element.get(f"{_TEXT}is-hidden") == "true")


def _is_hidden_paragraph(element: Element) -> bool:
    """Whether a field in a paragraph hides all of it."""
    field = element.find(f".//{_TEXT}hidden-paragraph") if element.tag == f"{_TEXT}p" else None
    return field is not None and field.get(f"{_TEXT}is-hidden") == "true"


def _has_own_words(element: Element) -> bool:
    """Whether words stand in an element itself, and not only in elements that may look otherwise."""
    return any(text and text.strip() for text in (element.text, *(child.tail for child in element)))


def _folded_columns(table: Element) -> set[int]:
    """Which columns, from 0, are not shown."""
    folded: set[int] = set()
    place = 0
    for column in table.iter(f"{_TABLE}table-column"):
        times = min(_times(column, "number-columns-repeated"), _SHEET_COLUMNS)
        if column.get(f"{_TABLE}visibility", "visible") != "visible":
            folded.update(range(place, place + times))
        place += times
    return folded
