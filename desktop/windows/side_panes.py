"""The two side panes of the window: how wide they are and whether they are folded away.

In a narrow window one of them at most has room beside the note.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.windows.window_state import WindowState

NARROW = 960
"""Below this width, tree and panel leave the note less than half even at their narrowest."""
LEFT_WIDTH = 240
RIGHT_WIDTH = 380
LEAST = {"left": 160, "right": 320}


class SidePanes(QObject):
    """Folds the first and the last widget of a splitter, and remembers it.

    Signals:
        changed: A pane was folded or unfolded.
    """

    changed = Signal()

    def __init__(self, splitter: QSplitter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._splitter = splitter
        self._wanted = {"left": True, "right": True}
        self._widths = {"left": LEFT_WIDTH, "right": RIGHT_WIDTH}
        self._was_narrow = False
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(self._measure)

    def restore(self, state: WindowState) -> None:
        """Take widths and folds from the last time."""
        for name, width in (("left", LEFT_WIDTH), ("right", RIGHT_WIDTH)):
            self._widths[name], folded = state.pane(name, width)
            self._wanted[name] = not folded
        self._apply()

    def remember(self, state: WindowState) -> None:
        """Hand widths and folds over for the next time."""
        for name, wanted in self._wanted.items():
            state.set_pane(name, self._widths[name], folded=not wanted)

    def is_shown(self, name: str) -> bool:
        """Whether the pane `left` or `right` is in sight."""
        return not self._pane(name).isHidden()

    def toggle(self, name: str) -> None:
        """Fold or unfold a pane."""
        self.show(name, not self.is_shown(name))

    def show(self, name: str, shown: bool = True) -> None:
        """Unfold or fold a pane; in a narrow window the other one makes room."""
        self._wanted[name] = shown
        other = "right" if name == "left" else "left"
        if shown and self._is_narrow():
            self._pane(other).hide()
        self._pane(name).setVisible(shown)
        self._resize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out the room anew when the window grows or shrinks: the note has half of it at least."""
        if event.type() == QEvent.Type.Resize:
            if self._is_narrow() != self._was_narrow:
                self._apply()
            else:
                self._resize()
        return super().eventFilter(watched, event)

    def _apply(self) -> None:
        self._was_narrow = self._is_narrow()
        right = self._wanted["right"]
        self._pane("right").setVisible(right)
        self._pane("left").setVisible(self._wanted["left"] and not (self._was_narrow and right))
        self._resize()

    def _resize(self) -> None:
        width = self._splitter.width()
        left = self._widths["left"] if self.is_shown("left") else 0
        right = self._widths["right"] if self.is_shown("right") else 0
        right = min(right, max(LEAST["right"], width // 2 - left))
        left = min(left, max(LEAST["left"], width // 2 - right))
        self._splitter.setSizes([left, max(1, width - left - right), right])
        self.changed.emit()

    def _measure(self) -> None:
        sizes = self._splitter.sizes()
        for name, size in (("left", sizes[0]), ("right", sizes[2])):
            if size and self.is_shown(name):
                self._widths[name] = size

    def _is_narrow(self) -> bool:
        return self._splitter.width() < NARROW

    def _pane(self, name: str) -> QWidget:
        pane = self._splitter.widget(0 if name == "left" else 2)
        assert pane is not None
        return pane


def make_splitter(left: QWidget, centre: QWidget, right: QWidget, parent: QWidget) -> QSplitter:
    """Return a splitter whose middle takes all the room that is gained."""
    splitter = QSplitter(Qt.Orientation.Horizontal, parent)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for place, widget in enumerate((left, centre, right)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(place, int(widget is centre))
    return splitter
