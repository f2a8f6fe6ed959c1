"""What of a Word 97 file a reader does not see: the character properties of MS-DOC, 2.6.1 and 2.9.

Properties stand in pages of 512 bytes, each for a stretch of the stream that the text is in. Words in the
colour of the paper are only told where nothing is shaded: not in tables, and not on a ground of their own.
What a named style hides is not told.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.documents.colours import WHITE, are_alike
from core.documents.model import HiddenKind

_CHARACTERS_AT, _PARAGRAPHS_AT = 0x00FA, 0x0102
_PAGE = 512
_VANISH, _SIZE = 0x083C, 0x4A43
_COLOUR, _OLD_COLOUR, _OLD_WHITE = 0x6870, 0x2A42, 8
_GROUNDS = (0x2A0C, 0xCA71, 0x4866, 0xC64D, 0x442D, 0x2416)
"""A highlight, the shading of characters and of paragraphs, new and old; the last says: in a table."""
_TINY_HALF_POINTS = 7
_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of a property's value by its kind; kind 6 says its own length."""
_LONG_VALUES = (0xD608, 0xD606)

Properties = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Formats:
    """What holds from each place of the stream on."""

    starts: list[int]
    properties: list[Properties]

    def at(self, place: int) -> Properties:
        """What holds at a place."""
        number = bisect_right(self.starts, place) - 1
        return self.properties[number] if number >= 0 else {}


class Hiding:
    """How the stretches of a Word 97 file are kept from being seen."""

    def __init__(self, stream: bytes, table: bytes) -> None:
        self._characters = _formats(stream, table, _CHARACTERS_AT, entry=1)
        self._paragraphs = _formats(stream, table, _PARAGRAPHS_AT, entry=13)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, HiddenKind | None]]:
        """Yield the stretches between two places, and how each is hidden; None where it is seen."""
        marks = {*self._characters.starts, *self._paragraphs.starts}
        places = [start, *sorted(place for place in marks if start < place < end), end]
        for one, other in pairwise(places):
            yield one, other, self._kind(one)

    def _kind(self, place: int) -> HiddenKind | None:
        given = self._characters.at(place)
        if given.get(_VANISH, b"\0")[:1] == b"\1":
            return HiddenKind.NOT_DISPLAYED
        if 0 < int.from_bytes(given.get(_SIZE, b""), "little") < _TINY_HALF_POINTS:
            return HiddenKind.TINY
        around = {**self._paragraphs.at(place), **given}
        is_bare = not any(any(around.get(ground, b"")) for ground in _GROUNDS)
        return HiddenKind.COLOUR if is_bare and _is_white(given) else None


def _is_white(given: Properties) -> bool:
    red, green, blue, automatic = given.get(_COLOUR, b"\0\0\0\xff")
    if automatic:
        return given.get(_OLD_COLOUR, b"\0")[0] == _OLD_WHITE
    return are_alike((red, green, blue), WHITE)


def _formats(stream: bytes, table: bytes, where: int, *, entry: int) -> Formats:
    """Read the properties that a table of pages names; `entry` is how long a page's entries are."""
    place, size = struct.unpack_from("<II", stream, where)
    bounds = table[place : place + size]
    count = max(0, (len(bounds) - 4) // 8)
    found: dict[int, Properties] = {}
    for (page,) in struct.iter_unpack("<I", bounds[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        found.update(_on_page(stream[_PAGE * (page & 0x3FFFFF) :][:_PAGE], entry))
    starts = sorted(found)
    return Formats(starts, [found[start] for start in starts])


def _on_page(page: bytes, entry: int) -> Iterator[tuple[int, Properties]]:
    runs = page[-1] if len(page) == _PAGE else 0
    if not runs or 4 * (runs + 1) + entry * runs >= _PAGE:
        return
    places = struct.unpack_from(f"<{runs + 1}I", page)
    for number in range(runs):
        at = 2 * page[4 * (runs + 1) + entry * number]
        yield places[number], dict(_properties(_group(page, at, is_paragraph=entry > 1))) if at else {}


def _group(page: bytes, at: int, *, is_paragraph: bool) -> bytes:
    """The properties at a place of a page; those of paragraphs follow the number of their style."""
    length = page[at]
    if not is_paragraph:
        return page[at + 1 : at + 1 + length]
    if length == 0:
        return page[at + 4 : at + 2 + 2 * page[at + 1]]
    return page[at + 3 : at + 2 * length]


def _properties(group: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(group):
        (code,) = struct.unpack_from("<H", group, at)
        at += 2
        length = _LENGTHS.get(code >> 13)
        if length is None:
            head = 2 if code in _LONG_VALUES else 1
            length = int.from_bytes(group[at : at + head], "little") - (head - 1)
            at += head
        if at + length > len(group):
            return
        yield code, group[at : at + length]
        at += length
