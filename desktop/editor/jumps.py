"""Jumping about: to a heading of the note, or to another note that is open."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from desktop.editor.jump_list import JumpList
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit

_INDENT = "\u2003"


class Jumps(QObject):
    """Shows the list that the page's actions ask for, and goes where the person wants."""

    def __init__(self, page: NotePage, desk: NoteDesk, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page, self._desk, self._theme = page, desk, theme
        self._list: JumpList | None = None
        page.headings_action.triggered.connect(lambda _checked=False: self.show_headings())
        page.notes_action.triggered.connect(lambda _checked=False: self.show_notes(1))
        page.notes_back_action.triggered.connect(lambda _checked=False: self.show_notes(-1))

    def show_headings(self) -> None:
        """Show the outline of the note, the heading above the caret current."""
        editor = self._page.editor
        if editor.note is None:
            return
        _, outline = editor.note.outline()
        hits = [
            Hit(editor.path, title.line + 1, _INDENT * (title.level - 1) + title.title)
            for title in outline.headings
        ]
        above = sum(hit.line <= editor.line() for hit in hits)
        self._show(self.tr("Headings of this note"), hits, max(0, above - 1))

    def show_notes(self, step: int) -> None:
        """Show the notes at hand, the latest first, the one so many steps from this one current.

        Shown already, it goes on by a step. With Ctrl held, letting it go opens the note: a short Ctrl+Tab
        goes back and forth between two of them.
        """
        if self._list is not None and self._list.isVisible() and self._list.is_held:
            self._list.step(step)
            return
        hits = [
            Hit(path, 0, PurePosixPath(path).stem, "" if "/" not in path else str(PurePosixPath(path).parent))
            for path in self._desk.open_notes
        ]
        if hits:
            self._show(self.tr("Open notes"), hits, step % len(hits), held=_is_ctrl_held())

    def _show(self, title: str, hits: list[Hit], row: int, *, held: bool = False) -> None:
        if not hits:
            return
        if self._list is None:
            self._list = JumpList(self._theme, self._page)
            self._list.chosen.connect(self._go)
            self._list.left.connect(self._page.editor.setFocus)
        self._list.open(title, hits, row=row, held=held)

    def _go(self, path: str, line: int) -> None:
        self._desk.open(path, line)
        self._page.editor.setFocus()


def _is_ctrl_held() -> bool:
    """Whether Ctrl is held, or was with the key that is being heard.

    An input method hears keys first: the key may be up again by the time we hear that it went down.
    """
    held = QGuiApplication.queryKeyboardModifiers() | QGuiApplication.keyboardModifiers()
    return bool(held & Qt.KeyboardModifier.ControlModifier)
