"""The hotkey on Wayland: the desktop's portal for global shortcuts.

A program there cannot grab keys; it asks, the desktop asks the person, and only the response to
`BindShortcuts` says whether there is a shortcut and which. The bus is spoken to on a thread with a loop of
its own (dbus-fast is asyncio); what it learns comes back through a queued signal.

https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Qt, Signal

from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.hotkey.keys import Combination
from desktop.hotkey.portal_client import PortalClient, PortalRefused, PortalUnavailable

log = logging.getLogger(__name__)

_CLOSE_S = 2.0


class PortalHotkey(QObject):
    """Asks the portal and listens to one shortcut of ours."""

    _activated = Signal()
    _told = Signal(object)

    def __init__(
        self,
        activated: Callable[[], None],
        changed: Callable[[HotkeyStatus], None],
        parent: QObject | None = None,
        *,
        app_id: str,
        description: str,
        bus_address: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._app_id, self._description, self._bus_address = app_id, description, bus_address
        self._on_activated, self._on_changed = activated, changed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._running: Future[None] | None = None
        self._activated.connect(self._hand_on_press, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._hand_on_status, Qt.ConnectionType.QueuedConnection)

    def bind(self, combination: Combination) -> None:
        """Ask for the combination; the desktop may choose another, and shows the person a question."""
        self.release()
        self._on_changed(HotkeyStatus(HotkeyState.WAITING, "portal", str(combination)))
        loop = self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_run, args=(loop,), name="hotkey-portal", daemon=True)
        self._thread.start()
        self._running = asyncio.run_coroutine_threadsafe(self._hold(combination), loop)

    def release(self) -> None:
        """End the session, and with it the shortcut."""
        loop, self._loop = self._loop, None
        if loop is None or self._thread is None:
            return
        if self._running is not None:
            self._running.cancel()
        asyncio.run_coroutine_threadsafe(_settle(), loop).add_done_callback(
            lambda _done: loop.call_soon_threadsafe(loop.stop)
        )
        self._thread.join(_CLOSE_S)
        self._thread = self._running = None

    async def _hold(self, combination: Combination) -> None:
        """Bind, then listen until cancelled; runs on the bus's thread."""
        client = PortalClient(self._app_id, self._bus_address)
        try:
            await client.connect()
            trigger = await client.bind(combination.portal_trigger, self._description, self._activated.emit)
            self._tell(HotkeyState.ACTIVE, trigger or str(combination))
            await client.closed()
            self._tell(HotkeyState.UNAVAILABLE, reason="the desktop ended the session")
        except PortalRefused as error:
            self._tell(HotkeyState.REFUSED, reason=str(error))
        except PortalUnavailable as error:
            self._tell(HotkeyState.UNAVAILABLE, reason=str(error))
        finally:
            await client.close()

    def _tell(self, state: HotkeyState, trigger: str = "", reason: str = "") -> None:
        if reason:
            log.info("no global shortcut: %s", reason)
        self._told.emit(HotkeyStatus(state, "portal", trigger, reason))

    def _hand_on_press(self) -> None:
        if self._loop is not None:
            self._on_activated()

    def _hand_on_status(self, status: HotkeyStatus) -> None:
        if self._loop is not None:
            self._on_changed(status)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


async def _settle() -> None:
    """Let cancelled tasks end before their loop does."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    await asyncio.gather(*others, return_exceptions=True)
