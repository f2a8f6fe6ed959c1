"""Small Word 97 files made for tests: an OLE container with the two streams that hold text and looks."""

import struct
from itertools import accumulate

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_TEXT_AT = 0x800
VANISH = struct.pack("<HB", 0x083C, 1)
IN_TABLE = struct.pack("<HB", 0x2416, 1)


def size(half_points):
    return struct.pack("<HH", 0x4A43, half_points)


def colour(red, green, blue):
    return struct.pack("<H4B", 0x6870, red, green, blue, 0)


def old_colour(number):
    return struct.pack("<HB", 0x2A42, number)


def shading(red, green, blue):
    return struct.pack("<HB10B", 0xCA71, 10, 0, 0, 0, 0xFF, red, green, blue, 0, 0, 0)


def word97(*runs, paragraph=b"", narrow=False):
    """A file of one paragraph; each run is its text and the properties that are set for it."""
    encoded = [text.encode("cp1252" if narrow else "utf-16-le") for text, _ in runs]
    places = [_TEXT_AT, *(_TEXT_AT + end for end in accumulate(map(len, encoded)))]
    stream = bytearray(4096)
    stream[_TEXT_AT : places[-1]] = b"".join(encoded)
    stream[0xC00:0xE00] = _looks(places, [properties for _, properties in runs])
    stream[0xE00:0x1000] = _paragraphs(places[0], places[-1], paragraph)
    characters = sum(len(text) for text, _ in runs)
    where = _TEXT_AT * 2 | 0x40000000 if narrow else _TEXT_AT
    pieces = struct.pack("<II", 0, characters) + struct.pack("<HIH", 0, where, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    pages = [struct.pack("<III", places[0], places[-1], page) for page in (6, 7)]
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<I", stream, 0x4C, characters)
    struct.pack_into("<II", stream, 0x01A2, 0, len(clx))
    struct.pack_into("<II", stream, 0x00FA, 100, 12)
    struct.pack_into("<II", stream, 0x0102, 200, 12)
    table = (clx.ljust(100, b"\0") + pages[0]).ljust(200, b"\0") + pages[1]
    return _container({"WordDocument": bytes(stream), "0Table": table.ljust(4096, b"\0")})


def _looks(places, given):
    """A page of character properties."""
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = 200
    for number, properties in enumerate(given):
        if properties:
            page[4 * len(places) + number] = at // 2
            page[at : at + 1 + len(properties)] = bytes([len(properties)]) + properties
            at += (len(properties) + 3) // 2 * 2
    page[-1] = len(given)
    return bytes(page)


def _paragraphs(start, end, properties):
    page = bytearray(_SECTOR)
    struct.pack_into("<IIB", page, 0, start, end, 100)
    inside = b"\0\0" + properties
    inside = inside if len(inside) % 2 else inside + b"\0"
    page[200 : 201 + len(inside)] = bytes([(len(inside) + 1) // 2]) + inside
    page[-1] = 1
    return bytes(page)


def _container(streams):
    """An OLE file of streams of 4096 bytes each: they begin at sectors 2 and 10."""
    chain = [_FAT, _END]
    for _ in streams:
        chain += [*range(len(chain) + 1, len(chain) + 8), _END]
    fat = b"".join(struct.pack("<I", entry) for entry in chain).ljust(_SECTOR, b"\xff")
    entries = [_entry("Root Entry", 5, child=1)]
    for number, (name, data) in enumerate(streams.items()):
        following = _FREE if number else 2
        entries.append(_entry(name, 2, right=following, start=2 + 8 * number, length=len(data)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return header.ljust(_SECTOR, b"\xff") + fat + directory + b"".join(streams.values())


def _entry(name, kind, *, right=_FREE, child=_FREE, start=_END, length=0):
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, right, child, start, length)
