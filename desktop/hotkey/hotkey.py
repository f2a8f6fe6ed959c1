"""The global hotkey of this desktop: chooses the back end and keeps its state for whoever asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.hotkey_support import hotkey_backend
from desktop.hotkey.backend import HotkeyBackend, HotkeyState, HotkeyStatus
from desktop.hotkey.keys import parse

Pressed = Callable[[], None]
Changed = Callable[[HotkeyStatus], None]
MakeBackend = Callable[[Pressed, Changed], HotkeyBackend | None]


class Hotkey(QObject):
    """One combination, held or not.

    Signals:
        pressed: The person pressed it, in whatever program.
        changed: Its state is different; carries the `HotkeyStatus`.
    """

    pressed = Signal()
    changed = Signal(object)

    def __init__(self, make_backend: MakeBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_backend = make_backend
        self._backend: HotkeyBackend | None = None
        self.status = HotkeyStatus(HotkeyState.OFF)

    def use(self, keys: str) -> None:
        """Hold the combination that `keys` names, in place of the one before; "" for none."""
        self.release()
        combination = parse(keys) if keys else None
        if not keys:
            self._tell(HotkeyStatus(HotkeyState.OFF))
        elif combination is None or not combination.is_safe:
            self._tell(HotkeyStatus(HotkeyState.REFUSED, reason=f"{keys!r} is no combination for a hotkey"))
        else:
            self._backend = self._make_backend(self.pressed.emit, self._tell)
            if self._backend is None:
                self._tell(HotkeyStatus(HotkeyState.UNAVAILABLE, reason="no back end for this desktop"))
            else:
                self._backend.bind(combination)

    def release(self) -> None:
        """Let go of the key."""
        if self._backend is not None:
            self._backend.release()
            self._backend = None

    def _tell(self, status: HotkeyStatus) -> None:
        self.status = status
        self.changed.emit(status)


def make_backend_for(app_id: str, description: str) -> MakeBackend:
    """Return what makes the back end of this desktop; nothing is imported before it is called."""

    def make(pressed: Pressed, changed: Changed) -> HotkeyBackend | None:
        name = hotkey_backend(sys.platform, QGuiApplication.platformName(), os.environ)
        if name == "x11":
            from desktop.hotkey.x11 import X11Hotkey

            return X11Hotkey(pressed, changed)
        if name == "portal":
            from desktop.hotkey.portal import PortalHotkey

            return PortalHotkey(pressed, changed, app_id=app_id, description=description)
        if name == "windows":
            from desktop.hotkey.windows import WindowsHotkey

            return WindowsHotkey(pressed, changed)
        if name == "macos":
            from desktop.hotkey.macos import MacHotkey

            return MacHotkey(pressed, changed)
        return None

    return make
