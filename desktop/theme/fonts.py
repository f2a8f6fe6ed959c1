"""Fonts with a named fallback for Chinese, so that every platform picks the same kind of face.

The fonts of the editor begin with the strut (see `packaging/strut_font.py`): it has no letters, only the
height of a line, which a plain text edit cannot be told otherwise.
"""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.theme.resources import resource

log = logging.getLogger(__name__)

EDITOR_PIXELS = 15
CJK = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei")
CJK_MONO = ("Noto Sans Mono CJK SC", "PingFang SC", "Microsoft YaHei")


def ui_font() -> QFont:
    """Return the system's interface font at its own size."""
    return _with_fallback(QApplication.font(), CJK)


def editor_font(pixels: int = EDITOR_PIXELS) -> QFont:
    """Return the interface face at the editor's size, usually one that reads well, with lines 1.6 em high."""
    return _with_strut(ui_font(), pixels)


def mono_font() -> QFont:
    """Return the system's fixed-width face; Chinese in it is as wide as two letters where fonts allow."""
    return _with_fallback(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), CJK_MONO)


def editor_mono_font(pixels: int = EDITOR_PIXELS) -> QFont:
    """Return the fixed-width face at the editor's size and line height."""
    return _with_strut(mono_font(), pixels)


def _with_strut(font: QFont, pixels: int) -> QFont:
    font.setPixelSize(pixels)
    if strut := _strut_family():
        font.setFamilies([strut, *font.families()])
    return font


@cache
def _strut_family() -> str:
    """Load the strut once; empty, and lines of the face's own height, where that fails."""
    loaded = QFontDatabase.addApplicationFont(str(resource("fonts/strut.ttf")))
    families = QFontDatabase.applicationFontFamilies(loaded) if loaded >= 0 else []
    if not families:
        log.warning("the font that sets the line height could not be loaded")
    return families[0] if families else ""


def _with_fallback(font: QFont, fallback: tuple[str, ...]) -> QFont:
    families = [*font.families(), *(family for family in fallback if family not in font.families())]
    result = QFont(font)
    result.setFamilies(families)
    return result
