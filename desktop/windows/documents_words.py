"""What there is to say about a document that was read, in the window's language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from core.documents.model import Remark
from desktop.theme.translation import QT_TRANSLATE_NOOP

CONTEXT = "document_words"


_REMARKS: Mapping[Remark, str] = {
    Remark.EMPTY: QT_TRANSLATE_NOOP("document_words", "There is no text in it."),
    Remark.CUT: QT_TRANSLATE_NOOP("document_words", "It is very long; only the first part was read."),
    Remark.BROKEN_CHARACTERS: QT_TRANSLATE_NOOP(
        "document_words", "Some of its bytes are no valid text and were replaced."
    ),
    Remark.OCR: QT_TRANSLATE_NOOP(
        "document_words", "Its words were recognised in pictures and may hold mistakes."
    ),
    Remark.OCR_MISSING: QT_TRANSLATE_NOOP(
        "document_words", "Pages that are pictures were left out: no text recognition is installed."
    ),
    Remark.OCR_UNFINISHED: QT_TRANSLATE_NOOP(
        "document_words", "Recognising all of its pictures takes too long; the later ones were left out."
    ),
    Remark.PICTURES_UNREAD: QT_TRANSLATE_NOOP("document_words", "Some of its pictures are broken."),
    Remark.TRANSCRIBED: QT_TRANSLATE_NOOP(
        "document_words", "Its words were transcribed from speech and may hold mistakes."
    ),
    Remark.NO_SPEECH: QT_TRANSLATE_NOOP("document_words", "No speech was heard in it."),
    Remark.MACROS: QT_TRANSLATE_NOOP("document_words", "It holds macros, which were not looked at."),
    Remark.ATTACHMENTS: QT_TRANSLATE_NOOP(
        "document_words", "Some attachments could not be read; import them on their own."
    ),
    Remark.OTHER_KIND: QT_TRANSLATE_NOOP(
        "document_words", "Its name says another kind of file than it is; it was read as what it is."
    ),
    Remark.REPAIRED: QT_TRANSLATE_NOOP("document_words", "It is damaged; what could be read was read."),
    Remark.BAD_LINES: QT_TRANSLATE_NOOP(
        "document_words", "Some of its lines are no JSON; they are kept as they stand and marked."
    ),
}


def remark_text(remark: Remark) -> str:
    """Return the sentence for a remark."""
    return QCoreApplication.translate(CONTEXT, _REMARKS[remark])
