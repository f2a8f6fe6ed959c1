"""The top of the companion: which note it is with, which block of it, and how the window stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.companion.docking import Side
from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel


class CompanionHead(QWidget):
    """Two lines that never change their height.

    Signals:
        side_requested: The window is to stand at the other edge.
        pin_toggled: The window is to stay above the others (True), or not.
        take_back_requested: The last thing that was put into a note is to be taken out again.
    """

    side_requested = Signal()
    pin_toggled = Signal(bool)
    take_back_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("companionHead")
        self._theme = theme
        self._side = Side.RIGHT
        self.note = ElidedLabel(self)
        self.note.setObjectName("companionNote")
        self.note.setProperty("title", True)
        self.words = ElidedLabel(self)
        self.words.setObjectName("companionBlock")
        self.words.setProperty("quiet", True)
        self.take_back_button = self._make_take_back()
        self.side_button = self._button("companionSide", self.side_requested.emit)
        self.pin_button = self._button("companionPin", self._toggle_pin)
        self.pin_button.setCheckable(True)
        self._lay_out()
        theme.changed.connect(self._dress)
        self.show_side(Side.RIGHT)
        self.show_pinned(True)
        self.show_note("", "")

    def show_note(self, name: str, words: str) -> None:
        """Name the note, and quote the block that was changed last; both empty while there is none."""
        self.note.setText(name or self.tr("No note yet"))
        if name and words:
            self.words.setText(self.tr("“{words}”").format(words=" ".join(words.split())))
        elif name:
            self.words.setText(self.tr("Save in any editor: its block shows here."))
        else:
            self.words.setText(self.tr("The note you save in any editor shows here."))

    def show_side(self, side: Side) -> None:
        """Offer the other edge."""
        self._side = side
        text = self.tr("To the left edge") if side is Side.RIGHT else self.tr("To the right edge")
        self.side_button.setAccessibleName(text)
        self.side_button.setToolTip(text)
        self._dress()

    def show_pinned(self, pinned: bool) -> None:
        """Show whether the window stays above the others."""
        self.pin_button.setChecked(pinned)
        text = (
            self.tr("Stays on top; click to let other windows cover it") if pinned else self.tr("Keep on top")
        )
        self.pin_button.setAccessibleName(self.tr("Keep on top"))
        self.pin_button.setToolTip(text)

    def show_take_back(self, possible: bool) -> None:
        """Offer to take the last change back, or not."""
        self.take_back_button.setVisible(possible)

    def _toggle_pin(self) -> None:
        self.pin_toggled.emit(self.pin_button.isChecked())

    def _make_take_back(self) -> QPushButton:
        button = QPushButton(self.tr("Take back"), self)
        button.setObjectName("takeBackButton")
        button.setProperty("link", True)
        button.setToolTip(self.tr("Make the note what it was before the last change (Ctrl+Alt+Z)"))
        button.clicked.connect(self.take_back_requested)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # its coming moves nothing
        button.setSizePolicy(policy)
        button.hide()
        return button

    def _button(self, name: str, call: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(call)
        return button

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.note, 1)
        first.addWidget(self.side_button)
        first.addWidget(self.pin_button)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.words, 1)
        second.addWidget(self.take_back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)

    def _dress(self) -> None:
        self.side_button.setIcon(self._theme.icon(f"sidebar-{self._side.other.value}", role="quiet"))
        self.pin_button.setIcon(self._theme.icon("pin", role="quiet"))
