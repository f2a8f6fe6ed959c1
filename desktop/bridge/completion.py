"""One look for ghost text, as the editor sees it; everything on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Signal

from core.complete.model import Offer
from desktop.bridge.stream_handles import UnderWay


class CompletionHandle(UnderWay):
    """A look for ghost text under way.

    Signals:
        offered: What can be shown, possibly several times as sources answer; carries the `Offer`, which
            replaces an earlier one.
        ended: Nothing more will be offered.
    """

    offered = Signal(object)
    ended = Signal()

    def handle(self, offer: Offer) -> None:
        """Take an offer of the engine, on the GUI thread."""
        if not self._ended:
            self.offered.emit(offer)

    def finish(self) -> None:
        """Take the end, on the GUI thread."""
        if not self._ended:
            self._end()
            self.ended.emit()
