"""The slim line between the quotes and a model's words: who speaks, and how far to trust it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.assist.model import ModelChosen
from desktop.panel.model_text import named_model


class ModelNotice(QWidget):
    """Names the model; warns of the demonstration model and offers a real one.

    Signals:
        settings_requested: The person wants to connect a model.
    """

    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelNotice")
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("quiet", True)
        self._button = QPushButton(self.tr("Connect a model"), self)
        self._button.setObjectName("connectModel")
        self._button.setProperty("link", True)
        self._button.clicked.connect(self.settings_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_model(self, chosen: ModelChosen, *, has_quotes: bool) -> None:
        """Say who answers."""
        self._words.setText(self._text(chosen, has_quotes))
        self._button.setVisible(chosen.demonstration)
        self.show()

    def _text(self, chosen: ModelChosen, has_quotes: bool) -> str:
        if chosen.demonstration and has_quotes:
            return self.tr(
                "Demonstration model on this machine: its words may be wrong. The quotes above are yours."
            )
        if chosen.demonstration:
            return self.tr("Demonstration model on this machine: its words may be wrong.")
        return named_model(chosen.model, chosen.place)
