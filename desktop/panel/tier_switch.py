"""The two words on the switch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from core.engine.model import ModelState
from core.llm.chat import Tier
from desktop.panel.model_text import model_text
from desktop.widgets.plain_text import tooltip


class TierSwitch(QWidget):
    """Chooses the tier of the next request.

    Signals:
        changed: Another tier, or another model behind the one in force; carries its `ModelState` or None.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: dict[Tier, ModelState] = {}
        self._buttons = {
            Tier.FAST: self._pill("tierFast", self.tr("Faster")),
            Tier.PRECISE: self._pill("tierPrecise", self.tr("More precise")),
        }
        self.setAccessibleName(self.tr("Model"))
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self._buttons.values():
            group.addButton(button)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # its two words are never cut
        self._buttons[Tier.FAST].setChecked(True)
        self._explain()
        group.buttonToggled.connect(self._toggled)

    @property
    def tier(self) -> Tier:
        """The tier chosen."""
        return Tier.PRECISE if self._buttons[Tier.PRECISE].isChecked() else Tier.FAST

    @property
    def state(self) -> ModelState | None:
        """The model behind the tier chosen, as far as it is known."""
        return self._states.get(self.tier)

    @property
    def models(self) -> list[str]:
        """The models that are set up, each once, as `provider/model`."""
        real = [state for state in self._states.values() if state.model and not state.demonstration]
        return list(dict.fromkeys(f"{state.provider}/{state.model}" for state in real))

    def choose(self, tier: Tier) -> None:
        """Choose this tier."""
        self._buttons[tier].setChecked(True)

    def toggle(self) -> None:
        """Choose the other tier."""
        other = Tier.FAST if self.tier is Tier.PRECISE else Tier.PRECISE
        self._buttons[other].setChecked(True)

    def set_model(self, state: ModelState) -> None:
        """Remember which model a tier means."""
        self._states[state.tier] = state
        self._explain()
        self.changed.emit(self.state)

    def _pill(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setProperty("pill", True)
        return button

    def _toggled(self, _button: QPushButton, checked: bool) -> None:
        if checked:
            self.changed.emit(self.state)

    def _explain(self) -> None:
        for tier, button in self._buttons.items():
            model = model_text(self._states.get(tier))
            button.setToolTip(tooltip(self.tr("{model}\nCtrl+Shift+M switches").format(model=model)))
            button.setAccessibleName(f"{button.text()}: {model}")
