"""How a widget tells the style sheet what it is, and the usual kinds of buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget


def show_as(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that rules of the style sheet ask for, and draw the widget by them.

    Qt looks at properties only when a style is put on. One that was never set is false.
    """
    if bool(widget.property(name)) == value:
        return
    widget.setProperty(name, value)
    dress_anew(widget)


def dress_anew(widget: QWidget) -> None:
    """Draw the widget by the rules that fit it and what it stands in as they are at this moment."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def icon_button(name: str, words: str, parent: QWidget, *, size: int = 16) -> QToolButton:
    """Return a flat button for an icon, which says in words what it does to the mouse and to a screen reader.

    Args:
        name: its object name.
        size: of the icon, in pixels.
    """
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setProperty("flat", True)
    button.setIconSize(QSize(size, size))
    return button


def dialog_button(name: str, text: str, parent: QWidget, call: Callable[[], object]) -> QPushButton:
    """Return a button that Enter presses only while it has the focus: Qt takes any for a default otherwise.

    Args:
        name: its object name.
        call: what it does.
    """
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: call())
    return button
