"""Chips for the pictures and recordings that the text at the caret links to; one click takes them along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.bridge.pictures import is_picture
from desktop.panel.flow_layout import FlowLayout
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text, shortened, tooltip

_LONGEST_NAME = 24


class MediaOffers(QObject):
    """Puts its chips at the end of a bar, without a frame of their own.

    Signals:
        taken: The person wants this file to go along; carries its path.
    """

    taken = Signal(object)

    def __init__(self, theme: Theme, bar: QWidget, flow: FlowLayout) -> None:
        super().__init__(bar)
        self._theme, self._bar, self._flow = theme, bar, flow
        self._chips: dict[Path, QPushButton] = {}
        theme.changed.connect(self._dress)

    def show_files(self, files: Sequence[Path]) -> None:
        """Offer these files and no others."""
        if list(files) == list(self._chips):
            return
        for file in list(self._chips):
            self._drop(file)
        for file in files:
            self._add(file)
        self._dress()
        self._bar.updateGeometry()

    def _add(self, file: Path) -> None:
        name = button_text(shortened(file.name, _LONGEST_NAME))
        chip = self._chips[file] = QPushButton(name, self._bar)
        chip.setObjectName("mediaOffer")
        seen = is_picture(file)
        about = (
            self.tr("Linked here. Click to send the picture along.")
            if seen
            else self.tr("Linked here. Click to have the recording transcribed, and to send its words along.")
        )
        chip.setAccessibleName(self.tr("Take along: {name}").format(name=file.name))
        chip.setToolTip(tooltip(f"{file.name}\n{about}"))
        chip.setProperty("chip", True)
        chip.setIconSize(QSize(12, 12))
        chip.clicked.connect(lambda: self._take(file))
        self._flow.addWidget(chip)
        chip.show()

    def _take(self, file: Path) -> None:
        self._drop(file)
        self._bar.updateGeometry()
        self.taken.emit(file)

    def _drop(self, file: Path) -> None:
        chip = self._chips.pop(file)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _dress(self) -> None:
        for chip in self._chips.values():
            chip.setIcon(self._theme.icon("plus", role="quiet"))
