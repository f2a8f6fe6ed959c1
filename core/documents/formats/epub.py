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
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_SHEETS = 20
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
    sheets = _sheets(archive)
    titles = _contents(archive)
    for name in _reading_order(archive, package):
        if name not in archive or characters > limits.TEXT_CHARACTERS:
            continue
        page = markup.parse(decoded(archive.xml(name))[0])
        label = _label(page) or titles.get(name, "")
        text, found = markup.to_markdown(page, sheets)
        hidden += found
        characters += len(text)
        if text.strip():
            yield Part(text, label)


def _sheets(archive: Archive) -> list[str]:
    """The style sheets of the book; all of them, since they are few and made for one another."""
    names = sorted(name for name in archive.names if name.endswith(".css"))[:_SHEETS]
    return [decoded(archive.read(name))[0] for name in names]


def _contents(archive: Archive) -> dict[str, str]:
    """What older books call their chapters in the table of contents, by the member that begins with it."""
    found: dict[str, str] = {}
    for name in (name for name in archive.names if name.endswith(".ncx")):
        for point in _tree(archive, name).iter(f"{_NCX}navPoint"):
            words = point.findtext(f"{_NCX}navLabel/{_NCX}text", "")
            place = point.find(f"{_NCX}content")
            source = "" if place is None else place.get("src", "").partition("#")[0]
            found.setdefault(_member(posixpath.dirname(name), source), " ".join(words.split())[:80])
    return found


def _member(folder: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(reference)))


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
        item.get("id", ""): _member(folder, item.get("href", ""))
        for item in tree.iter(f"{_OPF}item")
        if item.get("media-type") in _PAGES
    }
    order = [reference.get("idref", "") for reference in tree.iter(f"{_OPF}itemref")]
    named = [pages[name] for name in order if name in pages]
    return list(dict.fromkeys(named or pages.values()))  # a book without an order has that of its list


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
