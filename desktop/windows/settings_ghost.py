"""The settings page for ghost text: whether and where. Its keys stand with the others on the page of keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.settings import GhostSettings, Settings
from desktop.widgets.enter_keys import native
from desktop.widgets.indexed_pages import quiet_words


class GhostPage(QWidget):
    """Edits the part of `Settings.ghost` that is no key.

    Signals:
        changed: Carries the `GhostSettings` as they are now.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = GhostSettings()
        self.enabled = QCheckBox(self.tr("Offer ghost text while I write"), self)
        self.enabled.setObjectName("ghostBox")
        self.model = QCheckBox(self.tr("Ask the faster model too, where one is connected"), self)
        self.model.setObjectName("ghostModelBox")
        self.in_code = QCheckBox(self.tr("Your own words in code as well"), self)
        self.in_code.setObjectName("ghostCodeBox")
        self._keys = quiet_words("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self.enabled, self._hint(), self.model, self.in_code, self._keys):
            column.addWidget(part)
        column.addStretch()
        self.enabled.clicked.connect(self._clicked)
        self.model.clicked.connect(self._clicked)
        self.in_code.clicked.connect(self._clicked)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._value = settings.ghost
        self.enabled.setChecked(self._value.enabled)
        self.model.setChecked(self._value.model)
        self.in_code.setChecked(self._value.in_code)
        self._keys.setText(self._told())

    def _told(self) -> str:
        """Say which keys there are; one that was taken away is not mentioned."""
        said = (
            (self.tr("{key} takes it"), self._value.take),
            (self.tr("{key} takes a word"), self._value.take_word),
            (self.tr("{key} drops it"), self._value.refuse),
        )
        told = [words.format(key=native(QKeySequence.fromString(key))) for words, key in said if key]
        return "\n".join(filter(None, ("  ·  ".join(told), self.tr("The keys are changed under Keys."))))

    def _hint(self) -> QWidget:
        text = self.tr(
            "Grey words after the caret when you pause, as your own notes would go on. "
            "Without the tick they come only when you ask for them by key."
        )
        return quiet_words(text, self)

    def _clicked(self) -> None:
        self._value = replace(
            self._value,
            enabled=self.enabled.isChecked(),
            model=self.model.isChecked(),
            in_code=self.in_code.isChecked(),
        )
        self.changed.emit(self._value)
