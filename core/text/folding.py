"""How names, tags and words are made comparable."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """Return `name` as it is compared: composed (macOS decomposes), without case, trimmed."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def fold_text(text: str) -> str:
    """Return `text` as words in it are compared: without differences of width, case and composition."""
    return unicodedata.normalize("NFKC", text).casefold()
