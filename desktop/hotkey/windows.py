"""The hotkey on Windows: `RegisterHotKey`, whose message Qt's event loop hands to a filter.

https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.hotkey.keys import Combination

WM_HOTKEY = 0x0312
HOTKEY_ID = 0x5046
"""Any number below 0xC000 that this program uses once."""
MODIFIER_BITS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
NO_REPEAT = 0x4000
ALREADY_REGISTERED = 1409
"""ERROR_HOTKEY_ALREADY_REGISTERED of winerror.h."""
_MESSAGE_OFFSET = ctypes.sizeof(ctypes.c_void_p)
"""`MSG` begins with a window handle; the number of the message follows it."""


class WindowsHotkey(QAbstractNativeEventFilter):
    """Holds one registered hotkey of this thread. `user32` is given by tests."""

    def __init__(
        self,
        activated: Callable[[], None],
        changed: Callable[[HotkeyStatus], None],
        *,
        user32: Any = None,
        last_error: Callable[[], int] | None = None,
    ) -> None:
        super().__init__()
        self._activated, self._changed = activated, changed
        self._user32 = user32 or _user32()
        self._last_error = last_error or _last_error
        self._is_held = False

    def bind(self, combination: Combination) -> None:
        """Register the combination; report at once."""
        self.release()
        bits = sum(MODIFIER_BITS[name] for name in combination.modifiers) | NO_REPEAT
        if self._user32.RegisterHotKey(None, HOTKEY_ID, bits, combination.virtual_key):
            self._is_held = True
            _application().installNativeEventFilter(self)
            self._changed(HotkeyStatus(HotkeyState.ACTIVE, "windows", str(combination)))
            return
        code = self._last_error()
        state = HotkeyState.TAKEN if code == ALREADY_REGISTERED else HotkeyState.REFUSED
        self._changed(HotkeyStatus(state, "windows", str(combination), f"RegisterHotKey: error {code}"))

    def release(self) -> None:
        """Let go of the combination."""
        if self._is_held:
            self._is_held = False
            self._user32.UnregisterHotKey(None, HOTKEY_ID)
            _application().removeNativeEventFilter(self)

    def nativeEventFilter(  # noqa: N802 -- Qt's name
        self, _kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Notice our message and let everybody have theirs."""
        address = int(message)
        number = ctypes.c_uint.from_address(address + _MESSAGE_OFFSET).value
        if number == WM_HOTKEY:
            which = ctypes.c_size_t.from_address(address + 2 * _MESSAGE_OFFSET).value
            if which == HOTKEY_ID:
                self._activated()
                return True, 0
        return False, 0


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application


def _user32() -> Any:
    return ctypes.WinDLL("user32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]


def _last_error() -> int:
    return int(ctypes.get_last_error())  # type: ignore[attr-defined, unused-ignore]
