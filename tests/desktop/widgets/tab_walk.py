"""What a person comes to who presses Tab."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

MOST = 300


def walked(window, *, begin):
    """Press Tab from the widget of this name on until it comes round again; returns the names."""
    widgets = window.findChildren(QWidget, begin)
    first = next(widget for widget in widgets if widget.isVisibleTo(window))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    return [name for name in (widget.objectName() for widget in pressed(window, first)) if name]


def pressed(window, first):
    """Return what has the keyboard while Tab is pressed from `first` on, once round."""
    found = [first]
    while len(found) < MOST:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        if focus is first or focus is None:
            break
        found.append(focus)
    return found
