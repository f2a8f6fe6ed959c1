"""The front matter of a note as a small table, for whoever reads the note rather than its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from core.text import front_matter

MOST = 30
_LINK = re.compile(
    r"\[\[(?P<target>[^\[\]\n|]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]|(?P<url>https?://[^\s<>\"']+)"
)
_LONGEST = 500


def render_properties(text: str) -> str:
    """Return safe HTML for front matter, delimiters included: a row for each property that says something."""
    found = front_matter.read(text)
    if found.error:
        return f"<pre>{escape(text)}</pre>"
    rows = [
        f'<tr><td class="key">{escape(str(key))}</td><td>{shown}</td></tr>'
        for key, value in list(found.values.items())[:MOST]
        if (shown := ", ".join(_words(value, is_tag=str(key) in ("tag", "tags"))))
    ]
    return f'<table class="properties">{"".join(rows)}</table>' if rows else ""


def _words(value: Any, *, is_tag: bool) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _words(part, is_tag=is_tag)
    elif isinstance(value, bool):
        yield "☑" if value else "☐"
    elif is_tag and value is not None:
        for tag in front_matter.strings(value):
            yield f'<span class="tag">#{escape(tag.removeprefix("#"))}</span>'
    elif value is not None and str(value).strip():
        yield _linked(str(value)[:_LONGEST])


def _linked(text: str) -> str:
    """Return escaped text in which links lead where they do in the note."""
    result, done = "", 0
    for found in _LINK.finditer(text):
        target = found["target"]
        address = found["url"] or "wiki:" + quote(target.strip())
        words = found["url"] or found["words"] or target
        result += escape(text[done : found.start()]) + f'<a href="{escape(address)}">{escape(words)}</a>'
        done = found.end()
    return result + escape(text[done:])
