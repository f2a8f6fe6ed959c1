"""A slim bar that says one thing and offers what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.widgets.dressing import show_as


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a message: its words and what it does."""

    text: str
    call: Callable[[], None]
    is_primary: bool = False


class MessageBar(QFrame):
    """Takes no room while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("bar", True)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str, *choices: Choice, is_problem: bool = False) -> None:
        """Show a sentence with its buttons in place of what was there."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._clear()
        for choice in choices:
            self._add(choice)
        show_as(self, "problem", is_problem)
        self.show()

    def rest(self) -> None:
        """Say nothing."""
        self.hide()
        self._clear()

    def _add(self, choice: Choice) -> None:
        button = QPushButton(choice.text, self)
        button.setProperty("primary", choice.is_primary)
        button.clicked.connect(choice.call)
        self._row.addWidget(button)
        button.show()  # in a bar that is in sight already, Qt would leave it for the next event
        self._buttons.append(button)

    def _clear(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
