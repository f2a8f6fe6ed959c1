"""The note's text and the document's: every character there and back.

`QPlainTextEdit.toPlainText` folds no-break spaces and several separators, and a document breaks its
paragraphs at characters that are no line ends in the file. So such characters stand in the document as
noncharacters that Unicode keeps free for a program's own use, and the raw text is read.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

# What a QTextDocument takes for the end of a paragraph, beside LF; and what is lost as a byte order mark at
# the start of a string. tests/desktop/editor looks at every other character.
_ODD = "\r\u2029\ufdd0\ufdd1" + "\ufeff\ufffe"
_STAND_INS = "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"
_IN = str.maketrans(_ODD, _STAND_INS)
_OUT = str.maketrans(_STAND_INS, _ODD)


def for_document(text: str) -> str:
    """Return `text` as it is put into a document: one paragraph a line."""
    return text.translate(_IN) if _holds(text, _ODD) else text


def from_document(raw: str) -> str:
    """Return the note's text for what a document or cursor holds."""
    text = raw.replace("\u2029", "\n")
    return text.translate(_OUT) if _holds(text, _STAND_INS) else text


def _holds(text: str, characters: str) -> bool:
    """Whether any of the characters is there: translating is slow and hardly ever needed, a look is quick."""
    return any(character in text for character in characters)


def document_text(document: QTextDocument) -> str:
    """Return the whole text of the note."""
    return from_document(document.toRawText())


def selected_text(cursor: QTextCursor) -> str:
    """Return the note's text under a cursor's selection."""
    return from_document(cursor.selectedText())
