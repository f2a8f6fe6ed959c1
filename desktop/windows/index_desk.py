"""The index's details above its line in the status bar, and what is done from there."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from core.engine.index_link import IndexDetails
from desktop.bridge.engine_bridge import EngineBridge
from desktop.theme.theme import Theme
from desktop.windows.status_bar import StatusBar

if TYPE_CHECKING:
    from desktop.windows.index_details import IndexDetailsPopup

log = logging.getLogger(__name__)


class IndexDesk(QObject):
    """Opens the details when the index's line is clicked.

    Signals:
        open_requested: A note is to be opened; carries its path.
    """

    open_requested = Signal(str)

    def __init__(
        self, status: StatusBar, bridge: EngineBridge, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._status = status
        self._bridge = bridge
        self._theme = theme
        self.popup: IndexDetailsPopup | None = None
        status.details_requested.connect(self.show)

    def show(self) -> None:
        """Show what is known at once; the details follow from the engine."""
        if not self._bridge.attached:
            return
        from desktop.windows.index_details import IndexDetailsPopup

        button = self._status.index
        popup = IndexDetailsPopup(button.text(), self._theme, self._status.window())
        popup.pause_requested.connect(self._status.show_paused)
        popup.rebuild_requested.connect(self._bridge.rebuild_index)
        popup.open_requested.connect(self.open_requested)
        popup.closed.connect(partial(self._closed, popup))
        self.popup = popup
        popup.show_above(button.mapToGlobal(QPoint(0, 0)))
        self._bridge.index_details(done=partial(self._fill, popup), failed=self._failed)

    def _fill(self, popup: IndexDetailsPopup, details: IndexDetails) -> None:
        if popup is self.popup:
            popup.show_details(details)

    def _failed(self, error: Exception) -> None:
        log.warning("no details of the index: %s", error)

    def _closed(self, popup: IndexDetailsPopup) -> None:
        if popup is self.popup:
            self.popup = None
        popup.deleteLater()
