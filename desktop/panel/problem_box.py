"""An error shown where the work was asked for: what happened, what to do, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.error_text import Action, Worded
from desktop.theme.theme import Theme


class ProblemBox(QFrame):
    """Shows a worded error.

    Signals:
        retry_requested: Try the same again.
        settings_requested: Open the settings.
    """

    retry_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("problem")
        self.setProperty("problem", True)
        self._text = _plain_label(self)
        self._hint = _plain_label(self)
        self._retry = QPushButton(self.tr("Try again"), self)
        self._retry.setObjectName("retryButton")
        self._retry.clicked.connect(self.retry_requested)
        self._settings = QPushButton(self.tr("Open the settings"), self)
        self._settings.setObjectName("problemSettings")
        self._settings.clicked.connect(self.settings_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(self._retry)
        buttons.addWidget(self._settings)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; empty while there is no problem."""
        return "" if self.isHidden() else self._text.text()

    def show_problem(self, worded: Worded) -> None:
        """Show what happened; trying again is always possible, the settings where they would help."""
        self._text.setText(worded.text)
        self._hint.setText(worded.hint)
        self._hint.setVisible(bool(worded.hint))
        self._settings.setVisible(worded.action is Action.OPEN_SETTINGS)
        self.setAccessibleName(f"{worded.text} {worded.hint}")
        self.show()


def _plain_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what a server said
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
