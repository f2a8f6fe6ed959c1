"""Whether the machine runs on its battery, asked of the system itself."""

from __future__ import annotations

import platform
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
_PLUGGED = ("Mains", "USB", "Wireless")
"""Kinds of supply that are no battery: https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-class-power"""


def on_battery() -> bool:
    """Tell whether nothing but a battery feeds the machine; False where that cannot be told."""
    system = platform.system()
    if system == "Linux":
        return _linux(SUPPLIES)
    if system == "Windows":
        return _windows()
    return False


def _linux(supplies: Path) -> bool:
    """A battery that discharges while no plug is in; batteries of mice and keyboards do not count."""
    discharging = False
    for supply in sorted(supplies.glob("*")):
        kind = _word(supply / "type")
        if kind in _PLUGGED and _word(supply / "online") == "1":
            return False
        if kind == "Battery" and _word(supply / "scope") != "Device":
            discharging |= _word(supply / "status") == "Discharging"
    return discharging


def _word(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _windows() -> bool:
    import ctypes

    status = (ctypes.c_ubyte * 12)()  # SYSTEM_POWER_STATUS, whose first byte is ACLineStatus: 0 is offline
    found = ctypes.windll.kernel32.GetSystemPowerStatus(status)  # type: ignore[attr-defined,unused-ignore]
    return bool(found) and status[0] == 0
