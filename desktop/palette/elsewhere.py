"""What the person has selected or copied in whatever program they come from."""

from __future__ import annotations

from PySide6.QtGui import QClipboard, QGuiApplication

LARGEST = 20_000
"""Characters that go along; the engine trims to the model's budget."""


def selected_elsewhere() -> str:
    """Return the primary selection where the desktop has one, else the clipboard's text; empty for neither.

    Read only when the person asks for it: a clipboard may hold a password.
    """
    clipboard = QGuiApplication.clipboard()
    text = ""
    if clipboard.supportsSelection() and not clipboard.ownsSelection():
        text = clipboard.text(QClipboard.Mode.Selection)
    return (text.strip() or clipboard.text().strip())[:LARGEST]
