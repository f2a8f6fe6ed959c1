"""The two words on the switch, and under them which model answers and who will see the text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.engine.model import ModelState
from core.llm.chat import Tier
from desktop.panel.elided_label import ElidedLabel
from desktop.theme.theme import Theme


class TierSwitch(QWidget):
    """Chooses the tier of the next request.

    Signals:
        settings_requested: No model is set up and the person wants one.
    """

    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._states: dict[Tier, ModelState] = {}
        self._buttons = {
            Tier.FAST: self._pill("tierFast", self.tr("Faster")),
            Tier.PRECISE: self._pill("tierPrecise", self.tr("More precise")),
        }
        self._icon = QLabel(self)
        self._label = ElidedLabel(self)
        self._label.setObjectName("tierModel")
        self._label.setProperty("quiet", True)
        self._connect_button = QPushButton(self.tr("Connect a model"), self)
        self._connect_button.setObjectName("connectButton")
        self._connect_button.setProperty("flat", True)
        self._connect_button.clicked.connect(self.settings_requested)
        self._lay_out()
        self._buttons[Tier.FAST].setChecked(True)
        theme.changed.connect(self._show)
        self._show()

    @property
    def tier(self) -> Tier:
        """The tier chosen."""
        return Tier.PRECISE if self._buttons[Tier.PRECISE].isChecked() else Tier.FAST

    @property
    def state(self) -> ModelState | None:
        """The model behind the tier chosen, as far as it is known."""
        return self._states.get(self.tier)

    def toggle(self) -> None:
        """Choose the other tier."""
        other = Tier.FAST if self.tier is Tier.PRECISE else Tier.PRECISE
        self._buttons[other].setChecked(True)

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self._states[state.tier] = state
        self._show()

    def _pill(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setProperty("pill", True)
        button.setIconSize(QSize(16, 16))
        return button

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        pills = QHBoxLayout()
        pills.setSpacing(6)
        for button in self._buttons.values():
            group.addButton(button)
            pills.addWidget(button)
        pills.addStretch()
        group.buttonToggled.connect(self._show)
        where = QHBoxLayout()
        where.setSpacing(6)
        where.addWidget(self._icon)
        where.addWidget(self._label, 1)
        where.addWidget(self._connect_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(pills)
        column.addLayout(where)

    def _show(self) -> None:
        state = self.state
        self._icon.setPixmap(self._theme.icon(self._icon_name(state), role="quiet").pixmap(16, 16))
        self._label.setText(self._model_text(state))
        self._connect_button.setVisible(state is not None and (not state.model or state.demonstration))
        for tier, button in self._buttons.items():
            button.setToolTip(
                self.tr("{model} ({key} switches)").format(
                    model=self._model_text(self._states.get(tier)), key="Ctrl+Shift+M"
                )
            )
            button.setAccessibleName(f"{button.text()}: {self._model_text(self._states.get(tier))}")

    @staticmethod
    def _icon_name(state: ModelState | None) -> str:
        if state is None or not state.model:
            return "quote"
        return "computer" if state.place == "local" else "cloud"

    def _model_text(self, state: ModelState | None) -> str:
        if state is None:
            return self.tr("Getting ready")
        if not state.model:
            return self.tr("No model: quotes from your notes")
        if state.demonstration:
            return self.tr("Demonstration model, on this machine")
        if state.place == "local":
            return self.tr("{model}, on this machine").format(model=state.model)
        return self.tr("{model}, text goes to {host}").format(model=state.model, host=state.place)
