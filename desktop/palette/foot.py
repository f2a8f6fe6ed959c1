"""The lower edge of quick-ask: what became of it, and what can be done with the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.dressing import show_as
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.enter_keys import native


class Foot(QWidget):
    """Shows a row of actions, each with its key, and one line of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = ElidedLabel(self)
        self._status.setObjectName("quickStatus")
        self._status.setProperty("quiet", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._status, 1)

    def add(self, action: QAction, name: str) -> QPushButton:
        """Show an action as a button with its key; `name` is the object name."""
        button = QPushButton(_with_key(action), self)
        button.setObjectName(name)
        button.setAccessibleName(action.text())
        button.setProperty("flat", True)
        button.setProperty("key", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(lambda _checked: action.trigger())
        action.enabledChanged.connect(button.setEnabled)
        action.changed.connect(lambda: button.setText(_with_key(action)))
        self._row.addWidget(button)
        return button

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show one line; "" for none."""
        self._status.setText(text)
        show_as(self._status, "problem", problem)

    @property
    def words(self) -> str:
        """The line as it was said."""
        return self._status.whole_text()


def _with_key(action: QAction) -> str:
    return f"{action.text()}  {native(action.shortcut())}".rstrip()
