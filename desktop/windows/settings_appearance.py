"""The settings page for theme and language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from core.settings import AppearanceSettings, Settings
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox

_WIDTH = 240


class AppearancePage(QWidget):
    """Chooses how the window looks and speaks.

    Signals:
        changed: Carries the `AppearanceSettings` chosen.
        restart_requested: The person does not want to wait for the next start.
    """

    changed = Signal(object)
    restart_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value = AppearanceSettings()
        self._at_first = self._value.language
        self.theme_box = self._box(
            "themeBox",
            self.tr("Theme"),
            {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")},
        )
        # A language is written in itself: whoever looks for it can read it.
        self.language_box = self._box(
            "languageBox",
            self.tr("Language"),
            {"system": self.tr("As the system"), "en": "English", "zh_CN": "简体中文"},
        )
        self._later = QLabel(
            self.tr("The language changes with the next start; notes and places are kept."), self
        )
        self._later.setProperty("quiet", True)
        self._later.setWordWrap(True)
        self.restart_button = QPushButton(self.tr("Save and restart now"), self)
        self.restart_button.setObjectName("restartButton")
        self.restart_button.setAutoDefault(False)
        self.restart_button.clicked.connect(self.restart_requested)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Theme"), self.theme_box)
        form.addRow(self.tr("Language"), self.language_box)
        form.addRow("", self._later)
        row = QHBoxLayout()
        row.addWidget(self.restart_button)
        row.addStretch()
        form.addRow("", row)
        self.theme_box.activated.connect(self._chosen)
        self.language_box.activated.connect(self._chosen)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._value = settings.appearance
        self._at_first = self._value.language
        self.theme_box.setCurrentIndex(max(self.theme_box.findData(self._value.theme), 0))
        self.language_box.setCurrentIndex(max(self.language_box.findData(self._value.language), 0))
        self._show_restart()

    def _box(self, name: str, label: str, choices: dict[str, str]) -> ChoiceBox:
        box = ChoiceBox(self._theme, name, label, self)
        for value, text in choices.items():
            box.addItem(text, value)
        box.setFixedWidth(_WIDTH)
        return box

    def _chosen(self) -> None:
        self._value = replace(
            self._value, theme=self.theme_box.currentData(), language=self.language_box.currentData()
        )
        self._show_restart()
        self.changed.emit(self._value)

    def _show_restart(self) -> None:
        """Offer what only another language needs; the session is there again afterwards."""
        differs = self._value.language != self._at_first
        self._later.setVisible(differs)
        self.restart_button.setVisible(differs)
