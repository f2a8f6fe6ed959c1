"""What stands in the search field: words, `tag:` and `path:`. No Qt in here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from core.search.model import SearchQuery
from core.search.query import narrowed
from desktop.windows.tree_nodes import natural_key


def parse_search(text: str, *, limit: int) -> SearchQuery:
    """Return the query: filters taken out, the rest as words."""
    scope, rest = narrowed(text)
    return SearchQuery(" ".join(rest.split()), limit=limit, scope=scope)


def names_for(query: SearchQuery, notes: Iterable[str], *, limit: int) -> list[str]:
    """Return the notes that a query finds by name, of a folder without words all, as the tree sorts them.

    With a tag there are none: which notes have it is not written in their names.
    """
    if query.scope.tag:
        return []
    below = f"{query.scope.folder}/" if query.scope.folder else ""
    inside = [path for path in notes if path.startswith(below)]
    if query.text:
        return names_with(query.text, inside, limit=limit)
    return sorted(inside, key=natural_key)[:limit] if below else []


def names_with(words: str, notes: Iterable[str], *, limit: int) -> list[str]:
    """Return the notes whose path holds every word; a name that begins with them all comes first."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = [path for path in notes if all(word in path.casefold() for word in wanted)]
    return sorted(found, key=lambda path: _rank(path, " ".join(wanted)))[:limit]


def _rank(path: str, words: str) -> tuple[bool, bool, int, str]:
    name = PurePosixPath(path).stem.casefold()
    return (not name.startswith(words), words not in name, len(path), path)
