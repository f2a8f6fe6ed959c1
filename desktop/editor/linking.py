"""Making a link of selected words, and following the one at the caret by key."""

from __future__ import annotations

import re

from PySide6.QtGui import QGuiApplication, QTextCursor

from desktop.editor.document_text import for_document
from desktop.editor.editor import Editor
from desktop.editor.links import is_address, link_at
from desktop.editor.positions import to_points

_LINE_END = "\u2029"


def link_to(cursor: QTextCursor, address: str) -> bool:
    """Make the selected words a link to a web address, in one undo step; False where either is none."""
    words, address = cursor.selectedText(), address.strip()
    is_label = words.strip() and not is_address(words.strip()) and not re.search(rf"[\[\]{_LINE_END}]", words)
    if not is_label or not is_address(address):
        return False
    cursor.insertText(for_document(f"[{words}]({_written(address)})"))
    return True


def insert_link(cursor: QTextCursor) -> bool:
    """Make a link of the selection; it leads to the address in the clipboard, else that is to be typed."""
    if link_to(cursor, QGuiApplication.clipboard().text()):
        return True
    words = cursor.selectedText()
    if _LINE_END in words:
        return False
    cursor.insertText(f"[{words}]()")
    cursor.movePosition(QTextCursor.MoveOperation.Left, n=1 if words else 3)
    return True


def follow_link(editor: Editor) -> None:
    """Open the link that the caret stands in."""
    cursor = editor.textCursor()
    line = cursor.block().text()
    if editor.note is not None and (link := link_at(line, to_points(line, cursor.positionInBlock()))):
        editor.link_activated.emit(link)


def _written(address: str) -> str:
    """Return an address as it stands in a link: one whose brackets do not match would end it too early."""
    return address if address.count("(") == address.count(")") else f"<{address}>"
