"""What the next request would send, asked of the engine while it is being put together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core.assist.model import AskRequest, Preview, WriteRequest
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel.sending import SendingDialog, SentDialog
from desktop.theme.theme import Theme

PAUSE_MS = 200
"""Shorter than the way from the last letter to the button: what is sent then has been looked up already."""

Draft = Callable[[], AskRequest | WriteRequest | None]
"""Returns the request as it would be sent now; None while there is none."""


class Previewing(QObject):
    """Asks for a preview once things have come to rest; an answer that comes late is dropped.

    Signals:
        found: Carries the `Preview`, or None where there is none.
        troubled: Carries why there is none although something is to be sent, or None.
        left_out: The person took parts out on the page that shows them; carries all their keys.
    """

    found = Signal(object)
    troubled = Signal(object)
    left_out = Signal(object)

    def __init__(self, bridge: EngineBridge, theme: Theme, draft: Draft, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._bridge = bridge
        self._theme = theme
        self._draft = draft
        self._asked: object = None
        self._last: Preview | None = None
        self._dialog: SendingDialog | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)

    def refresh(self) -> None:
        """Something about the next request is different."""
        self._pause.start()

    def show_details(self, without: frozenset[str]) -> None:
        """Open the page with every part and the very messages."""
        if self._last is None:
            return
        dialog = self._dialog = SendingDialog(self._theme, self._last, without, self._owner.window())
        dialog.left_out.connect(self.left_out)
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    def show_sent(self, trace_id: str) -> None:
        """Open the page with what a finished request sent."""
        if self._bridge.attached:
            window = self._owner.window()
            self._bridge.assist.sent(
                trace_id,
                done=lambda sent: self._open(SentDialog(self._theme, sent, window)),
                failed=lambda _error: self._open(SentDialog(self._theme, (), window)),
            )

    def _ask(self) -> None:
        request = self._draft()
        self._asked = request
        if request is None or not self._bridge.attached:
            self._show(None)
            return
        self._bridge.assist.preview(
            request,
            done=lambda preview: self._show(preview) if self._asked is request else None,
            failed=lambda error: self._show(None, error) if self._asked is request else None,
        )

    def _show(self, preview: Preview | None, trouble: Exception | None = None) -> None:
        self._last = preview
        self.found.emit(preview)
        self.troubled.emit(trouble)
        if preview is not None and self._dialog is not None:
            self._dialog.show_preview(preview)

    def _dialog_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @staticmethod
    def _open(dialog: SentDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
