"""A frame that shows where the keys go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.widgets.dressing import show_as


class FocusFrame(QObject):
    """Draws a frame by the style sheet's rules for `focused` while a widget has the keyboard.

    Signals:
        changed: The frame was drawn anew.
    """

    changed = Signal()

    def __init__(self, widget: QWidget, frame: QWidget | None = None) -> None:
        """Watch `widget` for as long as it lives; the frame is its own unless it stands in another."""
        super().__init__(widget)
        self._frame = frame or widget
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Tell the frame; the widget takes the event all the same."""
        has_focus = event.type() is QEvent.Type.FocusIn
        if (has_focus or event.type() is QEvent.Type.FocusOut) and isValid(self._frame):
            show_as(self._frame, "focused", has_focus)
            self.changed.emit()
        return False
