"""Marks the sentences of a rendered answer that rest on nothing in the notes; quietly: they may be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from core.text.citation_marks import without_marks
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import tooltip

_ADDRESS = re.compile(r"\]\([^)\s]*\)")
"""The part of a link that is not shown."""


def show_unsupported(
    document: QTextDocument, sentences: Sequence[str], theme: Theme, *, citations: int = 0
) -> None:
    """Draw a dotted line under each of these sentences, given in Markdown and in the document's order.

    A sentence is found by its letters and digits alone, whatever Markdown made of the rest; one that is not
    there stays unmarked. Numbers of citations, up to `citations`, are not part of it.
    """
    letters = list(_letters(document))
    text = "".join(letter for letter, _ in letters)
    look = _look(theme)
    place = 0
    for sentence in sentences:
        wanted = _squeezed(without_marks(sentence, count=citations))
        start = text.find(wanted, place) if wanted else -1
        if start < 0:
            continue
        place = start + len(wanted)
        cursor = QTextCursor(document)
        cursor.setPosition(letters[start][1])
        last, at = letters[place - 1]
        cursor.setPosition(at + _width(last), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _look(theme: Theme) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    look.setUnderlineColor(theme.colour("warn"))
    look.setToolTip(
        tooltip(
            QCoreApplication.translate(
                "unsupported_marks",
                "Not found in your notes. The model may know this from elsewhere, or be wrong.",
            )
        )
    )
    return look


def _letters(document: QTextDocument) -> Iterator[tuple[str, int]]:
    """Yield the letters and digits of a document with their positions, those of citation marks apart."""
    block = document.begin()
    while block.isValid():
        runs = block.begin()
        while not runs.atEnd():
            fragment = runs.fragment()
            runs += 1
            if fragment.charFormat().anchorHref().startswith("note:"):
                continue
            at = fragment.position()
            for char in fragment.text():
                if char.isalnum():
                    yield char, at
                at += _width(char)
        block = block.next()


def _squeezed(markdown: str) -> str:
    return "".join(filter(str.isalnum, _ADDRESS.sub("]", markdown)))


def _width(char: str) -> int:
    """How many of Qt's positions a character takes."""
    return 2 if ord(char) > 0xFFFF else 1
