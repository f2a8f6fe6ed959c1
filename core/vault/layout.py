"""What kind of vault a folder is, and where its daily notes go, as Obsidian and Logseq were told."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from core.vault.day_format import format_day
from core.vault.model import VaultLayout

OBSIDIAN_FORMAT = "YYYY-MM-DD"
LOGSEQ_FORMAT = "YYYY_MM_DD"

_EDN_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|;[^\n]*')
"""A comment, or a string, which may hold what looks like one."""


def detect_layout(vault: Path) -> VaultLayout:
    """Return what the vault's own settings say; a missing or broken file means the program's default."""
    is_obsidian, logseq = (vault / ".obsidian").is_dir(), vault / "logseq" / "config.edn"
    template = ""
    if logseq.is_file():
        folder, name_format = _logseq_journals(_text(logseq))
    elif is_obsidian:
        folder, name_format, template = _obsidian_journals(_text(vault / ".obsidian" / "daily-notes.json"))
    else:
        folder, name_format = "", OBSIDIAN_FORMAT
    return VaultLayout(
        is_obsidian=is_obsidian,
        is_logseq=logseq.is_file(),
        journal_folder=folder.strip("/"),
        journal_format=name_format,
        journal_template=template,
    )


def journal_path(layout: VaultLayout, now: datetime) -> str:
    """Return the path of a day's note, relative to the vault."""
    name = format_day(layout.journal_format, now, layout.journal_language)
    return f"{layout.journal_folder}/{name}.md" if layout.journal_folder else f"{name}.md"


def _obsidian_journals(text: str) -> tuple[str, str, str]:
    """Return folder, format of the name, and template, as far as they are told."""
    try:
        settings = json.loads(text or "{}")
    except ValueError:
        settings = {}
    told = settings if isinstance(settings, dict) else {}
    folder, name_format, template = (
        value if isinstance(value := told.get(key), str) else "" for key in ("folder", "format", "template")
    )
    return folder, name_format or OBSIDIAN_FORMAT, template


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
