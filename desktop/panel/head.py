"""The top of the panel: what kind of help, from whom, with what."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.panel.context_bar import ContextBar
from desktop.panel.model_line import ModelLine
from desktop.panel.scene_bar import SceneBar
from desktop.panel.tier_switch import TierSwitch
from desktop.theme.theme import Theme
from desktop.widgets.dressing import icon_button


class Head(QWidget):
    """Scenes, the two words on the switch with the model behind them, and what is sent along."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.scenes = SceneBar(theme, self)
        self.tiers = TierSwitch(self)
        self.model_line = ModelLine(theme, self)
        self.context_bar = ContextBar(theme, self)
        self.new_button = icon_button("newConversation", self.tr("New conversation (Ctrl+Shift+N)"), self)
        self.history_button = icon_button("conversations", self.tr("Conversations (Ctrl+Shift+H)"), self)
        self.history_button.setCheckable(True)
        self.detach_button = icon_button("detachButton", "", self)
        self._is_detached = False
        top = self._row(self.scenes, self.new_button, self.history_button, self.detach_button)
        top.setStretch(0, 1)
        models = self._row(self.tiers, self.model_line)
        models.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(models)
        column.addWidget(self.context_bar)
        self.tiers.changed.connect(self.model_line.show_state)
        theme.changed.connect(self._dress)
        self.show_detached(False)

    def show_detached(self, detached: bool) -> None:
        """Offer a window of its own to the panel, or the way back."""
        self._is_detached = detached
        text = (
            self.tr("Back into the main window (Ctrl+Shift+F9)")
            if detached
            else self.tr("In a window of its own, beside another program (Ctrl+Shift+F9)")
        )
        self.detach_button.setAccessibleName(text)
        self.detach_button.setToolTip(text)
        self._dress()

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        return row

    def _dress(self) -> None:
        self.new_button.setIcon(self._theme.icon("plus"))
        self.history_button.setIcon(self._theme.icon("history"))
        self.detach_button.setIcon(self._theme.icon("attach" if self._is_detached else "detach"))
