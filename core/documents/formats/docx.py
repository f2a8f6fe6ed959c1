"""Word files: mammoth turns them into HTML, after what is hidden has been taken out of the XML.

mammoth knows headings, lists, tables, notes and text boxes, but prints hidden text like any other and drops
formulas; both are seen to before. It is given no picture and no right to open other files.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from core.documents import markup
from core.documents.archive import Archive
from core.documents.formats.docx_hidden import styles_of, take_hidden
from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.errors import DocumentDamaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BODY = "word/document.xml"
_STYLES = "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def convert(source: Source) -> Converted:
    """Read a Word file."""
    archive = Archive(source.data)
    archive.check_xml()
    if _BODY not in archive:
        raise DocumentDamaged(reason="incomplete")
    styles = styles_of(_tree(archive, _STYLES)) if _STYLES in archive else {}
    hidden: list[Hidden] = []
    seen: dict[str, bytes] = {}
    for name in (_BODY, *_NOTES):
        if name in archive:
            tree = _tree(archive, name)
            hidden += take_hidden(tree, styles)
            _write_out_formulas(tree)
            seen[name] = ElementTree.tostring(tree)
    page = markup.parse(_to_html(archive, seen))
    text, more = markup.to_markdown(page)
    return Converted(
        (Part(text),),
        title=core_title(archive),
        kind="docx",
        hidden=(*hidden, *more),
        remarks=(Remark.MACROS,) if "word/vbaProject.bin" in archive else (),
    )


def _tree(archive: Archive, name: str) -> Element:
    try:
        return ElementTree.fromstring(archive.xml(name))
    except ElementTree.ParseError as error:
        raise DocumentDamaged(reason="incomplete") from error


def _to_html(archive: Archive, seen: dict[str, bytes]) -> str:
    import mammoth

    try:
        made = mammoth.convert_to_html(
            _copy(archive, seen),
            convert_image=mammoth.images.img_element(lambda _image: {}),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except (KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise DocumentDamaged(reason="incomplete") from error
    return str(made.value)


def _copy(archive: Archive, seen: dict[str, bytes]) -> io.BytesIO:
    """The XML of the archive, with what was made of some of its members, and nothing else of it."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as made:
        for name in archive.names:
            if name.endswith((".xml", ".rels")):
                made.writestr(name, seen.get(name) or archive.read(name))
    return copy


def _write_out_formulas(body: Element) -> None:
    """Put a formula's letters where the formula stands, for mammoth passes formulas over."""
    for parent in list(body.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag in (f"{_M}oMath", f"{_M}oMathPara"):
                parent[place] = _run("".join(text.text or "" for text in child.iter(f"{_M}t")))


def _run(words: str) -> Any:
    run = ElementTree.Element(f"{_W}r")
    ElementTree.SubElement(run, f"{_W}t").text = f" {words} "
    return run
