"""What kind of vault a folder is, and where its daily notes go, as Obsidian and Logseq were told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from core.vault.model import VaultLayout

OBSIDIAN_FORMAT = "YYYY-MM-DD"
LOGSEQ_FORMAT = "YYYY_MM_DD"

_TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DD|D|dddd|ddd|ww|w|WW|W|Q|E|[A-Za-z]")
_EDN_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|;[^\n]*')
"""A comment, or a string, which may hold what looks like one."""
_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

_WORDS: Mapping[str, Callable[[date], str]] = {
    "YYYY": lambda day: f"{day.year:04}",
    "YY": lambda day: f"{day.year % 100:02}",
    "MMMM": lambda day: _MONTHS[day.month - 1],
    "MMM": lambda day: _MONTHS[day.month - 1][:3],
    "MM": lambda day: f"{day.month:02}",
    "M": lambda day: str(day.month),
    "DDDD": lambda day: f"{day.timetuple().tm_yday:03}",
    "DD": lambda day: f"{day.day:02}",
    "D": lambda day: str(day.day),
    "dddd": lambda day: _DAYS[day.weekday()],
    "ddd": lambda day: _DAYS[day.weekday()][:3],
    "WW": lambda day: f"{day.isocalendar().week:02}",
    "W": lambda day: str(day.isocalendar().week),
    "Q": lambda day: str((day.month + 2) // 3),
}
"""Tokens of Moment.js (https://momentjs.com/docs/#/displaying/format/) that name a day."""


def detect_layout(vault: Path) -> VaultLayout:
    """Return what the vault's own settings say; a missing or broken file means the program's default."""
    is_obsidian, logseq = (vault / ".obsidian").is_dir(), vault / "logseq" / "config.edn"
    if logseq.is_file():
        folder, name_format = _logseq_journals(_text(logseq))
    elif is_obsidian:
        folder, name_format = _obsidian_journals(_text(vault / ".obsidian" / "daily-notes.json"))
    else:
        folder, name_format = "", OBSIDIAN_FORMAT
    return VaultLayout(
        is_obsidian=is_obsidian,
        is_logseq=logseq.is_file(),
        journal_folder=folder.strip("/"),
        journal_format=name_format,
    )


def journal_path(layout: VaultLayout, day: date) -> str:
    """Return the path of a day's note, relative to the vault."""
    name = format_day(layout.journal_format, day)
    return f"{layout.journal_folder}/{name}.md" if layout.journal_folder else f"{name}.md"


def format_day(pattern: str, day: date) -> str:
    """Write a day as Moment.js would; a token that names no day stands as it is."""

    def word(match: re.Match[str]) -> str:
        if match.group(1) is not None:
            return match.group(1)
        token = match.group()
        return _WORDS[token](day) if token in _WORDS else token

    return _TOKEN.sub(word, pattern)


def _obsidian_journals(text: str) -> tuple[str, str]:
    try:
        settings = json.loads(text or "{}")
    except ValueError:
        return "", OBSIDIAN_FORMAT
    if not isinstance(settings, dict):
        return "", OBSIDIAN_FORMAT
    folder, name_format = settings.get("folder"), settings.get("format")
    return (
        folder if isinstance(folder, str) else "",
        name_format if isinstance(name_format, str) and name_format else OBSIDIAN_FORMAT,
    )


def _logseq_journals(edn: str) -> tuple[str, str]:
    """Read two values out of Logseq's configuration; its dates are written as Java does, in small letters."""
    edn = _EDN_COMMENT.sub(lambda match: match.group(1) or "", edn)
    folder = re.search(r':journals-directory\s+"([^"]+)"', edn)
    name_format = re.search(r':journal/file-name-format\s+"([^"]+)"', edn)
    moment = name_format.group(1).replace("y", "Y").replace("d", "D") if name_format else LOGSEQ_FORMAT
    return folder.group(1) if folder else "journals", moment


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
