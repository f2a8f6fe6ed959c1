"""The rendered note beside the editor: when it is shown, when it is made anew, what it follows.

Everything happens at the person's pauses and in slices of a few milliseconds; a key press starts a timer.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QImage

from core.concurrency import CancelToken
from desktop.bridge.tasks import TaskRunner
from desktop.editor.markdown_tokens import NORMAL
from desktop.editor.note_page import NotePage
from desktop.editor.preview_formulas import Formulas
from desktop.editor.preview_parts import pictures_in, with_pictures
from desktop.editor.preview_pieces import window
from desktop.editor.preview_rendering import PreviewRendering
from desktop.editor.slices import Slices, Work
from desktop.theme.theme import Theme

if TYPE_CHECKING:  # not before somebody wants it
    from desktop.editor.note_preview import NotePreview

log = logging.getLogger(__name__)

PAUSE_MS = 250
"""After a key; the outline of the note has been found by then, its lines with it."""
FOLLOW_MS = 40
NARROW = 720
"""Pixels below which the note stands above its preview."""


class PreviewMemory(Protocol):
    """Remembers whether the preview is shown."""

    shows_preview: bool


class Preview(QObject):
    """Shows the rendered note of one page while the person wants it."""

    def __init__(
        self, page: NotePage, tasks: TaskRunner, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page, self._editor, self._tasks, self._theme = page, page.editor, tasks, theme
        self._memory: PreviewMemory | None = None
        self._vault: Path | None = None
        self._view: NotePreview | None = None
        self._rendering = PreviewRendering()
        self._formulas = Formulas(tasks, parent=self)
        self._is_drawing = False
        self._pictures: dict[str, QImage | None] = {}
        self._asked: set[str] = set()
        self._window = (0, 0)
        self._is_warm = False
        self._follows_scroll = False
        self._leads = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._slices = Slices(self)
        self._follow = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._follow.timeout.connect(self._follow_editor)
        self._connect()

    def _connect(self) -> None:
        editor = self._editor
        self._page.preview_action.toggled.connect(self._toggled)
        self._page.sheet.installEventFilter(self)
        editor.note_shown.connect(self._note_shown)
        editor.leaving.connect(self._leave)
        editor.cursorPositionChanged.connect(partial(self._moved, False))
        editor.verticalScrollBar().valueChanged.connect(lambda _value: self._moved(True))
        self._theme.changed.connect(self._begin)
        self._note_shown()

    @property
    def view(self) -> NotePreview | None:
        """What shows it; None until it was wanted."""
        return self._view

    def remember_in(self, memory: PreviewMemory) -> None:
        """Show it if it was shown the last time, and remember that for the next."""
        self._memory = memory
        self._page.preview_action.setChecked(memory.shows_preview)

    def open_vault(self, vault: Path | None) -> None:
        """Show the pictures of this vault."""
        self._vault = vault
        self._forget_pictures()

    def close(self) -> None:
        """End the process that draws formulas, if there is one."""
        self._formulas.close()

    @property
    def _is_shown(self) -> bool:
        return self._view is not None and not self._view.isHidden()

    def _toggled(self, shown: bool) -> None:
        if self._memory is not None:
            self._memory.shows_preview = shown
        if shown and self._view is None:
            from desktop.editor.note_preview import NotePreview

            self._view = NotePreview(self._theme, self._formulas, self._page.sheet)
            self._view.link_activated.connect(self._editor.link_activated)
            self._view.scrolled.connect(self._lead)
            self._page.sheet.addWidget(self._view)
            self._page.sheet.setSizes([1, 1])
            self._warm_up()
        if self._view is not None:
            self._view.setVisible(shown)
        if shown:
            self._begin()
        else:
            self._rest()

    def _warm_up(self) -> None:
        """Import the parser off this thread: 60 ms."""
        self._tasks.submit(
            lambda _token: _import_parser(),
            done=lambda _none: self._warmed(),
            failed=lambda error: log.warning("notes cannot be rendered: %s", error),
        )

    def _warmed(self) -> None:
        self._is_warm = True
        self._begin()

    def _note_shown(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.connect(self._edited)
        self._forget_pictures()
        self._begin()

    def _leave(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.disconnect(self._edited)
        self._rest()

    def _edited(self) -> None:
        if self._is_shown:
            self._pause.start(PAUSE_MS)

    def _begin(self) -> None:
        if self._is_shown:
            self._pause.start(0)

    def _rest(self) -> None:
        for part in (self._pause, self._slices, self._follow):
            part.stop()

    def _forget_pictures(self) -> None:
        self._pictures, self._asked = {}, set()

    # What is shown

    def _look(self) -> None:
        """See which pieces there are, and begin to render those that are new."""
        note = self._editor.note
        if not (self._is_warm and self._is_shown) or note is None:
            return
        from desktop.widgets.document_style import code_style

        lines, _ = note.outline()
        self._window = window(len(lines), self._line())
        first, end = self._start_at(self._window[0]), self._window[1]
        self._rendering.look_at(lines, first, end, code_style(self._theme))
        self._slices.begin(self._render())

    def _start_at(self, first: int) -> int:
        """Return the line at which a part of the note can begin: not within a fence."""
        block = self._editor.document().findBlockByNumber(first)
        while block.previous().isValid() and block.previous().userState() != NORMAL:
            block = block.previous()
        return block.blockNumber()

    def _render(self) -> Work:
        """Render what is missing, let formulas be drawn, and show all of it."""
        yield from self._rendering.steps()
        missing = self._formulas.missing(self._rendering.formulas())
        if missing and not self._is_drawing:
            self._is_drawing = True
            self._formulas.draw(missing, self._drawn)
        if missing:
            return  # and go on when they are there: nothing in sight is replaced twice
        yield  # showing it takes as long as some slices
        self._show()

    def _drawn(self) -> None:
        self._is_drawing = False
        if self._is_shown and not self._pause.isActive():
            self._slices.begin(self._render())

    def _show(self) -> None:
        if self._view is None:
            return
        parts = self._rendering.composed()
        self._ask_for_pictures("".join(html for _, html in parts))
        column = self._view.column
        known = {name: image for name, image in self._pictures.items() if image is not None}
        put = self._formulas.put_into
        self._view.show_pieces(
            [(line, put(with_pictures(html, self._pictures, column))) for line, html in parts], known
        )
        self._follow_editor()

    def _ask_for_pictures(self, html: str) -> None:
        vault, note = self._vault, self._editor.path
        for name in pictures_in(html):
            if vault is not None and name not in self._asked:
                self._asked.add(name)
                self._tasks.submit(
                    partial(_read_picture, vault, note, name),
                    done=partial(self._picture_read, note, name),
                    failed=partial(self._picture_failed, note, name),
                )

    def _picture_read(self, note: str, name: str, image: QImage | None) -> None:
        if note == self._editor.path:
            self._pictures[name] = image
            self._pause.start(PAUSE_MS)

    def _picture_failed(self, note: str, name: str, error: Exception) -> None:
        log.info("a picture could not be read: %s", error)
        self._picture_read(note, name, None)

    # What it follows

    def _moved(self, scrolled: bool) -> None:
        if self._is_shown:
            self._follows_scroll = scrolled
            if not self._leads:
                self._follow.start()

    def _lead(self, line: int) -> None:
        """Take the editor along to where the person scrolls."""
        self._leads = self._follows_scroll = True
        self._follow.stop()
        self._editor.scroll_to(line)
        self._leads = False
        if self._shows_other_part():
            self._follow.start()

    def _shows_other_part(self) -> bool:
        """Whether of a long note another part is shown than the one that the person has in mind."""
        return self._window != window(self._editor.blockCount(), self._line())

    def _follow_editor(self) -> None:
        """Bring what stands at the caret, or at the top after scrolling, to the same height."""
        if self._view is None or not self._is_shown or self._editor.note is None:
            return
        if self._shows_other_part() and not self._pause.isActive():
            self._begin()
        self._view.follow(self._line(), 0 if self._follows_scroll else self._editor.cursorRect().top())

    def _line(self) -> int:
        """Return the line that the person has in mind, from 0."""
        if self._follows_scroll:
            return self._editor.firstVisibleBlock().blockNumber()
        return self._editor.line() - 1

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stand below the note where there is no room beside it."""
        if event.type() == QEvent.Type.Resize:
            is_narrow = self._page.sheet.width() < NARROW
            self._page.sheet.setOrientation(
                Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
            )
            self._moved(self._follows_scroll)
        return False


def _import_parser() -> None:
    from core.text.note_html import render_note

    render_note("`x`\n\n```python\nx\n```\n", code_style="default")


def _read_picture(vault: Path, note: str, name: str, _token: CancelToken) -> QImage | None:
    from desktop.bridge.shown_pictures import read_picture

    return read_picture(vault, note, name)
