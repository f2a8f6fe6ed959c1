"""How a place in a document is named for people: `report.pdf, p. 3`, `report.pdf，第 3 页`."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from core.documents.naming import name_of
from desktop.theme.translation import QT_TRANSLATE_NOOP

CONTEXT = "document_place"
_NUMBERED = re.compile(r"^(?P<before>.*?)(?P<kind>p\.|slide|cell|line|mail|rows?) (?P<number>\d+(?:–\d+)?)$")


_WORDS = {
    "p.": QT_TRANSLATE_NOOP("document_place", "p. {n}"),
    "slide": QT_TRANSLATE_NOOP("document_place", "slide {n}"),
    "cell": QT_TRANSLATE_NOOP("document_place", "cell {n}"),
    "line": QT_TRANSLATE_NOOP("document_place", "line {n}"),
    "mail": QT_TRANSLATE_NOOP("document_place", "mail {n}"),
    "row": QT_TRANSLATE_NOOP("document_place", "row {n}"),
    "rows": QT_TRANSLATE_NOOP("document_place", "rows {n}"),
}


def label_text(label: str) -> str:
    """Return the label of a page, slide, row .. in the window's language; a chapter's title as it is."""
    found = _NUMBERED.match(label)
    if found is None:
        return label
    words = QCoreApplication.translate(CONTEXT, _WORDS[found["kind"]]).format(n=found["number"])
    return found["before"].removeprefix("sheet ") + words


def pages_text(count: int) -> str:
    """Return how many pages a document has."""
    one = QT_TRANSLATE_NOOP("document_place", "1 page")
    many = QT_TRANSLATE_NOOP("document_place", "{n} pages")
    return QCoreApplication.translate(CONTEXT, one if count == 1 else many).format(n=count)


def document_place(path: str, label: str = "") -> str:
    """Return document and page; of a note its path."""
    name, place = name_of(path), label_text(label)
    if not place:
        return name
    words = QT_TRANSLATE_NOOP("document_place", "{document}, {place}")
    return QCoreApplication.translate(CONTEXT, words).format(document=name, place=place)
