"""Comma, semicolon or tab separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from core.documents.decoding import decoded
from core.documents.model import Converted, Part, Remark
from core.documents.source import Source
from core.documents.tables import row_parts

_SAMPLE = 16_384
_CELL_LIMIT = 1_000_000


def convert(source: Source) -> Converted:
    """Read the rows in blocks, each under the header."""
    text, remarks = decoded(source.data)
    parts = tuple(row_parts(_rows(text, source.suffix)))
    if not parts:
        return Converted((Part(""),), kind="csv", remarks=(*remarks, Remark.EMPTY))
    return Converted(parts, kind="csv", remarks=remarks)


def _rows(text: str, suffix: str) -> Iterator[list[str]]:
    csv.field_size_limit(_CELL_LIMIT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, suffix))
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:  # a quote that never closes; the rows before it stand
            return


def _delimiter(text: str, suffix: str) -> str:
    if suffix == ".tsv":
        return "\t"
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], delimiters=",;\t|").delimiter
    except csv.Error:
        return ","
