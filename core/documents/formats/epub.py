"""Books: the chapters in their order, each called by the table of contents or its first heading."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree

from core.documents import limits, markup
from core.documents.archive import Archive
from core.documents.decoding import decoded
from core.documents.model import Converted, Hidden, Part
from core.documents.office import title_in
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentLocked

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_FONTS_ONLY = ("idpf.org/2008/embedding", "ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def convert(source: Source) -> Converted:
    """Read a book."""
    archive = Archive(source.data)
    _refuse_protected(archive)
    package = _package(archive)
    hidden: list[Hidden] = []
    parts = tuple(_parts(archive, package, hidden))
    if not parts:
        raise DocumentDamaged(reason="incomplete")
    return Converted(parts, title=title_in(archive, package), kind="epub", hidden=tuple(hidden))


def _parts(archive: Archive, package: str, hidden: list[Hidden]) -> Iterator[Part]:
    characters = 0
    for name in _reading_order(archive, package):
        if name not in archive or characters > limits.TEXT_CHARACTERS:
            continue
        page = markup.parse(decoded(archive.xml(name))[0])
        label = _label(page)
        text, found = markup.to_markdown(page)
        hidden += found
        characters += len(text)
        if text.strip():
            yield Part(text, label)


def _label(page: BeautifulSoup) -> str:
    heading = page.find(["h1", "h2", "h3"])
    named = heading.get_text(" ") if heading else ""
    return " ".join(named.split())[:80] or markup.title_of(page)[:80]


def _package(archive: Archive) -> str:
    """The name of the package file."""
    for entry in _tree(archive, _CONTAINER).iter():
        if entry.tag.endswith("rootfile") and (path := entry.get("full-path")):
            return path
    raise DocumentDamaged(reason="incomplete")


def _reading_order(archive: Archive, package: str) -> list[str]:
    tree = _tree(archive, package)
    folder = posixpath.dirname(package)
    pages = {
        item.get("id", ""): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in tree.iter(f"{_OPF}item")
        if item.get("media-type") in _PAGES
    }
    order = [reference.get("idref", "") for reference in tree.iter(f"{_OPF}itemref")]
    return list(dict.fromkeys(pages[name] for name in order if name in pages))


def _tree(archive: Archive, member: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(archive.xml(member))
    except (KeyError, ElementTree.ParseError) as error:
        raise DocumentDamaged(reason="incomplete") from error


def _refuse_protected(archive: Archive) -> None:
    """Books with rights management cannot be read; scrambled fonts alone do not matter."""
    if "META-INF/encryption.xml" not in archive:
        return
    methods = [
        entry.get("Algorithm", "")
        for entry in _tree(archive, "META-INF/encryption.xml").iter()
        if entry.tag.endswith("EncryptionMethod")
    ]
    if not all(any(known in method for known in _FONTS_ONLY) for method in methods):
        raise DocumentLocked("It is protected against copying, so nothing of it was read.", reason="drm")
