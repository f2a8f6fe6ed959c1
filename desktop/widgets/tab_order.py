"""The way of Tab through widgets that were not all made in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def tab_as_read(page: QWidget, *, after: QWidget | None = None) -> None:
    """Let Tab go through what stands on a page from the top down, behind `after`; Qt goes by age.

    The focus chain is not asked what lies before: PySide takes what it returns for a child of the widget
    that was asked, and the collector then deletes pages that are still in use.
    """
    layout = page.layout()
    order = list(_reached(layout)) if layout is not None else []
    for before, behind in pairwise([*filter(None, (after,)), *order]):
        QWidget.setTabOrder(before, behind)


def first_as_read(page: QWidget) -> QWidget | None:
    """Return what Tab comes to first on a page; None where there is nothing."""
    layout = page.layout()
    order = _reached(layout) if layout is not None else iter(())
    return next((widget for widget in order if widget.isEnabled() and not widget.isHidden()), None)


def _reached(layout: QLayout) -> Iterator[QWidget]:
    """Yield what Tab comes to in a layout, in the order in which it is laid out."""
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        widget = item.widget()
        if widget is not None and _takes_tab(widget):
            yield widget
        elif (inner := widget.layout() if widget is not None else item.layout()) is not None:
            yield from _reached(inner)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
