"""The bar of scenes: what kind of help the next request asks for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from core.assist.model import Work
from desktop.theme.theme import Theme

_ICONS = {Work.ASK: "search", Work.WRITE: "spark"}


class SceneBar(QWidget):
    """Ask the notes, or write on the note. A selection suggests writing until the person says otherwise.

    Signals:
        changed: Another scene is in force.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sceneBar")
        self.setAccessibleName(self.tr("Scene"))
        self._theme = theme
        self._wanted = Work.ASK
        self._buttons = {
            Work.ASK: self._pill("sceneAsk", self.tr("Ask"), self.tr("A question to your notes")),
            Work.WRITE: self._pill("sceneWrite", self.tr("Write"), self.tr("Text for the open note")),
        }
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in self._buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self._buttons[Work.ASK].setChecked(True)
        self._group.buttonClicked.connect(self._chosen)
        self._group.buttonToggled.connect(self._toggled)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def work(self) -> Work:
        """The kind of work chosen."""
        return Work.WRITE if self._buttons[Work.WRITE].isChecked() else Work.ASK

    def suggest(self, work: Work | None) -> None:
        """Preselect a scene for the moment; None returns to what the person chose last."""
        self._buttons[work or self._wanted].setChecked(True)

    def _pill(self, name: str, text: str, tooltip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tooltip)
        button.setToolTip(tooltip)
        button.setCheckable(True)
        button.setProperty("pill", True)
        button.setIconSize(QSize(16, 16))
        return button

    def _chosen(self) -> None:
        self._wanted = self.work

    def _toggled(self, _button: QPushButton, checked: bool) -> None:
        if checked:
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        for work, button in self._buttons.items():
            role = "accent" if button.isChecked() else "quiet"
            button.setIcon(self._theme.icon(_ICONS[work], role=role))
