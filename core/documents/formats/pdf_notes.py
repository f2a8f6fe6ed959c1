"""What lies on a PDF page beside its text: filled-in fields, typed-on words, comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from core.documents.clean import one_line
from core.documents.model import Hidden, HiddenKind

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST = 500
"""Of one page."""


def notes_of(page: PdfPage, form: Any, label: str) -> tuple[list[str], list[Hidden]]:
    """Return the words of a page's annotations, and a report of those that are not shown.

    `form` is PDFium's handle of the document's form, None where it has none.
    """
    from pypdfium2 import raw

    shown: list[str] = []
    hidden: list[Hidden] = []
    for annotation in _annotations(page):
        words = _words(annotation, form)
        if not words:
            continue
        if raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW):
            hidden.append(Hidden(HiddenKind.NOT_DISPLAYED, one_line(words), label))
        else:
            shown.append(words)
    return shown, hidden


def _annotations(page: PdfPage) -> Iterator[Any]:
    from pypdfium2 import raw

    for number in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def _words(annotation: Any, form: Any) -> str:
    """A field's value, or what was typed; pop-ups repeat their comment, links have no words."""
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind in (raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK):
        return ""
    if kind != raw.FPDF_ANNOT_WIDGET:
        return _string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
    is_typed = form and raw.FPDFAnnot_GetFormFieldType(form, annotation) in (
        raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX
    )  # fmt: skip
    return _string(raw.FPDFAnnot_GetFormFieldValue, form, annotation) if is_typed else ""


def _string(ask: Callable[..., int], *about: Any) -> str:
    """What PDFium answers: first how many bytes of UTF-16 it takes, then the bytes."""
    from pypdfium2 import raw

    size = ask(*about, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(*about, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").replace("\r", "\n").strip()
