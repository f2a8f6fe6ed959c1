"""How names and tags are compared."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """Return `name` as it is compared: composed (macOS decomposes), without case, trimmed."""
    return unicodedata.normalize("NFC", name).casefold().strip()
