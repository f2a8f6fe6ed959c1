"""What Qt does not tell about an X11 screen: who had the focus, and whether windows are blended.

Everything here does nothing elsewhere: other platforms blend always, and give the focus back by themselves.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

_FROM_PAGER = 2
"""`source indication` of a request that the person made: EWMH 1.5, _NET_ACTIVE_WINDOW."""


def is_x11() -> bool:
    """Whether Qt speaks to an X server."""
    return QGuiApplication.platformName() == "xcb"


def is_composited() -> bool:
    """Whether half-transparent pixels are blended with what is behind them."""
    if not is_x11():
        return True
    if (display := connection()) is None:
        return False
    atom = display.intern_atom(f"_NET_WM_CM_S{display.get_default_screen()}")
    return bool(display.get_selection_owner(atom))


class FocusMemory:
    """Remembers which window had the focus, and gives it back."""

    def __init__(self) -> None:
        self._window = 0

    def remember(self) -> None:
        """Note who has the focus; call before taking it."""
        self._window = 0
        if is_x11() and (display := connection()) is not None:
            self._window = _active_window(display) or _focused_window(display)

    def give_back(self) -> None:
        """Let the remembered window have the focus, if it is still there."""
        window, self._window = self._window, 0
        if window and is_x11() and (display := connection()) is not None:
            _activate(display, window)
            display.sync()


def connect() -> None:
    """Make the `connection` where there is one; from another thread, the window does not wait for it."""
    if is_x11():
        connection()


@cache
def connection() -> Any:
    """Return a connection of our own, or None: Qt's cannot be shared with Python.

    Made once, which with the import takes 40 ms of processor time.
    """
    from Xlib.display import Display
    from Xlib.error import DisplayError

    try:
        return Display()
    except (DisplayError, OSError) as error:
        log.info("no second connection to the X server: %s", error)
        return None


def _active_window(display: Any) -> int:
    """Return the window that the window manager calls active; 0 without a window manager."""
    found = display.screen().root.get_full_property(display.intern_atom("_NET_ACTIVE_WINDOW"), 0)
    return int(found.value[0]) if found and len(found.value) else 0


def _focused_window(display: Any) -> int:
    focus = display.get_input_focus().focus
    return focus.id if hasattr(focus, "id") else 0


def _activate(display: Any, window: int) -> None:
    from Xlib import X
    from Xlib.error import BadMatch, BadWindow, CatchError
    from Xlib.protocol.event import ClientMessage

    gone = CatchError(BadWindow, BadMatch)
    target, root = display.create_resource_object("window", window), display.screen().root
    if _active_window(display):
        data = (32, [_FROM_PAGER, X.CurrentTime, 0, 0, 0])
        message = ClientMessage(
            window=target, client_type=display.intern_atom("_NET_ACTIVE_WINDOW"), data=data
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        root.send_event(message, event_mask=mask, onerror=gone)
    else:
        target.set_input_focus(X.RevertToPointerRoot, X.CurrentTime, onerror=gone)
