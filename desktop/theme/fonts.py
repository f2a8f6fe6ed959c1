"""Fonts with a named fallback for Chinese, so that every platform picks the same kind of face."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

EDITOR_PIXELS = 15
CJK = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei")
CJK_MONO = ("Noto Sans Mono CJK SC", "PingFang SC", "Microsoft YaHei")


def ui_font() -> QFont:
    """Return the system's interface font at its own size."""
    return _with_fallback(QApplication.font(), CJK)


def editor_font() -> QFont:
    """Return the interface face at the size the editor reads well at."""
    font = ui_font()
    font.setPixelSize(EDITOR_PIXELS)
    return font


def mono_font() -> QFont:
    """Return the system's fixed-width face; Chinese in it is as wide as two letters where fonts allow."""
    return _with_fallback(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont), CJK_MONO)


def _with_fallback(font: QFont, fallback: tuple[str, ...]) -> QFont:
    families = [*font.families(), *(family for family in fallback if family not in font.families())]
    result = QFont(font)
    result.setFamilies(families)
    return result
