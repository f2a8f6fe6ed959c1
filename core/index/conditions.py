"""Which rows a search may see, in LanceDB's SQL; pure functions on values."""

from __future__ import annotations

from collections.abc import Iterable

from core.index.model import Scope
from core.index.naming import fold
from core.text.surrogates import without_surrogates


def within(scope: Scope, lang: str = "") -> str:
    """Return the condition that a row is in this part of the vault and in this language, empty for none."""
    parts = []
    if lang:
        parts.append(f"lang = {quoted(lang)}")
    if folder := scope.folder.strip("/"):
        # `0` is the character after `/`: a range can use the index, whatever `%` and `_` the name holds.
        parts.append(f"path >= {quoted(folder + '/')} AND path < {quoted(folder + '0')}")
    if scope.tag:
        parts.append(f"array_has(tags, {quoted(fold(scope.tag.lstrip('#')))})")
    if scope.exclude_path:
        parts.append(f"path <> {quoted(scope.exclude_path)}")
    return " AND ".join(parts)


def one_of(column: str, values: Iterable[str]) -> str:
    """Return the condition that a column holds one of these values."""
    return f"{column} IN ({', '.join(quoted(value) for value in values)})"


def quoted(value: str) -> str:
    """Return the text as a literal."""
    return "'" + without_surrogates(value).replace("'", "''") + "'"
