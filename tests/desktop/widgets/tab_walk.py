"""What a person comes to who presses Tab."""

from PySide6.QtCore import Qt


def walked(window, *, begin):
    """Return the names of what Tab comes to in a window, from the widget of this name once round."""
    chain, widget = [], window.nextInFocusChain()
    while widget is not window:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    reached = [w for w in chain if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isEnabled()]
    names = [w.objectName() for w in reached if w.isVisibleTo(window) and _is_own(w.objectName())]
    start = names.index(begin)
    return names[start:] + names[:start]


def _is_own(name):
    return bool(name) and not name.startswith("qt_")
