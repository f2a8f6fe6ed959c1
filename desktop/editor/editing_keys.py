"""Which changes a key stands for, beside typing what is on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.editor.key_kinds import types
from desktop.editor.list_keys import break_line, break_within, continue_list, indent, outdent
from desktop.editor.table_keys import next_cell, previous_cell
from desktop.editor.wrapping import wrap

Change = Callable[[QTextCursor], bool]
"""Changes the note at a cursor and puts that where the caret is to be; False where it has nothing to do."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def changes_for(event: QKeyEvent) -> tuple[Change, ...]:
    """Return the changes to try, in order, until one has something to do; with none Qt knows what to do."""
    key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        return previous_cell, outdent
    if held == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_Tab:
        return next_cell, indent
    if held == Qt.KeyboardModifier.NoModifier and key in _ENTER:
        return continue_list, break_line
    if held == Qt.KeyboardModifier.ShiftModifier and key in _ENTER:
        return (break_within,)
    return (partial(wrap, sign=event.text()),) if types(event) else ()
