"""The HTML of a note's pieces, rendered once each, and the pictures it names."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from PySide6.QtGui import QImage

from desktop.editor.preview_pieces import Piece

if TYPE_CHECKING:
    from pygments.style import Style

_Key: TypeAlias = "tuple[str, str, type[Style] | None]"
REMEMBERED = 4_000
"""Pieces whose HTML is kept: some 2 MiB."""

_IMAGE = re.compile(r'<img src="image:(?P<name>[^"]*)"(?: width="(?P<width>\d+)")?>')


@dataclass(frozen=True, slots=True)
class Part:
    """A piece with everything that decides how it looks."""

    piece: Piece
    definitions: str
    code_style: type[Style] | None

    @property
    def key(self) -> _Key:
        """Equal where the HTML is."""
        return self.piece.text, self.definitions, self.code_style


def parts_of(
    pieces: Sequence[Piece], definitions: Mapping[str, str], code_style: type[Style] | None
) -> list[Part]:
    """Return the pieces with what they refer to of the note's definitions."""
    from core.text.note_html import definitions_in

    return [Part(piece, definitions_in(piece.text, definitions), code_style) for piece in pieces]


class PreviewParts:
    """Renders parts and remembers them."""

    def __init__(self) -> None:
        self._html: OrderedDict[_Key, str] = OrderedDict()

    def missing(self, parts: Sequence[Part]) -> list[Part]:
        """Return the parts that are not rendered yet, each look of them once."""
        return list({part.key: part for part in parts if part.key not in self._html}.values())

    def render(self, part: Part) -> None:
        """Render a part: 3 ms for a thousand characters."""
        from core.text.note_html import render_note

        html = render_note(part.piece.text, definitions=part.definitions, code_style=part.code_style)
        self._html[part.key] = html
        if len(self._html) > REMEMBERED:
            self._html.popitem(last=False)

    def html(self, part: Part) -> str:
        """Return the HTML of a part that is rendered; a list that goes on has no room behind it."""
        self._html.move_to_end(part.key)
        html = self._html[part.key]
        return html.replace("<ul>", '<ul style="margin-bottom: 0">', 1) if part.piece.is_tight else html


def pictures_in(html: str) -> list[str]:
    """Return the names of the pictures in some HTML of ours, each once."""
    return list(dict.fromkeys(unquote(found["name"]) for found in _IMAGE.finditer(html)))


def with_pictures(html: str, pictures: Mapping[str, QImage | None], column: int) -> str:
    """Return HTML whose pictures have a size that fits the column; of those not there, their names.

    Args:
        pictures: by name; None where there is none, left out while it is being read.
        column: width in pixels.
    """

    from html import escape

    def put(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        if name not in pictures:
            return ""
        if (image := pictures[name]) is None:
            return f"<em>{escape(name)}</em>"
        width = min(column, int(found["width"] or image.width()))
        height = round(image.height() * width / image.width())
        return f'<img src="image:{found["name"]}" width="{width}" height="{height}">'

    return _IMAGE.sub(put, html)
