"""What kind of vault a folder is, and where its daily notes go, as Obsidian and Logseq were told."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from core.vault.day_format import format_day
from core.vault.model import VaultLayout

OBSIDIAN_FORMAT = "YYYY-MM-DD"
LOGSEQ_FORMAT, LOGSEQ_TITLE = "YYYY_MM_DD", "MMM Do, YYYY"

_EDN_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|;[^\n]*')
"""A comment, or a string, which may hold what looks like one."""


def detect_layout(vault: Path) -> VaultLayout:
    """Return what the vault's own settings say; a missing or broken file means the program's default."""
    is_obsidian, logseq = (vault / ".obsidian").is_dir(), vault / "logseq" / "config.edn"
    if logseq.is_file():
        return _logseq_layout(_text(logseq), is_obsidian=is_obsidian)
    template = ""
    if is_obsidian:
        folder, name_format, template = _obsidian_journals(_text(vault / ".obsidian" / "daily-notes.json"))
    else:
        folder, name_format = "", OBSIDIAN_FORMAT
    return VaultLayout(
        is_obsidian=is_obsidian,
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


def _logseq_layout(edn: str, *, is_obsidian: bool) -> VaultLayout:
    """Read a few values out of Logseq's configuration; an unknown or missing one means its default."""
    edn = _EDN_COMMENT.sub(lambda match: match.group(1) or "", edn)

    def value(pattern: str) -> str:
        found = re.search(pattern + r'\s+"((?:\\.|[^"\\])*)"', edn)
        return re.sub(r"\\(.)", r"\1", found[1]).strip() if found else ""

    title = value(":journal/page-title-format")
    return VaultLayout(
        is_obsidian=is_obsidian,
        is_logseq=True,
        journal_folder=(value(":journals-directory") or "journals").strip("/"),
        journal_format=_moment(value(":journal/file-name-format")) or LOGSEQ_FORMAT,
        journal_template=value(r":default-templates\s*\{[^{}]*:journals"),
        journal_title=_moment(title) or LOGSEQ_TITLE,
    )


def _moment(pattern: str) -> str:
    """Return a pattern of Java's, in which Logseq writes its dates, in the tokens of Moment.js."""

    def word(found: re.Match[str]) -> str:
        token = found[0]
        if token[0] == "'":
            return f"[{token[1:-1]}]"
        if token[0] == "E":
            return "dddd" if len(token) > 3 else "ddd"
        return token.replace("y", "Y").replace("d", "D")

    return re.sub(r"'[^']*'|E+|do|[yd]+", word, pattern)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
