"""Spreadsheets, by openpyxl in its streaming mode: values as last computed, in blocks of rows."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from core.documents import limits
from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.drawings import drawings_of, paragraphs_of
from core.documents.formats.xlsx_seen import Sight
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.documents.tables import row_parts
from core.errors import DocumentDamaged

_COLUMNS = 2_000
_GATHERED = 1_000
"""Characters of what a sheet hides that are kept for the report, of which the beginning is shown."""
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, SyntaxError)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COMMENTS = re.compile(r"xl/comments\d*\.xml|xl/comments/comment\d*\.xml")
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml")


def convert(source: Source) -> Converted:
    """Read the sheets; hidden ones are set apart."""
    archive = Archive(source.data)
    archive.check_xml()
    reader = _Reader(archive, source)
    parts = tuple(reader.parts(_open(source.data)))
    remarks = [Remark.MACROS] if "xl/vbaProject.bin" in archive else []
    remarks += [Remark.CUT] if reader.is_cut else []
    remarks += [] if parts else [Remark.EMPTY]
    return Converted(
        parts or (Part(""),), core_title(archive), "xlsx", 0, tuple(reader.hidden), tuple(remarks)
    )


def _open(data: bytes) -> Any:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    warnings.simplefilter(
        "ignore", UserWarning
    )  # of extensions it does not know; the values are read all the same
    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (*_BROKEN, InvalidFileException) as error:
        raise DocumentDamaged(reason="incomplete") from error


class _Reader:
    """Reads sheets, and collects what they hide."""

    def __init__(self, archive: Archive, source: Source) -> None:
        self._archive = archive
        self._source = source
        self._characters = 0
        self.hidden: list[Hidden] = []
        self.is_cut = False

    def parts(self, book: Any) -> Iterator[Part]:
        """Yield the blocks of the sheets that are shown, then what lies on them."""
        for sheet in book.worksheets:
            name = one_line(sheet.title)
            if sheet.sheet_state != "visible":
                words = " ".join(
                    cell for _, row in zip(range(5), self._rows(sheet), strict=False) for cell in row
                )
                self._report(HiddenKind.NOT_DISPLAYED, f"{sheet.title}: {words}", name)
                continue
            yield from row_parts(self._rows(sheet), label=f"sheet {name}", heading=name)
        if beside := "\n\n".join(self._beside()):
            yield Part(beside)

    def _rows(self, sheet: Any) -> Iterator[list[str]]:
        """The rows that are there, not those that the sheet claims to have, without what is hidden."""
        sheet.reset_dimensions()
        sight = Sight(self._archive.read(sheet._worksheet_path.lstrip("/")))
        gathered: dict[HiddenKind, str] = {}
        try:
            for number, row in enumerate(sheet.iter_rows(), start=1):
                if self._source.is_late or self._characters > limits.TEXT_CHARACTERS:
                    self.is_cut = True
                    break
                yield self._cells(number, row, sight, gathered)
        except _BROKEN as error:
            raise DocumentDamaged(reason="incomplete") from error
        for kind, words in gathered.items():
            self._report(kind, words, one_line(sheet.title))

    def _cells(self, number: int, row: Any, sight: Sight, gathered: dict[HiddenKind, str]) -> list[str]:
        cells: list[str] = []
        is_hidden = number in sight.hidden_rows
        self.is_cut |= len(row) > _COLUMNS
        for column, cell in enumerate(row[:_COLUMNS], start=1):
            style = sight.style(cell)
            words = "" if cell.value is None else style.words(cell.value)
            kind = HiddenKind.NOT_DISPLAYED if is_hidden or column in sight.hidden_columns else style.hiding
            if kind is not None and words.strip():
                gathered[kind] = f"{gathered.get(kind, '')} {words}"[:_GATHERED]
            cells.append("" if kind is not None else words)
            self._characters += len(words)
        return cells

    def _report(self, kind: HiddenKind, words: str, sheet: str) -> None:
        self.hidden.append(Hidden(kind, one_line(words), f"sheet {sheet}"))

    def _beside(self) -> Iterator[str]:
        """Comments, boxes and charts, which lie on the sheets."""
        for name in sorted(self._archive.names):
            if _COMMENTS.fullmatch(name):
                for comment in self._tree(name).iter(f"{_MAIN}comment"):
                    words = "".join(text.text or "" for text in comment.iter(f"{_MAIN}t"))
                    yield f"> {comment.get('ref', '')}: {one_line(words, 10_000)}"
            elif _DRAWING.fullmatch(name) and (words := paragraphs_of(self._tree(name))):
                yield words
        yield from drawings_of(self._archive)

    def _tree(self, name: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self._archive.xml(name))
        except ElementTree.ParseError:
            return ElementTree.Element("broken")
