"""What can be done with an answer: insert, replace, one more, copy."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from core.assist.model import AskRequest, Work
from desktop.theme.theme import Theme


class AnswerActions(QWidget):
    """The row of buttons under an answer; its room is kept from the start, so that nothing jumps."""

    def __init__(self, theme: Theme, request: AskRequest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.insert_button = self._button("insertButton", self.tr("Insert"))
        self.replace_button = self._button("replaceButton", self.tr("Replace"))
        self.more_button = self._button("moreButton", self.tr("More"))
        self.copy_button = QToolButton(self)
        self.copy_button.setObjectName("copyButton")
        self.copy_button.setAccessibleName(self.tr("Copy"))
        self.copy_button.setProperty("flat", True)
        self.copy_button.setIconSize(QSize(16, 16))
        selected = bool(request.note and request.note.selection)
        self._rewrites = selected and request.work is Work.WRITE
        self._primary = False
        self.replace_button.setVisible(selected)
        self._explain(request.work)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.insert_button, self.replace_button, self.more_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.copy_button)
        theme.changed.connect(self._dress)
        self._dress()

    def set_primary(self, primary: bool) -> None:
        """Give the row its one primary button, or none."""
        self._primary = primary
        self._mark_primary()

    def enable(self, *, insert: bool, replace: bool, again: bool) -> None:
        """Say what is possible now."""
        self.insert_button.setEnabled(insert)
        self.copy_button.setEnabled(insert)
        self.replace_button.setEnabled(replace)
        self.more_button.setEnabled(again)
        self._mark_primary()

    def _mark_primary(self) -> None:
        """Replace is what a rewrite of a selection is for, unless it can only be inserted."""
        insert_only = self.insert_button.isEnabled() and not self.replace_button.isEnabled()
        chosen = self.replace_button if self._rewrites and not insert_only else self.insert_button
        for button in (self.insert_button, self.replace_button):
            is_primary = self._primary and button is chosen
            if button.property("primary") is not is_primary:
                button.setProperty("primary", is_primary)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        return button

    def _explain(self, work: Work) -> None:
        insert = self.tr("Insert at the cursor (Ctrl+Enter)")
        if work is Work.ASK:
            insert += "\n" + self.tr("Numbers in brackets are left out; links to their notes follow.")
        self.insert_button.setToolTip(insert)
        self.replace_button.setToolTip(self.tr("Replace what was selected when you asked (Ctrl+Shift+Enter)"))
        self.more_button.setToolTip(self.tr("Ask the same again for another answer"))
        self.copy_button.setToolTip(self.tr("Copy as Markdown, as it would be inserted"))

    def _dress(self) -> None:
        self.copy_button.setIcon(self._theme.icon("copy"))
