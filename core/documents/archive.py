"""Zip containers (Office files, EPUB, OpenDocument) opened so that none of them can fill memory or disk.

Nothing is ever unpacked to disk. What the directory of the archive promises is added up before the first byte
is unpacked, and a member that turns out longer than promised is an error of `zipfile` itself.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from core.documents import limits
from core.errors import DocumentDamaged, DocumentLocked, DocumentTooLarge, DocumentUnsafe

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ENCRYPTED = 0x1
_XML_SUFFIXES = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")


class Archive:
    """A zip file that keeps within our limits.

    Raises:
        DocumentDamaged: it is no zip file, or its directory is broken.
        DocumentTooLarge: unpacked it would be more than `limits` allow.
        DocumentUnsafe: it is packed like a bomb, or a member's name leads out of it.
        DocumentLocked: its members are encrypted.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise DocumentDamaged from error
        _check(members)
        self.names = {member.filename for member in members}

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            KeyError: there is no such member.
            DocumentDamaged: its bytes are broken.
        """
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise DocumentDamaged from error

    def xml(self, name: str) -> bytes:
        """Return the bytes of an XML member, which must not declare entities.

        Raises:
            KeyError, DocumentDamaged: as `read`.
            DocumentUnsafe: it declares entities, which no office program writes.
        """
        data = self.read(name)
        refuse_entities(data)
        return data

    def check_xml(self) -> None:
        """Look through every XML member for what `xml` refuses; for libraries that open it themselves."""
        for name in self.names:
            if name.lower().endswith(_XML_SUFFIXES):
                self.xml(name)


def refuse_entities(data: bytes) -> None:
    """Raise `DocumentUnsafe` for XML that declares entities, in whatever encoding a parser would accept."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data
    if _ENTITY.search(plain):
        raise DocumentUnsafe("It declares XML entities, the way bombs and spies do.")


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS:
        raise DocumentTooLarge(f"It is an archive of {len(members)} files.")
    for member in members:
        _check_member(member)
    total = sum(member.file_size for member in members)
    if total > limits.UNPACKED_BYTES:
        raise DocumentTooLarge(f"Unpacked it would be {total // limits.MIB} MiB.")


def _check_member(member: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(member.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or re.match("[A-Za-z]:", member.filename):
        raise DocumentUnsafe("It holds a file whose name leads out of the archive.")
    if member.flag_bits & _ENCRYPTED:
        raise DocumentLocked
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > limits.RATIO_MATTERS_FROM and ratio > limits.MEMBER_RATIO:
        raise DocumentUnsafe(f"It unpacks to {ratio:.0f} times its size, the way zip bombs do.")
    if member.file_size > limits.MEMBER_BYTES:
        raise DocumentTooLarge(f"It holds a part of {member.file_size // limits.MIB} MiB.")
