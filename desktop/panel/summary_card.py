"""What stands for the earlier part of a long conversation when the next request is sent."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.panel.card import Card
from desktop.panel.markdown_view import MarkdownView
from desktop.theme.theme import Theme


class SummaryCard(Card):
    """Shows the summary, so that nobody wonders what the model still knows."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", None, None, parent)
        self.setObjectName("summaryCard")
        self.setAccessibleName(self.tr("Summary of what was said before"))
        self._question.setText(self.accessibleName())
        self.view = MarkdownView(theme, self)
        self.view.show_markdown(text)
        self._stack(self._question, self.view, self._status)
        self._say(self.tr("This is sent along in place of the messages above."))

    @property
    def text_for_note(self) -> str:
        """A summary is for reading."""
        return ""
