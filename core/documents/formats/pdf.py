"""PDF by pypdfium2 (Chromium's renderer): the text of each page, in reading lines joined to paragraphs.

What a reader would not see is set apart (`core.documents.formats.pdf_hidden`). Pages that are pictures are
recognised where a recogniser is installed.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.documents import limits
from core.documents.clean import one_line
from core.documents.formats import pdf_hidden, pdf_notes
from core.documents.lines import paragraphs
from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.ocr import Recogniser, is_installed
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentLocked, DocumentUnsupported, DocumentWithoutText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY
_RENDER_PIXELS = 1_800
"""Longer side of a page that is recognised."""
_LOOKING_SECONDS = 12.0
"""How long pages are drawn to find words that something lies over; pale words are always looked at."""
_FEW_WORDS = 16
"""A page with a picture and fewer characters than this is a scan with a stamp or a page number."""


def convert(source: Source) -> Converted:
    """Read a PDF, page by page."""
    document = _open(source.data)
    reader = _Reader(document, source)
    parts = tuple(reader.parts())
    if not any(part.text.strip() for part in parts) and not reader.hidden and reader.pictures:
        if is_installed():
            raise DocumentWithoutText(
                "Its pages are pictures, and no words were found in them.", reason="picture"
            )
        raise DocumentWithoutText(
            "Its pages are pictures, and no text recognition is installed.", reason="scan"
        )
    return Converted(
        parts,
        title=_title(document),
        kind="pdf",
        pages=len(document),
        hidden=tuple(reader.hidden),
        remarks=reader.remarks(),
    )


def _open(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _PASSWORD:
            raise DocumentLocked from error
        if code == _SECURITY:
            raise DocumentUnsupported("Its encryption is not known.", reason="encryption") from error
        raise DocumentDamaged(reason="incomplete") from error
    return document


class _Reader:
    """Collects what the pages give."""

    def __init__(self, document: PdfDocument, source: Source) -> None:
        self._document = document
        self._source = source
        self._recogniser = Recogniser(source)
        self._looks_until = time.monotonic() + _LOOKING_SECONDS
        self._headings = _outline(document)
        self.hidden: list[Hidden] = []
        self.pictures = 0
        self._characters = 0
        self._broken_pages = 0
        self._is_cut = False

    def parts(self) -> Iterator[Part]:
        """Yield one part per page; a page that cannot be read is empty."""
        import pypdfium2

        for number in range(len(self._document)):
            if self._characters > limits.TEXT_CHARACTERS or self._source.is_over:
                self._is_cut = True
                return
            try:
                page = self._document[number]
                text = self._read(page, number)
                page.close()
            except pypdfium2.PdfiumError:
                self._broken_pages += 1
                text = ""
            self._characters += len(text)
            yield Part(text, f"p. {number + 1}")

    def remarks(self) -> tuple[Remark, ...]:
        """What there is to say about the whole."""
        said = self._recogniser.remarks()
        broken = (Remark.REPAIRED,) if self._broken_pages else ()
        cut = (Remark.CUT,) if self._is_cut else ()
        attached = (Remark.ATTACHMENTS,) if self._document.count_attachments() else ()
        return (*broken, *said, *attached, *cut)

    def _read(self, page: PdfPage, number: int) -> str:
        found = pdf_hidden.visible_text(page, f"p. {number + 1}", may_look=self._may_look())
        self.hidden += found.hidden
        text = "" if found.is_guessed else found.text
        if (
            found.is_scan
            or found.is_guessed
            or (len("".join(text.split())) < _FEW_WORDS and _has_picture(page))
        ):
            self.pictures += 1
            text = f"{text}\n\n{self._recognise(page)}".strip()
        pieces = (paragraphs(text), *self._noted(page, number))
        return _with_headings("\n\n".join(filter(None, pieces)), self._headings.get(number, {}))

    def _noted(self, page: PdfPage, number: int) -> list[str]:
        """What was filled in, commented and written on the page."""
        shown, hidden = pdf_notes.notes_of(page, self._document.formenv, f"p. {number + 1}")
        self.hidden += hidden
        return shown

    def _may_look(self) -> bool:
        return time.monotonic() < self._looks_until

    def _recognise(self, page: PdfPage) -> str:
        if not self._recogniser.is_ready():
            return ""
        scale = _RENDER_PIXELS / max(1.0, *page.get_size())
        return self._recogniser.read(page.render(scale=min(scale, 4.0)).to_pil())


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2 import raw

    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _title(document: PdfDocument) -> str:
    title = one_line(document.get_metadata_value("Title")).removeprefix("Microsoft Word - ")
    # What programs write when the author gave none: the name of a template or of the file.
    return (
        ""
        if re.fullmatch(r"(untitled.*|unspecified|.*\.(docx?|tex|indd|dvi|rtf|pptx?|pdf))", title, re.I)
        else title
    )


def _outline(document: PdfDocument) -> dict[int, dict[str, int]]:
    """Bookmarks by page: what each is called, folded, and its level from 1."""
    import pypdfium2

    found: dict[int, dict[str, int]] = defaultdict(dict)
    try:
        for entry in document.get_toc(max_depth=5):
            target = entry.get_dest()
            page = target.get_index() if target else None
            if page is not None and (title := _folded(entry.get_title())):
                found[page].setdefault(title, entry.level + 1)
    except pypdfium2.PdfiumError:
        pass  # a broken outline takes nothing from the text
    return found


def _with_headings(text: str, headings: dict[str, int]) -> str:
    """Mark the lines that the outline names, so that a citation tells the section."""
    if not headings:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if level := headings.get(_folded(line)):
            lines[number] = f"\n{'#' * min(level, 6)} {line.strip()}\n"
    return "\n".join(lines)


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
