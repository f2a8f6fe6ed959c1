"""What the next request takes along: chips that can be switched off and on again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.assist.model import NoteContext
from desktop.panel.flow_layout import FlowLayout
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text

SELECTION, BLOCK, NOTE, PASSAGES = "selection", "block", "note", "passages"
_MAX_NAME = 28


class ContextBar(QWidget):
    """One chip each for the selection or the block under the caret, the note, and passages of other notes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contextBar")
        self.setAccessibleName(self.tr("What is sent along"))
        self._theme = theme
        self._context: NoteContext | None = None
        lead = QLabel(self.tr("Using"), self)
        lead.setProperty("quiet", True)
        layout = FlowLayout(self)
        layout.addWidget(lead)
        self._chips = {name: self._chip(name) for name in (SELECTION, BLOCK, NOTE, PASSAGES)}
        for chip in self._chips.values():
            layout.addWidget(chip)
        self._chips[PASSAGES].setText(self.tr("Passages"))
        self._chips[PASSAGES].setAccessibleName(self.tr("Passages from your notes"))
        theme.changed.connect(self._dress)
        self.show_context(None)
        self._dress()

    @property
    def use_passages(self) -> bool:
        """Whether passages of the vault go along."""
        return self._chips[PASSAGES].isChecked()

    def show_context(self, context: NoteContext | None) -> None:
        """Show what can go along now; a new selection is switched on, whatever was done to the last one."""
        if context is not None and (self._context is None or context.selection != self._context.selection):
            self._chips[SELECTION].setChecked(True)
        self._context = context
        selection = context.selection if context else ""
        self._chips[SELECTION].setText(self._selection_text(selection))
        self._chips[BLOCK].setText(self.tr("This block"))
        name = (context.title or context.path) if context else ""
        self._chips[NOTE].setText(button_text(self._short(name)))
        self._chips[NOTE].setAccessibleName(name)
        self._chips[SELECTION].setVisible(bool(selection))
        self._chips[BLOCK].setVisible(bool(context and context.block and not selection))
        self._chips[NOTE].setVisible(context is not None)
        self.updateGeometry()

    def applied(self, context: NoteContext | None) -> NoteContext | None:
        """Return the context without what was switched off; None where nothing of the note is left."""
        if context is None:
            return None
        kept = {name for name, chip in self._chips.items() if chip.isChecked()}
        if SELECTION not in kept:
            context = replace(context, selection="")
        if BLOCK not in kept and not context.selection:
            context = replace(context, block="")
        if NOTE not in kept:
            context = replace(context, title="", heading_path=(), before="", after="")
        return context if kept & {SELECTION, BLOCK, NOTE} and _has_words(context) else None

    def _chip(self, name: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName(f"{name}Chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setProperty("chip", True)
        chip.setIconSize(QSize(12, 12))
        chip.toggled.connect(self._dress)
        return chip

    def _dress(self) -> None:
        for chip in self._chips.values():
            on = chip.isChecked()
            chip.setIcon(self._theme.icon("close" if on else "plus", role="quiet"))
            chip.setToolTip(
                self.tr("Sent along. Click to leave it out.")
                if on
                else self.tr("Not sent along. Click to take it along.")
            )

    def _selection_text(self, selection: str) -> str:
        return self.tr("Selection ({count})").format(count=len(selection))

    def _short(self, name: str) -> str:
        return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - 1] + "…"


def _has_words(context: NoteContext) -> bool:
    return any((context.selection, context.block, context.before, context.after, context.title))
