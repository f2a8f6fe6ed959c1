"""One look for ghost text, as the editor sees it; everything on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.complete.model import Offer
from core.engine.model import Asking


class CompletionHandle(QObject):
    """A look for ghost text under way; nothing is emitted after `cancel`.

    Signals:
        offered: What can be shown, possibly several times as sources answer; carries the `Offer`, which
            replaces an earlier one.
        ended: Nothing more will be offered.
    """

    offered = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._asking: Asking | None = None
        self._ended = False

    def cancel(self) -> None:
        """Stop looking; a model's server notices."""
        if not self._ended and self._asking is not None:
            self._asking.cancel()
        self._ended = True

    def started(self, asking: Asking) -> None:
        """Remember what `cancel` stops; called by the bridge."""
        self._asking = asking

    def handle(self, offer: Offer) -> None:
        """Take an offer of the engine, on the GUI thread."""
        if not self._ended:
            self.offered.emit(offer)

    def finish(self) -> None:
        """Take the end, on the GUI thread."""
        if not self._ended:
            self._ended = True
            self.ended.emit()
