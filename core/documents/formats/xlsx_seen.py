"""What of a sheet is seen: hidden rows and columns, and cells whose style shows nothing.

openpyxl does not tell hidden rows when it streams, so they are looked up in the XML of the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.documents.colours import WHITE, Colour, are_alike, colour_of
from core.documents.model import HiddenKind
from core.documents.tables import shown

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\b(r|min|max)=[\"'](\d{1,7})[\"']")
_MOST_COLUMNS = 16_384
_TINY_POINTS = 3.5
_PERCENT = re.compile(r"0?(?:\.(0+))?\s*%")
_SHOWS_NOTHING = ";;;"


@dataclass(frozen=True, slots=True)
class Style:
    """How cells of one style are shown."""

    hiding: HiddenKind | None
    words: Callable[[Any], str]


class Sight:
    """What is shown of one sheet."""

    def __init__(self, xml: bytes) -> None:
        rows = filter(_HIDDEN.search, _ROW.findall(xml))
        self.hidden_rows = {numbers["r"] for numbers in map(_numbers, rows) if "r" in numbers}
        self.hidden_columns: set[int] = set()
        for numbers in map(_numbers, filter(_HIDDEN.search, _COLUMN.findall(xml))):
            last = min(numbers.get("max", 0), _MOST_COLUMNS)
            self.hidden_columns.update(range(numbers.get("min", 1), last + 1))
        self._has_table = b"tableParts" in xml  # its style may put a colour behind its head
        self._styles: dict[int, Style] = {}

    def style(self, cell: Any) -> Style:
        """How a cell is shown; cells of a style are asked once."""
        known: int | None = getattr(cell, "_style_id", None)
        if known is None:
            return _PLAIN
        if known not in self._styles:
            self._styles[known] = Style(self._hiding(cell), _worded(cell.number_format or ""))
        return self._styles[known]

    def _hiding(self, cell: Any) -> HiddenKind | None:
        if (cell.number_format or "").strip() == _SHOWS_NOTHING:
            return HiddenKind.NOT_DISPLAYED
        font = cell.font
        if font is None:
            return None
        if font.sz is not None and font.sz < _TINY_POINTS:
            return HiddenKind.TINY
        ink = _colour(font.color) if font.color is not None else None
        ground = _ground(cell.fill, is_known=not self._has_table)
        return HiddenKind.COLOUR if are_alike(ink, ground) else None


def _numbers(attributes: bytes) -> dict[str, int]:
    return {name.decode(): int(number) for name, number in _NUMBER.findall(attributes)}


def _colour(written: Any) -> Colour | None:
    if written.type == "rgb":
        return colour_of(str(written.rgb)[-6:])
    return WHITE if written.type == "theme" and written.theme == 0 and not written.tint else None


def _ground(fill: Any, *, is_known: bool) -> Colour | None:
    pattern = getattr(fill, "patternType", None)
    if pattern == "solid":
        return _colour(fill.fgColor)
    return WHITE if pattern is None and is_known and getattr(fill, "tagname", "") == "patternFill" else None


def _worded(number_format: str) -> Callable[[Any], str]:
    """How a value is written; a share is read as percent, the way it is shown."""
    percent = _PERCENT.search(number_format)
    if percent is None:
        return shown
    digits = len(percent[1] or "")
    return lambda value: f"{value:.{digits}%}" if isinstance(value, int | float) else shown(value)


_PLAIN = Style(None, shown)
