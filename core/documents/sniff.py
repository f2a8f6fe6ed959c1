"""What kind of document some bytes are: the content decides, the name only where that leaves it open."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from core.errors import DocumentDamaged, DocumentLocked, DocumentUnsupported, NoteNotText
from core.vault.encoding import decode


class Kind(StrEnum):
    """A kind of document that can be read; the value names the module of `core.documents.formats`."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    XLSX = "xlsx"
    HTML = "html"
    EPUB = "epub"
    ODF = "odf"
    RTF = "rtf"
    CSV = "csv"
    JSON = "json"
    IPYNB = "ipynb"
    EML = "eml"
    MSG = "msg"
    MBOX = "mbox"
    TEXT = "text"
    PICTURE = "picture"
    SOUND = "sound"


_BY_SUFFIX = {
    **dict.fromkeys((".htm", ".html", ".xhtml"), Kind.HTML),
    **dict.fromkeys((".csv", ".tsv"), Kind.CSV),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson"), Kind.JSON),
    ".ipynb": Kind.IPYNB,
    **dict.fromkeys((".eml", ".mht", ".mhtml"), Kind.EML),
    ".mbox": Kind.MBOX,
}
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
)
PICTURE_SUFFIXES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
_SOUNDS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"fLaC", b"OggS")
SOUND_SUFFIXES = {".mp3", ".wav", ".m4a", ".flac", ".ogg", ".opus", ".aac"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_MARK_WITHIN = 1024  # where readers still accept `%PDF-`
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MAIL_START = re.compile(
    rb"(?:(?:From|To|Subject|Date|Received|MIME-Version|Return-Path|Message-ID):[^\n]*\n"
    rb"(?:[ \t][^\n]*\n)*){2,}",
    re.I,
)
_MAILBOX_START = re.compile(rb"From \S+ [^\n]*\d{4}[^\n]*\n" + _MAIL_START.pattern, re.I)
SUFFIXES = frozenset(
    {
        ".pdf",
        ".docx",
        ".docm",
        ".dotx",
        ".doc",
        ".pptx",
        ".pptm",
        ".ppsx",
        ".xlsx",
        ".xlsm",
        ".epub",
        ".odt",
        ".odp",
        ".ods",
        ".odg",
        ".rtf",
        ".msg",
        ".txt",
        ".md",
        ".markdown",
        ".rst",
        ".org",
        ".tex",
        ".log",
    }
    | set(_BY_SUFFIX)
    | PICTURE_SUFFIXES
    | SOUND_SUFFIXES
)
"""What is taken from a folder; a single file is tried whatever it is called."""


def sniff(data: bytes, name: str) -> Kind:
    """Return the kind of a document.

    Raises:
        DocumentDamaged: it is empty, though its kind cannot be, or its container is broken.
        DocumentLocked: it is an Office file with a password.
        DocumentUnsupported: none of the kinds.
    """
    suffix = PurePath(name).suffix.lower()
    if not data:
        return _empty(suffix)
    known = _by_mark(data, suffix)
    return known or _text_kind(data, suffix)


def _empty(suffix: str) -> Kind:
    if suffix in ("", ".txt", ".md", ".markdown", ".rst", ".org", ".log", ".tex"):
        return Kind.TEXT
    raise DocumentDamaged("It is empty: 0 bytes.", reason="empty")


def _by_mark(data: bytes, suffix: str) -> Kind | None:
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    for kind, is_one in _MARKED.items():
        if is_one(data, suffix):
            return kind
    if data[:4] == b"Rar!" or data[:6] == b"7z\xbc\xaf'\x1c" or data[:2] == b"\x1f\x8b":
        raise DocumentUnsupported("It is a packed archive.", reason="archive")
    return None


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = archive.read("mimetype")[:80].decode("ascii", "replace") if _is_small(archive) else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        raise DocumentDamaged(reason="incomplete") from error
    for member, kind in (
        ("word/document.xml", Kind.DOCX),
        ("ppt/presentation.xml", Kind.PPTX),
        ("xl/workbook.xml", Kind.XLSX),
        ("META-INF/container.xml", Kind.EPUB),
    ):
        if member in names:
            return kind
    if "epub" in declared:
        return Kind.EPUB
    if "opendocument" in declared or {"content.xml", "META-INF/manifest.xml"} <= names:
        return Kind.ODF
    raise DocumentUnsupported("It is a packed archive.", reason="archive")


def _is_small(archive: zipfile.ZipFile) -> bool:
    try:
        return archive.getinfo("mimetype").file_size < 200
    except KeyError:
        return False


def _ole_kind(data: bytes) -> Kind:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = {"/".join(path) for path in container.listdir()}
    except (OSError, ValueError, IndexError) as error:
        raise DocumentDamaged(reason="incomplete") from error
    if "EncryptedPackage" in names:
        raise DocumentLocked
    if "WordDocument" in names:
        return Kind.DOC
    if any(name.startswith("__properties_version1.0") or name.startswith("__substg1.0_") for name in names):
        return Kind.MSG
    if {"Workbook", "Book", "PowerPoint Document"} & names:
        raise DocumentUnsupported("It is a file of Office 2003 or older.", reason="old_office")
    raise DocumentUnsupported


def _is_rtf(data: bytes, _suffix: str) -> bool:
    return data.startswith(b"{\\rtf")


def _is_pdf(data: bytes, _suffix: str) -> bool:
    return b"%PDF-" in data[:_PDF_MARK_WITHIN]


def _is_picture(data: bytes, suffix: str) -> bool:
    if data.startswith(_PICTURES):
        return data[:2] != b"BM" or suffix == ".bmp"
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def is_sound(data: bytes, suffix: str) -> bool:
    """Whether some bytes begin as a recording does."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return True
    return data.startswith(_SOUNDS) or (data[4:8] == b"ftyp" and suffix in SOUND_SUFFIXES)


_MARKED: dict[Kind, Callable[[bytes, str], bool]] = {
    Kind.RTF: _is_rtf,
    Kind.PDF: _is_pdf,
    Kind.PICTURE: _is_picture,
    Kind.SOUND: is_sound,
}


def _text_kind(data: bytes, suffix: str) -> Kind:
    """The kind of what bears no mark: it must be text, and no other file may only be called so."""
    try:
        text = decode(data[:65536] if b"\0" not in data[:65536] else data).text
    except NoteNotText as error:
        if suffix in SUFFIXES:
            raise DocumentDamaged(reason="content") from error
        raise DocumentUnsupported from error
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    start = text[:4096].encode("utf-8", "replace")
    if _HTML_START.match(start):
        return Kind.HTML
    if suffix not in (".md", ".markdown") and _MAIL_START.match(start):
        return Kind.EML
    if _MAILBOX_START.match(start):
        return Kind.MBOX
    if suffix in SUFFIXES - {".txt", ".md", ".markdown", ".rst", ".org", ".tex", ".log"}:
        raise DocumentDamaged(reason="content")
    return Kind.TEXT
