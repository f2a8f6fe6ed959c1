"""The prompts of the scene in force, one press away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.prompts.model import Prompt
from desktop.theme.theme import Theme
from desktop.widgets.overflow_row import OverflowRow
from desktop.widgets.plain_text import button_text, tooltip


class PromptBar(OverflowRow):
    """A chip a prompt, on one line; the rest of the library is at the end of it.

    Signals:
        prompt_chosen: Carries the `Prompt`.
        library_requested: All prompts are wanted.
        check_requested: What is worked on is to be held against the notes.
        compare_requested: Several models are to answer what is typed.
    """

    prompt_chosen = Signal(object)
    library_requested = Signal()
    check_requested = Signal()
    compare_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=4)
        self._theme = theme
        self.setObjectName("promptBar")
        self.setAccessibleName(self.tr("Prompts"))
        self.add_extra(self.tr("All prompts …"), self.library_requested.emit)
        self.add_extra(self.tr("Check the facts"), self.check_requested.emit)
        self.add_extra(self.tr("Compare the models"), self.compare_requested.emit)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_prompts(self, prompts: Sequence[Prompt], language: str) -> None:
        """Show these in place of those before; with none the bar takes no room."""
        self.show_buttons([self._chip(prompt, language) for prompt in prompts])
        self.setVisible(bool(prompts))

    def _chip(self, prompt: Prompt, language: str) -> QPushButton:
        title = prompt.title.of(language)
        chip = QPushButton(button_text(title), self)
        chip.setObjectName("promptChip")
        chip.setProperty("pill", True)
        chip.setAccessibleName(title)
        chip.setToolTip(tooltip(prompt.about.of(language) or title))
        chip.clicked.connect(partial(self.prompt_chosen.emit, prompt))
        return chip

    def _dress(self) -> None:
        self.set_icon(self._theme.icon("more"))
