"""What the next request takes along: chips that can be switched off and on again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.assist.earlier import EARLIER
from core.assist.model import NoteContext, Preview, Sources
from core.llm.chat import LOCAL
from core.prompts.model import Retrieval
from desktop.panel.earlier_chip import EarlierChip
from desktop.panel.flow_layout import FlowLayout
from desktop.panel.media_offers import MediaOffers
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text, shortened, tooltip

SELECTION, BLOCK, NOTE, PASSAGES = "selection", "block", "note", "passages"
_MAX_NAME = 28
_NOTE_MARK, _TAG_MARK = "@", "#"


class ContextBar(QWidget):
    """One chip each for the selection or the block under the caret, the note, passages of other notes, and
    whatever the person pinned.

    Signals:
        changed: Something else will be sent.
        context_shown: Carries the `NoteContext` that is shown now, or None.
        details_requested: The person wants to see exactly what will be sent.
    """

    changed = Signal()
    context_shown = Signal(object)
    details_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contextBar")
        self.setAccessibleName(self.tr("What is sent along"))
        self._theme = theme
        self._context: NoteContext | None = None
        self._is_detached = False
        self._pins: dict[str, QPushButton] = {}
        self.without: frozenset[str] = frozenset()
        """Keys of parts that were taken out one by one, on the page that shows them all."""
        lead = QLabel(self.tr("Using"), self)
        lead.setProperty("quiet", True)
        self._layout = FlowLayout(self)
        self._layout.addWidget(lead)
        self._chips = {name: self._chip(name) for name in (SELECTION, BLOCK, NOTE, PASSAGES)}
        for chip in self._chips.values():
            self._layout.addWidget(chip)
        self._chips[PASSAGES].setText(self.tr("Passages"))
        self._chips[PASSAGES].setAccessibleName(self.tr("Passages from your notes"))
        self._earlier = EarlierChip(theme, self)
        self._earlier.left_out.connect(self._leave_out_earlier)
        self._layout.addWidget(self._earlier)
        self.offers = MediaOffers(theme, self, self._layout)
        self.cost_button = self._make_cost_button()
        """Tokens and price; the panel puts it beside the composer, where its coming moves nothing."""
        theme.changed.connect(self._dress)
        self.show_context(None)
        self._dress()

    @property
    def use_passages(self) -> bool:
        """Whether passages of the vault go along."""
        return self._chips[PASSAGES].isChecked()

    @property
    def pinned(self) -> tuple[str, ...]:
        """The paths of the notes and documents that go along until they are taken off."""
        return tuple(key[1:] for key in self._pins if key[0] == _NOTE_MARK)

    def sources(self, retrieval: Retrieval) -> Sources:
        """Return what the person pinned and took out, and how far the scene looks."""
        tags = tuple(key[1:] for key in self._pins if key[0] == _TAG_MARK)
        if not self.use_passages:
            retrieval = Retrieval.NONE
        return Sources(notes=self.pinned, tags=tags, without=self.without, retrieval=retrieval)

    def pin_note(self, path: str) -> None:
        """Send this note along until it is taken off the bar."""
        self._pin(_NOTE_MARK + path, PurePosixPath(path).stem, path)

    def pin_tag(self, tag: str) -> None:
        """Look only in notes with this tag until it is taken off the bar."""
        self._pin(_TAG_MARK + tag, f"#{tag}", self.tr("Only notes with this tag are looked at"))

    def show_cost(self, preview: Preview | None) -> None:
        """Show what the next request takes and costs at most; None while that is not known."""
        self.cost_button.setVisible(preview is not None)
        if preview is not None:
            self._earlier.show_pictures(preview.earlier_pictures, seen=preview.sees_earlier)
            self.cost_button.setText(self._cost_text(preview))
            self.cost_button.setAccessibleName(
                self.tr("Will be sent: {what}").format(what=self._cost_text(preview))
            )
        self.updateGeometry()

    def leave_out(self, keys: frozenset[str]) -> None:
        """Leave these parts out of the next request."""
        if keys != self.without:
            self.without = keys
            self._earlier.setChecked(EARLIER not in keys)
            self.changed.emit()

    def begin_conversation(self) -> None:
        """Nothing is known of pictures that went along before."""
        self._earlier.show_pictures(0, seen=True)
        self.leave_out(self.without - {EARLIER})

    def forget_pins(self) -> None:
        """Take everything pinned off: another vault is open."""
        for key in list(self._pins):
            self._unpin(key)
        self.without = frozenset()
        self.begin_conversation()

    def show_context(self, context: NoteContext | None) -> None:
        """Show what can go along now; a new selection is switched on, whatever was done to the last one."""
        if context is not None and (self._context is None or context.selection != self._context.selection):
            self._chips[SELECTION].setChecked(True)
        self._context = context
        selection = context.selection if context else ""
        self._chips[SELECTION].setText(self._selection_text(selection))
        self._chips[BLOCK].setText(self.tr("This block"))
        name = (context.title or context.path) if context else ""
        self._chips[NOTE].setText(button_text(shortened(name, _MAX_NAME)))
        self._chips[NOTE].setAccessibleName(name)
        self._chips[SELECTION].setVisible(bool(selection))
        self._chips[BLOCK].setVisible(bool(context and context.block and not selection))
        self._chips[NOTE].setVisible(context is not None)
        self.updateGeometry()
        self.context_shown.emit(context)

    def show_detached(self, detached: bool) -> None:
        """Call the selection what it is where no hand has made it: the block that was changed last."""
        self._is_detached = detached
        self.show_context(self._context)

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
        chip.toggled.connect(self.changed)
        return chip

    def _leave_out_earlier(self, out: bool) -> None:
        self.leave_out(self.without | {EARLIER} if out else self.without - {EARLIER})

    def _pin(self, key: str, text: str, about: str) -> None:
        if key in self._pins:
            return
        pin = QPushButton(button_text(shortened(text, _MAX_NAME)), self)
        pin.setObjectName("pinnedNote" if key[0] == _NOTE_MARK else "pinnedTag")
        pin.setAccessibleName(self.tr("Take off: {name}").format(name=text))
        pin.setToolTip(tooltip(about))
        pin.setProperty("chip", True)
        pin.setCheckable(True)
        pin.setChecked(True)
        pin.setIconSize(QSize(12, 12))
        pin.setIcon(self._theme.icon("close", role="quiet"))
        pin.clicked.connect(lambda: self._unpin(key))
        self._pins[key] = pin
        self._layout.addWidget(pin)
        pin.show()
        self.changed.emit()

    def _unpin(self, key: str) -> None:
        pin = self._pins.pop(key)
        self._layout.removeWidget(pin)
        pin.hide()
        pin.deleteLater()
        self.updateGeometry()
        self.changed.emit()

    def _make_cost_button(self) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("costEstimate")
        button.setProperty("link", True)
        button.setToolTip(self.tr("About this much will be sent, at most this it costs. See exactly what"))
        button.clicked.connect(self.details_requested)
        button.hide()
        return button

    def _cost_text(self, preview: Preview) -> str:
        tokens = self.tr("{count} tokens").format(count=preview.tokens)
        if preview.cost_usd is None or preview.place == LOCAL:
            return tokens
        return self.tr("{tokens} · {cost} USD").format(tokens=tokens, cost=f"{preview.cost_usd:.4f}")

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
        if self._is_detached:
            return self.tr("Changed block ({count})").format(count=len(selection))
        return self.tr("Selection ({count})").format(count=len(selection))


def _has_words(context: NoteContext) -> bool:
    return any((context.selection, context.block, context.before, context.after, context.title))
