"""What stands in a pane that has nothing to show: a few calm words, and the way on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.message_bar import Choice
from desktop.widgets.told_keys import mention_keys

ICON = 40
WIDEST = 420


class EmptyState(QWidget):
    """An icon, a title, a sentence and at most a few buttons, in the middle of the room there is.

    Signals:
        said: Something else is said.
    """

    said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._title.setProperty("title", True)
        self._text = QLabel(self)
        self._text.setProperty("quiet", True)
        mention_keys(self._text)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._made: list[QPushButton] = []
        self._lay_out()

    @property
    def title(self) -> str:
        """The words in bold."""
        return self._title.text()

    @property
    def text(self) -> str:
        """The sentence under them."""
        return self._text.text()

    def say(self, icon: QIcon, title: str, text: str, *choices: Choice) -> None:
        """Show other words and buttons."""
        self._icon.setPixmap(icon.pixmap(QSize(ICON, ICON)))
        self._title.setText(title)
        self._text.setText(text)
        for button in self._made:
            button.hide()
            button.deleteLater()
        self._made = [self._button(choice) for choice in choices]
        for button in self._made:
            button.show()  # the layout would do so later, and nothing out of sight keeps the keyboard
        self.said.emit()

    def offer(self) -> None:
        """Give the keyboard to the first button, unless it is where the person has written something."""
        focus = self.window().focusWidget()
        if self._made and not (focus and focus.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText)):
            self._made[0].setFocus()

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setProperty("primary", choice.is_primary)
        button.clicked.connect(choice.call)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def _lay_out(self) -> None:
        page = QWidget(self)
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._buttons.addStretch(1)
        self._buttons.insertStretch(0, 1)
        column.addSpacing(8)
        column.addLayout(self._buttons)
        column.addStretch(3)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addStretch(1)
        middle.addWidget(page, 1000)  # as wide as it may be, then the sides take the rest
        middle.addStretch(1)
