"""The notes that go along with a question, each a chip that takes it off again."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.overflow_row import OverflowRow
from desktop.widgets.plain_text import button_text, tooltip

_LONGEST = 24


class Pins(OverflowRow):
    """Holds the paths of notes in the order in which they were taken.

    Signals:
        changed: A note came or went.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paths: list[str] = []
        self.setObjectName("quickPins")
        self.setAccessibleName(self.tr("Notes that go along"))
        theme.changed.connect(self._dress)
        self._dress()
        self._show()

    @property
    def paths(self) -> tuple[str, ...]:
        """The notes, each once."""
        return tuple(self._paths)

    def add(self, path: str) -> None:
        """Let a note go along."""
        if path not in self._paths:
            self._paths.append(path)
            self._show()

    def drop(self, path: str) -> None:
        """Leave a note out."""
        if path in self._paths:
            self._paths.remove(path)
            self._show()

    def drop_last(self) -> None:
        """Leave out the note that was taken last."""
        if self._paths:
            self.drop(self._paths[-1])

    def clear(self) -> None:
        """Leave all of them out."""
        self._paths.clear()
        self._show()

    def _show(self) -> None:
        self.show_buttons([self._chip(path) for path in self._paths])
        self.setVisible(bool(self._paths))
        self.changed.emit()

    def _chip(self, path: str) -> QPushButton:
        name = PurePosixPath(path).stem
        short = name if len(name) <= _LONGEST else name[:_LONGEST].rstrip() + "…"
        chip = QPushButton(button_text(f"@{short}"), self)
        chip.setObjectName("quickPin")
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setAccessibleName(self.tr("Goes along: {note}").format(note=name))
        chip.setToolTip(tooltip(self.tr("{note} goes along. Press to leave it out.").format(note=path)))
        chip.clicked.connect(lambda _checked: self.drop(path))
        return chip

    def _dress(self) -> None:
        self.set_icon(self._theme.icon("more", role="quiet"))
