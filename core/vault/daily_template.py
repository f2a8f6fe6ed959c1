"""What a new daily note begins with: the template that its program was told of, filled in as that does."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from core.errors import NoteError
from core.vault import notes
from core.vault.day_format import format_day
from core.vault.logseq_template import from_block
from core.vault.model import VaultLayout

_VARIABLE = re.compile(r"\{\{\s*(date|time|title)\s*(?::([^}]*))?\}\}", re.IGNORECASE)
_USUAL = {"date": "YYYY-MM-DD", "time": "HH:mm"}


def from_template(vault: Path, layout: VaultLayout, path: str, now: datetime, *, max_bytes: int) -> str:
    """Return the beginning of the daily note at `path`; empty where there is no template that can be read."""
    if not layout.journal_template:
        return ""
    if layout.is_logseq:
        return from_block(vault, layout, now, max_bytes=max_bytes)
    named = layout.journal_template.removesuffix(".md") + ".md"
    try:
        template = notes.read(vault, named, max_bytes=max_bytes).text
    except NoteError:
        return ""
    return filled(template, Path(path).stem, now, layout.journal_language)


def filled(template: str, title: str, now: datetime, language: str) -> str:
    """Fill in Obsidian's `{{title}}`, `{{date}}` and `{{time}}`, these with or without a format."""

    def word(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name == "title":
            return title
        return format_day((found[2] or "").strip() or _USUAL[name], now, language)

    return _VARIABLE.sub(word, template)
