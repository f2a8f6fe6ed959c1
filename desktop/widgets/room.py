"""How large a window opens: as it wants to be, but with its frame no larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_OF_THE_SCREEN = 0.94
"""The rest is for the frame, and for seeing that there is something behind."""


def take_room(window: QWidget, wanted: QSize) -> None:
    """Give a window this size, or what the screen has of it.

    Left alone, Qt opens a dialog on two thirds of the screen at most: of a small one, too little to read.
    """
    window.resize(wanted.boundedTo(window.screen().availableSize() * _OF_THE_SCREEN))
