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

_Blocks: TypeAlias = tuple[tuple[str, str], ...]
_Key: TypeAlias = "tuple[str, bool, str, _Blocks, type[Style] | None]"
REMEMBERED = 4_000
"""Pieces whose HTML is kept: some 2 MiB."""

LIST_ROOM, QUOTE_ROOM = '<p class="room"></p>', '<p class="wide room"></p>'
"""Instead of margins: Qt gives those of a list or quote to whichever paragraph comes last, or to none."""

_IMAGE = re.compile(r'<img src="image:(?P<name>[^"]*)"(?: width="(?P<width>\d+)")?>')


@dataclass(frozen=True, slots=True)
class Part:
    """A piece with everything that decides how it looks."""

    piece: Piece
    definitions: str
    code_style: type[Style] | None
    blocks: _Blocks = ()

    @property
    def key(self) -> _Key:
        """Equal where the HTML is."""
        return self.piece.text, self.piece.is_front, self.definitions, self.blocks, self.code_style


class Surroundings:
    """What the pieces of a note need to know of the rest of it."""

    def __init__(self, lines: Sequence[str], code_style: type[Style] | None) -> None:
        from core.text.note_blocks import blocks_of
        from core.text.note_html import definitions_of

        self._definitions = definitions_of(lines)
        self._blocks = blocks_of(lines)
        self._code_style = code_style

    def part(self, piece: Piece) -> Part:
        """Return a piece with what it refers to."""
        from core.text.note_blocks import blocks_in
        from core.text.note_html import definitions_in

        definitions = definitions_in(piece.text, self._definitions)
        return Part(piece, definitions, self._code_style, blocks_in(piece.text, self._blocks))


class PreviewParts:
    """Renders parts and remembers them."""

    def __init__(self) -> None:
        self._html: OrderedDict[_Key, str] = OrderedDict()

    def missing(self, parts: Sequence[Part]) -> list[Part]:
        """Return the parts that are not rendered yet, each look of them once."""
        return list({part.key: part for part in parts if part.key not in self._html}.values())

    def render(self, part: Part) -> None:
        """Render a part: 3 ms for a thousand characters."""
        self._html[part.key] = _rendered(part)
        if len(self._html) > REMEMBERED:
            self._html.popitem(last=False)

    def html(self, part: Part) -> str:
        """Return the HTML of a part that is rendered; lists and quotes have room behind them at their end."""
        self._html.move_to_end(part.key)
        html = self._html[part.key]
        if html.endswith("</blockquote>\n"):
            return html + (QUOTE_ROOM if 'class="callout"' in html else LIST_ROOM)
        is_end = html.startswith(("<ul", "<ol")) and not part.piece.is_tight
        return html + LIST_ROOM if is_end else html


def _rendered(part: Part) -> str:
    from core.text.note_html import render_note
    from core.text.note_properties import render_properties

    if part.piece.is_front:
        return render_properties(part.piece.text)
    return render_note(
        part.piece.text, definitions=part.definitions, blocks=part.blocks, code_style=part.code_style
    )


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
