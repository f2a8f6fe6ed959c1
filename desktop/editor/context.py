"""What a request sees of the open note, read from the document and the caret."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from PySide6.QtGui import QTextCursor, QTextDocument

from core.assist.model import NoteContext
from desktop.editor.document_text import from_document, selected_text
from desktop.editor.note_document import NoteDocument
from desktop.editor.outline import Outline

SURROUNDINGS = 2000
"""Characters before and after the caret that go with a request (see `core.assist.model.NoteContext`)."""

_TITLE = re.compile(r"""title:[ \t]*(?P<quote>["']?)(?P<title>.+?)(?P=quote)[ \t]*$""")


def note_context(path: str, document: NoteDocument, cursor: QTextCursor) -> NoteContext:
    """Return the context of a caret or selection in the note at `path`."""
    lines, outline = document.outline()
    line = document.findBlock(cursor.selectionStart()).blockNumber()
    first, last = outline.block(line)
    return NoteContext(
        path=path,
        title=note_title(path, lines, outline),
        heading_path=outline.heading_path(line),
        block="\n".join(lines[first : last + 1]),
        selection=selected_text(cursor),
        before=_between(document, cursor.selectionStart() - SURROUNDINGS, cursor.selectionStart()),
        after=_between(document, cursor.selectionEnd(), cursor.selectionEnd() + SURROUNDINGS),
    )


def note_title(path: str, lines: list[str], outline: Outline) -> str:
    """Return the title as `core.text` tells it: front matter, first heading of level 1, file name."""
    for line in lines[1 : outline.front_matter_end]:
        if found := _TITLE.match(line):
            return found["title"]
    headings = (heading.title for heading in outline.headings if heading.level == 1)
    return next(headings, "") or PurePosixPath(path).stem


def _between(document: QTextDocument, start: int, end: int) -> str:
    """Return the text between two positions, which may lie beyond the document's ends."""
    cursor = QTextCursor(document)
    cursor.setPosition(max(start, 0))
    cursor.setPosition(min(end, document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    text = from_document(cursor.selectedText())
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
