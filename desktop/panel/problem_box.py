"""An error shown where the work was asked for: what happened, what to do, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.error_sentences import Action
from desktop.error_text import Worded
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
        self._icon = QLabel(self)
        self._text = _plain_label(self)
        self._text.setProperty("problem", True)
        self._hint = _plain_label(self)
        self._hint.setProperty("quiet", True)
        self._retry = QPushButton(self.tr("Try again"), self)
        self._retry.setObjectName("retryButton")
        self._retry.clicked.connect(self.retry_requested)
        self._settings = QPushButton(self.tr("Open the settings"), self)
        self._settings.setObjectName("problemSettings")
        self._settings.clicked.connect(self.settings_requested)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
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
        self.setAccessibleName(worded.in_full)
        self.show()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._text, 0, 1)
        grid.addWidget(self._hint, 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._retry)
        buttons.addWidget(self._settings)
        buttons.addStretch()
        grid.addLayout(buttons, 2, 1)

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon("warning", role="error").pixmap(16, 16))


def _plain_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it may quote what a server said
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
