"""Turning one text into another inside a document by the fewest changes.

Replacing the whole text would throw away caret, scroll position and the history of undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.editor.document_text import document_text, for_document
from desktop.editor.positions import units


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old[start:end]` by `text`; positions in code points of the old text."""

    start: int
    end: int
    text: str


def rewrite(document: QTextDocument, text: str) -> bool:
    """Make `text` the note's text in one undo step; False where it is that already."""
    old = document_text(document)
    edits = list(edits_between(old, text))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for edit in reversed(edits):  # from the end, so that earlier positions stay true
        cursor.setPosition(units(old[: edit.start]))
        cursor.setPosition(units(old[: edit.end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(for_document(edit.text))
    cursor.endEditBlock()
    return bool(edits)


def edits_between(old: str, new: str) -> Iterator[Edit]:
    """Yield the edits that turn `old` into `new`, from the start to the end, none of them empty."""
    from core.vault.merge import matching_lines

    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matches = sorted(matching_lines(old_lines, new_lines).items())
    offsets, new_offsets = _offsets(old_lines), _offsets(new_lines)
    old_at = new_at = 0
    for old_line, new_line in [*matches, (len(old_lines), len(new_lines))]:
        start, end = offsets[old_at], offsets[old_line]
        replacement = new[new_offsets[new_at] : new_offsets[new_line]]
        if old[start:end] != replacement:
            yield _trimmed(old, Edit(start, end, replacement))
        old_at, new_at = old_line + 1, new_line + 1


def _offsets(lines: Sequence[str]) -> list[int]:
    """Return where each line begins, and the end of the text."""
    result = [0]
    for line in lines:
        result.append(result[-1] + len(line))
    return result


def _trimmed(old: str, edit: Edit) -> Edit:
    """Leave out what both sides begin and end with."""
    before = old[edit.start : edit.end]
    head = _shared(before, edit.text)
    rest, new_rest = before[head:], edit.text[head:]
    tail = _shared(rest[::-1], new_rest[::-1])
    return Edit(edit.start + head, edit.end - tail, new_rest[: len(new_rest) - tail])


def _shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
