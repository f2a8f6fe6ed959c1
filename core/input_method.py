"""How Qt reaches the input method that the session names on Linux, and whether it answers.

Qt from PyPI brings a plugin for ibus and none for fcitx. fcitx5 answers as ibus does; where a session speaks
of fcitx alone Qt would be left with its compose keys, with which Chinese cannot be typed.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

_DAEMON = "ibus-daemon"
_METHODS = ("fcitx", "ibus")
_NO_HELP = ("xim", "wayland")
"""What Qt may be told to use that leads nowhere by itself on X11: our Qt has no XIM."""


def named_method(environment: Mapping[str, str]) -> str:
    """Return which input method the session names, `fcitx` or `ibus`; empty for none or another one."""
    told = (
        *_qt_modules(environment),
        environment.get("XMODIFIERS", "").removeprefix("@im="),
        environment.get("GTK_IM_MODULE", ""),
    )
    return next((method for words in told for method in _METHODS if words.startswith(method)), "")


def qt_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what to set, before Qt starts, so that it reaches the input method that is named.

    What somebody chose for Qt stays, and keeps its place; a module that Qt lacks is passed over.
    """
    chosen, method = _qt_modules(environment), named_method(environment)
    if not method or (chosen and not any(one.startswith((*_METHODS, *_NO_HELP)) for one in chosen)):
        return {}
    wanted = {}
    if chosen != ["ibus"]:
        first = chosen if environment.get("QT_IM_MODULES") else ["wayland"]
        modules = dict.fromkeys((*first, method, "ibus", "compose"))
        wanted["QT_IM_MODULES"] = ";".join(modules)
    if not shutil.which(_DAEMON, path=environment.get("PATH")):
        wanted["IBUS_USE_PORTAL"] = "1"  # else Qt's plugin takes ibus, and fcitx5 behind it, for missing
    return {name: value for name, value in wanted.items() if environment.get(name) != value}


def answers(environment: Mapping[str, str], home: Path) -> bool:
    """Whether an input method is running that Qt reaches: ibus and fcitx5 both leave their address."""
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    try:
        addresses = [file.read_text(encoding="utf-8") for file in (config / "ibus" / "bus").iterdir()]
    except (OSError, UnicodeDecodeError):
        return False
    return any(_is_running(line) for address in addresses for line in address.splitlines())


def complaint(environment: Mapping[str, str], home: Path) -> str:
    """Return what is wrong, and what to do, where session and input method do not meet; else nothing."""
    method, running = named_method(environment), answers(environment, home)
    if method and not running:
        program = "fcitx5" if method == "fcitx" else _DAEMON
        return f"The session names {method}, which does not answer. Start {program}, then Pilotfish."
    if running and not method and not environment.get("WAYLAND_DISPLAY"):
        return "An input method runs, and the session does not name it. Set QT_IM_MODULE to ibus or fcitx."
    return ""


def _qt_modules(environment: Mapping[str, str]) -> list[str]:
    """Return what Qt is told to use; the plural, which came with Qt 6.7, goes before the singular."""
    told = environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE") or ""
    return [module for module in told.split(";") if module]


def _is_running(line: str) -> bool:
    name, _, value = line.partition("=")
    return name == "IBUS_DAEMON_PID" and value.isdecimal() and Path("/proc", value).exists()
