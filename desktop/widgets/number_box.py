"""Fields for numbers in the shape of all other fields."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox

_SIDE = 8


def give_room(box: QAbstractSpinBox) -> None:
    """Keep the number off the frame: a style sheet's padding does not reach the line inside a spin box."""
    box.lineEdit().setTextMargins(_SIDE, 0, _SIDE, 0)
