"""What the person has selected or copied in whatever program they come from."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication

LARGEST = 20_000
"""Characters that go along; the engine trims to the model's budget."""


def selected_elsewhere(*, but_not: str = "") -> str:
    """Return the primary selection where the desktop has one, else the clipboard's text; empty for neither.

    `but_not` is the question itself, which becomes the selection as soon as somebody marks it.
    Read only when the person asks for it: a clipboard may hold a password.
    """
    clipboard = QGuiApplication.clipboard()
    text = ""
    if clipboard.supportsSelection():
        text = clipboard.text(QClipboard.Mode.Selection).strip()
    if text and text in but_not:
        text = ""
    return (text or clipboard.text().strip())[:LARGEST]
