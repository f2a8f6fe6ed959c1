"""The report for whoever is asked for help: one text, complete, to be read before it is given away.

It holds versions, places, settings without keys, and the ends of the logs. No note, no question, no key: the
logs hold none, and everything passes the redactor again. The folders of vaults and the home are replaced.
"""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from core.logs import redacted
from core.paths import Places
from core.settings import Settings

LOG_LINES = 500
LOG_LINES_OF_A_CRASH = 100
PACKAGES = (
    *("PySide6-Essentials", "lancedb", "pyarrow", "onnxruntime", "openai", "xllamacpp", "watchdog"),
    *("markdown-it-py", "keyring", "rjieba", "python-xlib", "dbus-fast"),
)


def report(places: Places, settings: Settings, facts: Mapping[str, str], *, home: Path | None = None) -> str:
    """Return the text; reads a few files.

    Args:
        facts: what only the window knows: screen, input method, hotkey.
    """
    parts = [
        *_program(facts),
        _part("Settings", _settings(settings)),
        _part("Places", {name: str(getattr(places, name)) for name in ("config", "data", "state", "cache")}),
        f"# Last crash\n\n{_end_of(places.state / 'crash.last.log', 200) or 'none'}",
        f"# Log\n\n{_end_of(places.log_file, LOG_LINES) or 'empty'}",
    ]
    return _made_of(parts, settings, home)


def crash_report(places: Places, settings: Settings, traces: str, *, home: Path | None = None) -> str:
    """Return the report of a crash: its traces, versions, and the last lines of the log."""
    log = f"# Log\n\n{_end_of(places.log_file, LOG_LINES_OF_A_CRASH) or 'empty'}"
    return _made_of([f"# Crash\n\n{traces.strip()}", *_program({}), log], settings, home)


def _made_of(parts: Sequence[str], settings: Settings, home: Path | None) -> str:
    return _anonymous(redacted("\n\n".join(parts)), settings, home or Path.home()) + "\n"


def _program(facts: Mapping[str, str]) -> list[str]:
    return [
        _part("Versions", {"Pilotfish": version_of("pilotfish"), **_versions()}),
        _part("System", {"platform": platform.platform(), "python": sys.version.split()[0], **facts}),
    ]


def version_of(package: str) -> str:
    """Return the version of an installed package; "not installed" for none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _versions() -> dict[str, str]:
    return {name: version_of(name) for name in PACKAGES}


def _settings(settings: Settings) -> dict[str, str]:
    """Return what is set, with hosts instead of addresses and numbers instead of names."""
    providers = [urlsplit(provider.base_url).hostname or "?" for provider in settings.providers]
    return {
        "vaults": str(len(settings.vaults)),
        "providers": ", ".join(providers) or "none",
        "faster": settings.fast.model or "automatic",
        "more precise": settings.precise.model or "automatic",
        "embedding model": settings.index.embedding_model or "built in",
        "patterns left out": str(len(settings.index.exclude)),
        "tags left out": str(len(settings.index.exclude_tags)),
        "pause on battery": str(settings.index.pause_on_battery),
        "ghost text": str(settings.ghost.enabled),
        "quick-ask key": settings.at_hand.quick_ask or "none",
        "theme": settings.appearance.theme,
        "language": settings.appearance.language,
    }


def _part(title: str, values: Mapping[str, str]) -> str:
    lines = [f"{name}: {value}" for name, value in values.items()]
    return "\n".join([f"# {title}", "", *lines])


def _end_of(file: Path, lines: int) -> str:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def _anonymous(text: str, settings: Settings, home: Path) -> str:
    """Replace the folders that tell who somebody is and what they write about; the longest first."""
    vaults = {*settings.vaults, settings.last_vault} - {""}
    for number, vault in enumerate(sorted(vaults, key=lambda path: (-len(path), path)), start=1):
        text = text.replace(vault, f"[vault {number}]")
    return text.replace(str(home), "~") if len(str(home)) > 1 else text
