"""The way of Tab through widgets that were not all made in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_read(page: QWidget) -> None:
    """Let Tab go through what stands on a page from the top down; Qt goes by the age of the widgets."""
    layout = page.layout()
    order = list(_reached(layout)) if layout is not None else []
    for before, after in pairwise([*_last_before(page), *order]):
        QWidget.setTabOrder(before, after)


def _reached(layout: QLayout) -> Iterator[QWidget]:
    """Yield what Tab comes to in a layout, in the order in which it is laid out."""
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        widget = item.widget()
        if widget is not None and _takes_tab(widget):
            yield widget
        elif (inner := widget.layout() if widget is not None else item.layout()) is not None:
            yield from _reached(inner)


def _last_before(page: QWidget) -> list[QWidget]:
    """Return what Tab comes to before a page; nothing where the page is all there is."""
    widget = page.previousInFocusChain()
    while widget is not None and widget is not page:
        if _takes_tab(widget) and not page.isAncestorOf(widget):
            return [widget]
        widget = widget.previousInFocusChain()
    return []


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
