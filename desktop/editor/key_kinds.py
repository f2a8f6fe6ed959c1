"""Telling keys that type from keys that command."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def types(event: QKeyEvent) -> bool:
    """Whether a key puts in what stands on it; a command by key, a paste among them, does not."""
    commands = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    is_alt_gr = commands == (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and (not commands or is_alt_gr)


def is_missed_command(event: QKeyEvent) -> bool:
    """Whether a key with Alt found nobody who knows it: Qt would type what stands on it.

    On macOS that is what the key is for.
    """
    is_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return is_alt and event.text().isprintable() and bool(event.text()) and sys.platform != "darwin"
