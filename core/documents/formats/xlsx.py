"""Spreadsheets, by openpyxl in its streaming mode: values as last computed, in blocks of rows."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.documents.tables import row_parts, shown
from core.errors import DocumentDamaged

_ROWS = 50_000
_COLUMNS = 256
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, SyntaxError)


def convert(source: Source) -> Converted:
    """Read the sheets; hidden ones are set apart."""
    archive = Archive(source.data)
    archive.check_xml()
    book = _open(source.data)
    hidden = [_hidden(sheet) for sheet in book.worksheets if sheet.sheet_state != "visible"]
    parts = [part for sheet in book.worksheets if sheet.sheet_state == "visible" for part in _parts(sheet)]
    remarks = (Remark.MACROS,) if "xl/vbaProject.bin" in archive else ()
    if not parts:
        return Converted((Part(""),), kind="xlsx", hidden=tuple(hidden), remarks=(*remarks, Remark.EMPTY))
    return Converted(tuple(parts), core_title(archive), "xlsx", 0, tuple(hidden), remarks)


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


def _parts(sheet: Any) -> Iterator[Part]:
    name = one_line(sheet.title)
    yield from row_parts(_rows(sheet), label=f"sheet {name}", heading=name)


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The rows that are there, not those that the sheet claims to have."""
    sheet.reset_dimensions()
    try:
        for row in sheet.iter_rows(max_row=_ROWS, max_col=_COLUMNS, values_only=True):
            yield [shown(value) for value in row]
    except _BROKEN as error:
        raise DocumentDamaged(reason="incomplete") from error


def _hidden(sheet: Any) -> Hidden:
    words = " ".join(cell for _, row in zip(range(5), _rows(sheet), strict=False) for cell in row)
    return Hidden(
        HiddenKind.NOT_DISPLAYED, one_line(f"{sheet.title}: {words}"), f"sheet {one_line(sheet.title)}"
    )
