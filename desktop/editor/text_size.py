"""Notes in larger and smaller letters: what `Ctrl+=` and `Ctrl+-` do, kept from one start to the next."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from desktop.editor.note_page import NotePage
from desktop.theme.fonts import EDITOR_PIXELS
from desktop.theme.theme import Theme

STEPS = (11, 13, 15, 17, 19, 22, 25, 28, 32)
"""Sizes in pixels; each is about an eighth more than the one before.

WORKAROUND: no two are neighbours. Code is a pixel smaller, and Qt (6.11) takes two faces that begin with the
same family, the strut, for one where they are of one size: plain words came out in the fixed-width face.
"""


class TextSizeMemory(Protocol):
    """Remembers how large the letters of notes are."""

    text_pixels: int
    """0 where nothing is remembered."""


class TextSize(QObject):
    """Changes the size by the page's actions."""

    def __init__(self, page: NotePage, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._memory: TextSizeMemory | None = None
        page.larger_action.triggered.connect(lambda _checked=False: self.step(1))
        page.smaller_action.triggered.connect(lambda _checked=False: self.step(-1))
        page.usual_size_action.triggered.connect(lambda _checked=False: self._set(EDITOR_PIXELS))

    def remember_in(self, memory: TextSizeMemory) -> None:
        """Take the size of the last time, and remember that for the next."""
        self._memory = memory
        if memory.text_pixels in STEPS:
            self._theme.set_text_pixels(memory.text_pixels)

    def step(self, by: int) -> None:
        """Take a size so many steps larger, as far as there is one."""
        here = STEPS.index(self._theme.text_pixels)
        self._set(STEPS[min(max(here + by, 0), len(STEPS) - 1)])

    def _set(self, pixels: int) -> None:
        self._theme.set_text_pixels(pixels)
        if self._memory is not None:
            self._memory.text_pixels = pixels
