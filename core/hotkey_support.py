"""Which way to a global hotkey this desktop session offers, if any; pure."""

from __future__ import annotations

from collections.abc import Mapping


def hotkey_backend(platform: str, qt_platform: str, environment: Mapping[str, str]) -> str:
    """Return which back end fits: `windows`, `macos`, `portal`, `x11`, or empty for none.

    Under XWayland a grab sees the key only while an X program has the focus, so there it is the portal.

    Args:
        platform: as `sys.platform` has it.
        qt_platform: the name of Qt's platform plugin; empty where no window is open.
    """
    if platform in ("win32", "darwin"):
        return "windows" if platform == "win32" else "macos"
    is_wayland = bool(environment.get("WAYLAND_DISPLAY")) or qt_platform.startswith("wayland")
    if is_wayland and qt_platform in ("", "xcb", "wayland", "wayland-egl"):
        return "portal"
    has_x11 = qt_platform == "xcb" or (not qt_platform and bool(environment.get("DISPLAY")))
    return "x11" if has_x11 else ""
