"""The names that a vault offers to somebody who writes a link or a tag."""

from __future__ import annotations

from core.index.catalog import Catalog
from core.index.naming import BLOCK_NAMES
from core.text.matching import Term, Terms, make_terms


def note_names(catalog: Catalog) -> Terms:
    """Return every name a note goes by, aliases too; the notes that were changed last stand first."""
    with catalog.database.reading() as connection:
        rows = connection.execute(
            "SELECT DISTINCT names.name, notes.path FROM names JOIN notes ON notes.id = names.note "
            f"WHERE names.name NOT GLOB '{BLOCK_NAMES}' ORDER BY notes.mtime_ns DESC, notes.path, names.rowid"
        )
        return make_terms(Term(name, path) for name, path in rows)


def tag_names(catalog: Catalog) -> Terms:
    """Return every tag; those on most notes stand first."""
    with catalog.database.reading() as connection:
        rows = connection.execute(
            "SELECT MIN(tag), COUNT(DISTINCT note) AS uses FROM tags GROUP BY key ORDER BY uses DESC, key"
        )
        return make_terms(Term(tag) for tag, _ in rows)


def heading_names(catalog: Catalog, path: str) -> Terms:
    """Return the headings of one note, in its order."""
    with catalog.database.reading() as connection:
        rows = connection.execute(
            "SELECT headings.title FROM headings JOIN notes ON notes.id = headings.note "
            "WHERE notes.path = ? ORDER BY headings.line",
            (path,),
        )
        return make_terms(Term(title) for title in dict.fromkeys(title for (title,) in rows))
