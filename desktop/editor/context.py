"""What a request sees of the open note, read from the document and the caret."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from core.assist.model import NoteContext
from core.complete.model import CompletionRequest, Region
from core.text.outline import note_title
from desktop.editor.document_text import from_document, selected_text
from desktop.editor.markdown_tokens import NORMAL, Kind, region
from desktop.editor.note_document import NoteDocument

SURROUNDINGS = 2000
"""Characters before and after the caret that go with a request (see `core.assist.model.NoteContext`)."""

COMPLETION_BEFORE = 4000
COMPLETION_AFTER = 1000
"""Characters that go with a look for ghost text (see `core.complete.model.CompletionRequest`)."""

_REGIONS = {
    Kind.CODE: Region.CODE,
    Kind.FRONT_MATTER: Region.FRONT_MATTER,
    Kind.MATH: Region.MATH,
    Kind.COMMENT: Region.COMMENT,
}


def note_context(path: str, document: NoteDocument, cursor: QTextCursor) -> NoteContext:
    """Return the context of a caret or selection in the note at `path`."""
    lines, outline = document.outline()
    line = document.findBlock(cursor.selectionStart()).blockNumber()
    first, last = outline.block(line)
    return NoteContext(
        path=path,
        title=note_title(path, outline),
        heading_path=outline.heading_path(line),
        block="\n".join(lines[first : last + 1]),
        selection=selected_text(cursor),
        before=text_between(document, cursor.selectionStart() - SURROUNDINGS, cursor.selectionStart()),
        after=text_between(document, cursor.selectionEnd(), cursor.selectionEnd() + SURROUNDINGS),
    )


def completion_request(
    path: str, document: NoteDocument, cursor: QTextCursor, *, asked: bool = False
) -> CompletionRequest:
    """Return what a look for ghost text at a caret needs.

    The headings are those of the last look at the whole note, a pause ago: a fresh one costs 10 ms in a note
    of 20 000 lines, and ghost text is wanted at once.
    """
    _, outline = document.outline(may_be_old=True)
    block, position = cursor.block(), cursor.position()
    before = text_between(document, position - COMPLETION_BEFORE, position)
    state = block.previous().userState() if block.previous().isValid() else NORMAL
    return CompletionRequest(
        path=path,
        before=before,
        after=text_between(document, position, position + COMPLETION_AFTER),
        title=note_title(path, outline),
        outline=outline.heading_path(block.blockNumber()),
        revision=document.version,
        asked=asked,
        region=_region(state, before),
    )


def _region(state: int, before: str) -> Region:
    """Return what the caret's line belongs to: by the highlighter, and by its own signs."""
    kind, line = region(state), before[before.rfind("\n") + 1 :]
    if kind is not None:
        return _REGIONS[kind]
    if line.count("%%") % 2 or before.rfind("<!--") > before.rfind("-->"):
        return Region.COMMENT
    return Region.MATH if line.count("$$") % 2 else Region.TEXT


def text_between(document: QTextDocument, start: int, end: int) -> str:
    """Return the text between two positions in UTF-16 units, which may lie beyond the document's ends."""
    cursor = QTextCursor(document)
    cursor.setPosition(max(start, 0))
    cursor.setPosition(min(end, document.characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
    text = from_document(cursor.selectedText())
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
