"""Word 97 to 2003: the running text, pieced together as MS-DOC (2.4.1, "Retrieving Text") says.

Headings are plain lines here; of the formatting only what hides words is read.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from core.documents.clean import one_line
from core.documents.formats.doc_hidden import Hiding
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentLocked, DocumentUnsupported

_MAGIC = 0xA5EC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FIRST_OF_WORD_97 = 0x00C1
_FLAGS_AT, _CLX_AT, _TEXT_LENGTH_AT = 0x0A, 0x01A2, 0x004C
_COMPRESSED = 0x40000000
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x15]*))?\x15")
_MARKS = re.compile("[^\r\x07\x0c\x13\x14\x15]")
"""All but the marks of paragraphs, cells, pages and fields, which hold although they are not seen."""
_BREAKS = str.maketrans({"\r": "\n\n", "\x0b": "\n", "\x0c": "\n\n", "\x07": " | ", "\x1e": "-", "\xa0": " "})

_Piece = tuple[str, HiddenKind | None]


def convert(source: Source) -> Converted:
    """Read an old Word file."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as container:
            has_macros = container.exists("Macros")
            title = _title(container)
            text, hidden = _text(container)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise DocumentDamaged(reason="incomplete") from error
    remarks = (Remark.MACROS,) if has_macros else ()
    return Converted((Part(text),), title=title, kind="doc", hidden=hidden, remarks=remarks)


def _text(container: Any) -> tuple[str, tuple[Hidden, ...]]:
    stream = container.openstream("WordDocument").read()
    magic, version = struct.unpack_from("<HH", stream)
    (flags,) = struct.unpack_from("<H", stream, _FLAGS_AT)
    if magic != _MAGIC or version < _FIRST_OF_WORD_97:
        raise DocumentUnsupported("It was written by Word 95 or older.", reason="old_office")
    if flags & _ENCRYPTED:
        raise DocumentLocked
    table = container.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
    place, size = struct.unpack_from("<II", stream, _CLX_AT)
    (length,) = struct.unpack_from("<I", stream, _TEXT_LENGTH_AT)
    pieces = _cut(_pieces(stream, _piece_table(table[place : place + size]), Hiding(stream, table)), length)
    return _parted(pieces)


def _cut(pieces: Iterable[_Piece], length: int) -> Iterator[_Piece]:
    """Yield the pieces of the running text; notes, headers and the like come after so many characters."""
    for text, kind in pieces:
        if length <= 0:
            return
        yield text[:length], kind
        length -= len(text)


def _parted(pieces: Iterable[_Piece]) -> tuple[str, tuple[Hidden, ...]]:
    """The text that is seen, and a report of each stretch that is not."""
    seen: list[str] = []
    hidden: list[Hidden] = []
    for kind, run in groupby(pieces, key=lambda piece: piece[1]):
        text = "".join(words for words, _ in run)
        seen.append(text if kind is None else _MARKS.sub("", text))
        if kind and (words := one_line(_plain(text))):
            hidden.append(Hidden(kind, words))
    return _plain("".join(seen)), tuple(hidden)


def _piece_table(clx: bytes) -> bytes:
    """The PlcPcd of a Clx: what follows the property runs."""
    at = 0
    while at < len(clx) and clx[at] == 0x01:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 0x02:
        raise DocumentDamaged(reason="incomplete")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _pieces(stream: bytes, table: bytes, hiding: Hiding) -> Iterator[_Piece]:
    count = (len(table) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        characters = max(0, ends[number + 1] - ends[number])
        is_narrow = bool(where & _COMPRESSED)
        start = (where & ~_COMPRESSED) // 2 if is_narrow else where
        encoding = "cp1252" if is_narrow else "utf-16-le"
        for one, other, kind in hiding.stretches(start, start + characters * (1 if is_narrow else 2)):
            yield stream[one:other].decode(encoding, "replace"), kind


def _plain(text: str) -> str:
    """Fields as what they show, cells apart, paragraphs as paragraphs."""
    before = ""
    while before != text:  # fields lie in fields
        before, text = text, _FIELD_CODE.sub(lambda field: field[1] or "", text)
    return text.replace("\x07\x07", "\r").translate(_BREAKS)


def _title(container: Any) -> str:
    properties = container.get_metadata()
    raw = properties.title or b""
    page = properties.codepage if isinstance(properties.codepage, int) and properties.codepage > 0 else 1252
    try:
        return " ".join(raw.decode("utf-8" if page == 65001 else f"cp{page}", "replace").split())
    except LookupError:
        return ""
