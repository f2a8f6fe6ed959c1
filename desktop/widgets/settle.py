"""Lays out at once what Qt would lay out one level per event, painting in between."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget


def settle_layout(widget: QWidget) -> None:
    """Give everything around `widget` its place now, up to the scroll area it is in.

    A text that has grown would otherwise be painted over what stands below it until the next events.
    """
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        QApplication.sendEvent(parent, QEvent(QEvent.Type.LayoutRequest))
        parent = parent.parentWidget()
