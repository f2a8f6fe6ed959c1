"""Halves of characters, which Python's strings can hold and UTF-8 cannot."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    """Return `text` with `?` for every lone surrogate, as SQLite, Arrow and files can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")
