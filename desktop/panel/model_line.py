"""Which model answers next, and who will see the text; one click away from a better one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.engine.model import ModelState
from core.llm.chat import LOCAL
from desktop.panel.model_text import model_text
from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel


class ModelLine(QWidget):
    """One quiet line under the switch.

    Signals:
        settings_requested: The person wants to connect a model.
    """

    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: ModelState | None = None
        self._icon = QLabel(self)
        self._label = ElidedLabel(self)
        self._label.setObjectName("tierModel")
        self._label.setProperty("quiet", True)
        self._button = QPushButton(self.tr("Connect"), self)
        self._button.setAccessibleName(self.tr("Connect a model"))
        self._button.setToolTip(self.tr("Connect a model"))
        self._button.setObjectName("connectButton")
        self._button.setProperty("link", True)
        self._button.clicked.connect(self.settings_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self.setMinimumHeight(self._button.sizeHint().height())  # kept, so that nothing jumps
        theme.changed.connect(self._dress)
        self.show_state(None)

    def show_state(self, state: ModelState | None) -> None:
        """Name the model; None while the engine has not said yet."""
        self._state = state
        self._label.setText(model_text(state))
        self._button.setVisible(state is not None and (not state.model or state.demonstration))
        self._dress()

    def _dress(self) -> None:
        self._icon.setPixmap(self._theme.icon(self._icon_name(), role="quiet").pixmap(16, 16))

    def _icon_name(self) -> str:
        if self._state is None or not self._state.model:
            return "quote"
        return "computer" if self._state.place == LOCAL else "cloud"
