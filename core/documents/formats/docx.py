"""Word files: mammoth turns them into HTML, after what is hidden has been taken out of the XML.

mammoth knows headings, lists, tables, notes and text boxes, but prints hidden text like any other and drops
formulas; both are seen to before. It is given no picture and no right to open other files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from core.documents import markup
from core.documents.archive import Archive
from core.documents.clean import one_line
from core.documents.model import Converted, Hidden, HiddenKind, Part, Remark
from core.documents.office import core_title
from core.documents.source import Source
from core.errors import DocumentDamaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BODY = "word/document.xml"
_TINY_HALF_POINTS = 7
_NO = ("0", "false", "off")


def convert(source: Source) -> Converted:
    """Read a Word file."""
    archive = Archive(source.data)
    archive.check_xml()
    if _BODY not in archive:
        raise DocumentDamaged(reason="incomplete")
    try:
        body = ElementTree.fromstring(archive.xml(_BODY))
    except ElementTree.ParseError as error:
        raise DocumentDamaged(reason="incomplete") from error
    hidden = list(_take_hidden(body))
    _write_out_formulas(body)
    page = markup.parse(_to_html(archive, ElementTree.tostring(body)))
    text, more = markup.to_markdown(page)
    return Converted(
        (Part(text),),
        title=core_title(archive),
        kind="docx",
        hidden=(*hidden, *more),
        remarks=(Remark.MACROS,) if "word/vbaProject.bin" in archive else (),
    )


def _to_html(archive: Archive, body: bytes) -> str:
    import mammoth

    try:
        made = mammoth.convert_to_html(
            _copy(archive, body),
            convert_image=mammoth.images.img_element(lambda _image: {}),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except (KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise DocumentDamaged(reason="incomplete") from error
    return str(made.value)


def _copy(archive: Archive, body: bytes) -> io.BytesIO:
    """The XML of the archive with another body, and nothing else of it."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as made:
        for name in archive.names:
            if name == _BODY:
                made.writestr(name, body)
            elif name.endswith((".xml", ".rels")):
                made.writestr(name, archive.read(name))
    return copy


def _take_hidden(body: Element) -> Iterator[Hidden]:
    """Empty the runs that a reader does not see, and report neighbouring ones together."""
    gathered: list[str] = []
    last: HiddenKind | None = None
    for run in body.iter(f"{_W}r"):
        words = "".join(text.text or "" for text in run.iter(f"{_W}t"))
        kind = _hiding(run.find(f"{_W}rPr")) if words.strip() else last
        if last is not None and kind is not last and gathered:
            yield Hidden(last, one_line("".join(gathered)))
            gathered = []
        last = kind
        if kind is not None and words.strip():
            gathered.append(words)
            run.clear()
    if last is not None and gathered:
        yield Hidden(last, one_line("".join(gathered)))


def _hiding(properties: Element | None) -> HiddenKind | None:
    if properties is None:
        return None
    vanish = properties.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val", "1") not in _NO:
        return HiddenKind.NOT_DISPLAYED
    size = _value(properties, "sz")
    if size.isdigit() and int(size) < _TINY_HALF_POINTS:
        return HiddenKind.TINY
    shaded = properties.find(f"{_W}shd") is not None or properties.find(f"{_W}highlight") is not None
    if _value(properties, "color").upper() == "FFFFFF" and not shaded:
        return HiddenKind.COLOUR
    return None


def _value(properties: Element, name: str) -> str:
    found = properties.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


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
