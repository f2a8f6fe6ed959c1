"""One row of the models page: which provider and model a tier, or work of its own, means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from core.settings import LOCAL_PROVIDER, TierSettings
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox


class TierChoice(QWidget):
    """A provider and, of its models, one; a model that is not listed can be typed.

    Args:
        automatic: what an empty choice means, in words; empty where something must be chosen.
        on_machine: what the built-in provider is called here; empty where it cannot do the work.

    Signals:
        changed: Carries the `TierSettings` chosen.
    """

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        label: str,
        parent: QWidget | None = None,
        *,
        automatic: str = "",
        on_machine: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._automatic = automatic
        self._on_machine = self.tr("Demonstration model") if on_machine is None else on_machine
        self._models: Mapping[str, Sequence[str]] = {}
        provider = self.tr("{tier}: provider").format(tier=label)
        self.provider_box = ChoiceBox(theme, f"{name}Provider", provider, self)
        self.model_box = ChoiceBox(theme, f"{name}Model", self.tr("{tier}: model").format(tier=label), self)
        self.model_box.setEditable(True)
        self.model_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box in (self.provider_box, self.model_box):  # columns of equal width in every row
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.provider_box, 1)
        row.addWidget(self.model_box, 2)
        self.provider_box.activated.connect(self._provider_chosen)
        self.model_box.currentTextChanged.connect(self._emit)

    def show_choices(self, models: Mapping[str, Sequence[str]], chosen: TierSettings) -> None:
        """Offer the providers (the keys of `models`) and their models, and show what is chosen."""
        self._models = models
        with QSignalBlocker(self.provider_box):
            self.provider_box.clear()
            if self._automatic:
                self.provider_box.addItem(self._automatic, "")
            for name in models:
                self.provider_box.addItem(name, name)
            if self._on_machine:
                self.provider_box.addItem(self._on_machine, LOCAL_PROVIDER)
            first = "" if self._automatic else next(iter(models), LOCAL_PROVIDER)
            known = chosen.provider or first
            index = self.provider_box.findData(known)
            self.provider_box.setCurrentIndex(max(index, 0))
        self._fill_models(chosen.model if index >= 0 else self._first_model())

    @property
    def value(self) -> TierSettings:
        """What is chosen."""
        provider = self.provider_box.currentData() or ""
        model = self.model_box.currentText().strip() if self._has_models(provider) else ""
        return TierSettings(provider, model)

    def _fill_models(self, model: str) -> None:
        provider = self.provider_box.currentData()
        with QSignalBlocker(self.model_box):
            self.model_box.clear()
            self.model_box.addItems(list(self._models.get(provider, ())))
            self.model_box.setCurrentText(model)
        self.model_box.setVisible(self._has_models(provider))

    @staticmethod
    def _has_models(provider: str) -> bool:
        return provider not in ("", LOCAL_PROVIDER)

    def _provider_chosen(self) -> None:
        self._fill_models(self._first_model())
        self._emit()

    def _first_model(self) -> str:
        return next(iter(self._models.get(self.provider_box.currentData(), ())), "")

    def _emit(self) -> None:
        self.changed.emit(self.value)
