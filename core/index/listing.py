"""Lists the notes of a folder or with a tag, the latest first: what a search without words is for."""

from __future__ import annotations

from dataclasses import dataclass

from core.index.catalog import Catalog
from core.index.model import Scope
from core.index.naming import fold

_COLUMNS = "notes.id, notes.path, notes.title"
_READ = "(notes.problem = '' OR notes.chunks > 0)"


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note of the list; `line` is where its tag stands, 0 where none was asked for."""

    id: str
    path: str
    title: str
    line: int = 0


def notes_within(catalog: Catalog, scope: Scope, limit: int) -> list[ListedNote]:
    """Return the notes that a search with `scope` may see, the latest first; a tag covers those below it."""
    conditions, values = [_READ, "notes.path <> ?"], [scope.exclude_path]
    if folder := scope.folder.strip("/"):
        conditions.append("notes.path >= ? AND notes.path < ?")  # `0` follows `/`
        values += [folder + "/", folder + "0"]
    if tag := fold(scope.tag.lstrip("#")):
        conditions.append("(tags.key = ? OR (tags.key >= ? AND tags.key < ?))")
        values += [tag, tag + "/", tag + "0"]
        source, line = "notes JOIN tags ON tags.note = notes.id", "min(tags.line)"
    else:
        source, line = "notes", "0"
    statement = (
        f"SELECT {_COLUMNS}, {line} FROM {source} WHERE {' AND '.join(conditions)} "
        "GROUP BY notes.id ORDER BY notes.mtime_ns DESC, notes.path LIMIT ?"
    )
    with catalog.database.reading() as connection:
        rows = connection.execute(statement, (*values, limit)).fetchall()
    return [ListedNote(str(note), path, title, at) for note, path, title, at in rows]
