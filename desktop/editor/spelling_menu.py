"""What the context menu of a misspelt word offers: other words, and to take this one for right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu

from desktop.editor.editor import Editor
from desktop.editor.positions import to_points, to_units
from desktop.editor.spell_check import SpellCheck
from desktop.widgets.plain_text import button_text


class SpellingMenu(QObject):
    """Puts it on top of the editor's menu."""

    def __init__(self, editor: Editor, spelling: SpellCheck, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._spelling = editor, spelling
        editor.menu_asked.connect(self._offer)

    def _offer(self, menu: QMenu, at: QTextCursor) -> None:
        word = self._word_at(at)
        speller = self._spelling.speller
        if word is None or speller is None or self._editor.isReadOnly():
            return
        written = word.selectedText()
        actions = [
            _action(menu, other, partial(self._editor.rewrite_spans, [(word, other)]))
            for other in speller.suggest(written)
        ]
        if not actions:
            actions = [_action(menu, self.tr("No suggestions"), lambda: None)]
            actions[0].setEnabled(False)
        keep = self.tr("Add “{word}” to the dictionary").format(word=button_text(written))
        actions.append(_action(menu, keep, partial(self._spelling.keep, written)))
        first = menu.actions()[0]
        menu.insertActions(first, actions)
        menu.insertSeparator(first)

    def _word_at(self, at: QTextCursor) -> QTextCursor | None:
        """Return a cursor that selects the marked word at a place; None where none is."""
        note, block = self._editor.note, at.block()
        if note is None:
            return None
        line = block.text()
        column = to_points(line, at.positionInBlock())
        for token in note.highlighter.misspelt(block.blockNumber(), line):
            if token.start <= column <= token.end:
                word = QTextCursor(block)
                word.setPosition(block.position() + to_units(line, token.start))
                end = block.position() + to_units(line, token.end)
                word.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                return word
        return None


def _action(menu: QMenu, text: str, call: Callable[[], object]) -> QAction:
    action = QAction(text, menu)
    action.triggered.connect(lambda _checked=False: call())
    return action
