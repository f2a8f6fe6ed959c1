"""Notes that a tag keeps out of the index: what is recorded of them, and what another rule means for them."""

from __future__ import annotations

import hashlib
from sqlite3 import Connection

from core.index.catalog import Catalog
from core.text.tags import TagRule
from core.vault.model import SkipKind

REASON = "it carries a tag that you leave out"
_RULE = "tags left out"
"""The fact that holds the rule the notes were last read by; 0 for none."""


def apply_rule(catalog: Catalog, rule: TagRule) -> list[str]:
    """Have those notes read again that another rule than the last one may concern, and return their paths."""
    number = _number(rule)
    if catalog.fact(_RULE) == number:
        return []
    with catalog.database.writing() as connection:
        concerned = _left_out(connection) | _tagged(connection, rule)
        connection.executemany("UPDATE notes SET size = -1 WHERE path = ?", [(path,) for path in concerned])
        connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_RULE, number))
    return sorted(concerned)


def count(catalog: Catalog) -> int:
    """How many notes a tag keeps out."""
    with catalog.database.reading() as connection:
        return len(_left_out(connection))


def _left_out(connection: Connection) -> set[str]:
    rows = connection.execute(
        "SELECT path FROM problem_kinds JOIN notes ON notes.id = note WHERE kind = ?", (str(SkipKind.TAG),)
    )
    return {path for (path,) in rows}


def _tagged(connection: Connection, rule: TagRule) -> set[str]:
    keys = [key for (key,) in connection.execute("SELECT DISTINCT key FROM tags") if rule.covers(key)]
    statement = "SELECT path FROM tags JOIN notes ON notes.id = note WHERE key = ?"
    return {path for key in keys for (path,) in connection.execute(statement, (key,))}


def _number(rule: TagRule) -> int:
    """A number of 60 bits that stands for the rule."""
    if not rule:
        return 0
    digest = hashlib.blake2b(repr(sorted(rule.keys)).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 4) + 1
