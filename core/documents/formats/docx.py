"""Word files: mammoth turns them into HTML, after what is hidden has been taken out of the XML.

mammoth knows headings, lists, tables and notes, but prints hidden text like any other and passes over some of
what is seen; both are put right before. It is given no picture and no right to open other files.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from core.documents import markup
from core.documents.archive import Archive
from core.documents.formats.docx_hidden import Styles, paper_of, take_hidden
from core.documents.formats.docx_whole import (
    COMMENTS,
    FURNITURE,
    beside_the_text,
    bring_in_sight,
    prefer_drawn,
    shorten,
)
from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.errors import DocumentDamaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BODY = "word/document.xml"
_STYLES, _SETTINGS = "word/styles.xml", "word/settings.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The two names of the same elements."""
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def convert(source: Source) -> Converted:
    """Read a Word file."""
    archive = Archive(source.data)
    archive.check_xml()
    if _BODY not in archive:
        raise DocumentDamaged(reason="incomplete")
    trees = {name: _tree(archive, name) for name in sorted(archive.names) if _is_read(name)}
    is_cut = shorten(trees[_BODY])
    hidden = _take_hidden(archive, trees)
    page = markup.parse(_to_html(archive, trees))
    text, more = markup.to_markdown(page)
    macros = (Remark.MACROS,) if "word/vbaProject.bin" in archive else ()
    return Converted(
        (Part("\n\n".join([text, *beside_the_text(archive, trees)])),),
        title=core_title(archive),
        kind="docx",
        hidden=(*hidden, *more),
        remarks=(*macros, *((Remark.CUT,) if is_cut else ())),
    )


def _is_read(name: str) -> bool:
    return name in (_BODY, *_NOTES, COMMENTS) or FURNITURE.fullmatch(name) is not None


def _take_hidden(archive: Archive, trees: dict[str, Element]) -> list[Hidden]:
    """Take out of the trees what a reader does not see, and ready them for mammoth."""
    styles = Styles(_tree(archive, _STYLES) if _STYLES in archive else None)
    settings = archive.xml(_SETTINGS) if _SETTINGS in archive else b""
    paper = paper_of(trees[_BODY], settings)
    hidden: list[Hidden] = []
    for tree in trees.values():
        prefer_drawn(tree)
        hidden += take_hidden(tree, styles, paper)
        bring_in_sight(tree)
    return hidden


def _tree(archive: Archive, name: str) -> Element:
    try:
        return ElementTree.fromstring(archive.xml(name).replace(_STRICT, _TRANSITIONAL))
    except ElementTree.ParseError as error:
        raise DocumentDamaged(reason="incomplete") from error


def _to_html(archive: Archive, trees: dict[str, Element]) -> str:
    import mammoth

    try:
        made = mammoth.convert_to_html(
            _copy(archive, trees),
            convert_image=mammoth.images.img_element(lambda _image: {}),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except (KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise DocumentDamaged(reason="incomplete") from error
    return str(made.value)


def _copy(archive: Archive, trees: dict[str, Element]) -> io.BytesIO:
    """The XML of the archive, with what was made of some of its members, and nothing else of it."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as made:
        for name in archive.names:
            if name.endswith((".xml", ".rels")):
                tree = trees.get(name)
                made.writestr(name, archive.read(name) if tree is None else ElementTree.tostring(tree))
    return copy
