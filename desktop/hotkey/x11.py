"""The hotkey on X11: one passive grab on the root window.

The server delivers this one combination and no other key, and refuses it with `BadAccess` if another program
has it. The grab lives on a connection of our own, whose file descriptor Qt's event loop watches.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import chain, combinations
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.hotkey.keys import Combination

log = logging.getLogger(__name__)

_NUM_LOCK = "Num_Lock"


class X11Hotkey(QObject):
    """Holds a grab while it is bound."""

    def __init__(
        self,
        activated: Callable[[], None],
        changed: Callable[[HotkeyStatus], None],
        parent: QObject | None = None,
        *,
        display_name: str | None = None,
    ) -> None:
        super().__init__(parent)
        self._activated, self._changed = activated, changed
        self._display_name = display_name
        self._display: Any = None
        self._notifier: QSocketNotifier | None = None
        self._combination: Combination | None = None
        self._grabbed: list[tuple[int, int]] = []

    def bind(self, combination: Combination) -> None:
        """Grab the combination, whatever the lock keys say; report at once."""
        self._ungrab()
        self._combination = combination
        problem = self._connect() or self._grab(combination)
        if problem is None:
            self._tell(HotkeyState.ACTIVE, str(combination))
            self._read()

    def release(self) -> None:
        """Let go of the key and close the connection."""
        self._ungrab()
        self._combination = None
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._display is not None:
            self._display.close()
            self._display = None

    def _connect(self) -> HotkeyState | None:
        """Open the connection once; return the state where that fails."""
        if self._display is not None:
            return None
        from Xlib.display import Display
        from Xlib.error import DisplayError

        try:
            self._display = Display(self._display_name)
        except (DisplayError, OSError) as error:
            return self._tell(HotkeyState.UNAVAILABLE, reason=str(error))
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return None

    def _grab(self, combination: Combination) -> HotkeyState | None:
        from Xlib import X
        from Xlib.error import BadAccess, CatchError

        code = self._keycode(combination)
        if not code:
            return self._tell(HotkeyState.REFUSED, reason=f"this keyboard has no {combination.key}")
        taken = CatchError(BadAccess)
        root = self._display.screen().root
        for mask in _with_locks(_mask(combination), self._num_lock_mask()):
            root.grab_key(code, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken)
            self._grabbed.append((code, mask))
        self._display.sync()
        if taken.get_error():
            self._ungrab()
            return self._tell(HotkeyState.TAKEN, str(combination), "another program has grabbed it")
        return None

    def _ungrab(self) -> None:
        if self._display is not None and self._grabbed:
            for code, mask in self._grabbed:
                self._display.screen().root.ungrab_key(code, mask)
            self._display.sync()
        self._grabbed.clear()

    def _keycode(self, combination: Combination) -> int:
        from Xlib import XK

        return int(self._display.keysym_to_keycode(XK.string_to_keysym(combination.keysym)))

    def _num_lock_mask(self) -> int:
        """Return the modifier bit that Num Lock sets on this keyboard; 0 where it sets none."""
        from Xlib import XK

        code = self._display.keysym_to_keycode(XK.string_to_keysym(_NUM_LOCK))
        for bit, codes in enumerate(self._display.get_modifier_mapping()):
            if code and code in codes:
                return 1 << bit
        return 0

    def _read(self) -> None:
        """Take what the server sent, also what came with the reply to a grab: nothing tells of that again."""
        while (event := self._next_event()) is not None:
            self._take(event)

    def _next_event(self) -> Any:
        """Return what was sent and not taken yet; None when there is no more."""
        from Xlib.error import ConnectionClosedError

        try:
            if self._display is not None and self._display.pending_events():
                return self._display.next_event()
        except (ConnectionClosedError, OSError) as error:
            self._lost(error)
        return None

    def _take(self, event: Any) -> None:
        """Pass a press on; a keyboard that was changed needs the grab anew."""
        from Xlib import X

        if event.type == X.KeyPress:
            self._activated()
        elif event.type == X.MappingNotify and self._combination is not None:
            self._display.refresh_keyboard_mapping(event)
            self._ungrab()
            self._grab(self._combination)

    def _lost(self, error: Exception) -> None:
        log.warning("the connection of the hotkey was lost: %s", error)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        self._display, self._grabbed = None, []
        self._tell(HotkeyState.UNAVAILABLE, reason="the X server closed the connection")

    def _tell(self, state: HotkeyState, trigger: str = "", reason: str = "") -> HotkeyState:
        self._changed(HotkeyStatus(state, "x11", trigger, reason))
        return state


def _mask(combination: Combination) -> int:
    from Xlib import X

    bits = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Meta": X.Mod4Mask}
    return sum(bits[name] for name in combination.modifiers)


def _with_locks(mask: int, num_lock: int) -> list[int]:
    """Return the mask with every state of Caps Lock and Num Lock: a grab is for one exact state."""
    from Xlib import X

    locks = [bit for bit in (X.LockMask, num_lock) if bit]
    subsets = chain.from_iterable(combinations(locks, size) for size in range(len(locks) + 1))
    return [mask | sum(subset) for subset in subsets]
