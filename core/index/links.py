"""The link graph of a vault: where a note leads, what leads to it, and which names nobody bears.

Links are kept as written and resolved when asked for, by indexed look-ups: a note that comes, goes or is
renamed costs nothing here, and an answer is never stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import NamedTuple

from core.index.catalog import Catalog
from core.index.naming import Candidate, choose, fold, name_key
from core.text.model import LinkKind


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """One link of a note; `to_path` is empty where no note bears the target's name."""

    from_path: str
    to_path: str
    kind: LinkKind
    target: str
    anchor: str
    text: str
    line: int


class Lead(NamedTuple):
    """One line of a note that links to another note."""

    line: int
    path: str


_COLUMNS = "links.kind, links.key, links.target, links.anchor, links.text, links.line, notes.path"


class LinkGraph:
    """Answers from the catalogue who links to whom; usable from any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._database = catalog.database

    def outgoing(self, path: str) -> list[ResolvedLink]:
        """The links of the note at `path`, in its order; links within the note itself are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM links JOIN notes ON notes.id = links.note "
                "WHERE notes.path = ? AND links.key <> '' ORDER BY links.line, links.col",
                (path,),
            ).fetchall()
            return [_resolved(connection, row) for row in rows]

    def backlinks(self, path: str) -> list[ResolvedLink]:
        """The links of other notes that lead to the note at `path`, by the notes' paths and lines."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT DISTINCT {_COLUMNS} FROM links JOIN notes ON notes.id = links.note "
                "WHERE links.key IN (SELECT names.key FROM names JOIN notes ON notes.id = names.note "
                "WHERE notes.path = ?) AND notes.path <> ? ORDER BY notes.path, links.line, links.col",
                (path, path),
            ).fetchall()
            found = (_resolved(connection, row) for row in rows)
            return [link for link in found if link.to_path == path]

    def leads(self, sources: Sequence[str], targets: Iterable[str]) -> dict[str, set[Lead]]:
        """From where each of the notes `sources` links to which of the notes `targets`; all by path."""
        wanted = set(targets)
        found: dict[str, set[Lead]] = {source: set() for source in sources}
        with self._database.reading() as connection:
            links = _links_between(connection, sources, wanted)
            candidates = _candidates_by_key(connection, {key for _, key, _, _, _ in links})
        for kind, key, target, line, source in links:
            path = _chosen(LinkKind(kind), target, source, candidates.get(key, []))
            if path in wanted and path != source:
                found[source].add(Lead(line, path))
        return found

    def named(self, name: str) -> list[str]:
        """Paths of the notes that bear exactly this name (title, alias, file name or path), best first."""
        with self._database.reading() as connection:
            candidates = _candidates(connection, name_key(name))
            best = choose(LinkKind.WIKI, name, "", candidates)
            paths = {c.path: c.note_id == best for c in candidates if _is_called(c, name)}
        return sorted(paths, key=lambda path: (not paths[path], path))

    def tagged(self, tag: str, limit: int) -> list[str]:
        """Paths of notes with this tag or one below it, latest first."""
        key = fold(tag.lstrip("#"))
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT notes.path, notes.mtime_ns FROM tags JOIN notes ON notes.id = tags.note "
                "WHERE tags.key = ? OR (tags.key >= ? AND tags.key < ?) "  # `0` follows `/`
                "ORDER BY notes.mtime_ns DESC, notes.path LIMIT ?",
                (key, key + "/", key + "0", limit),
            )
            return [path for path, _ in rows]


def _resolved(connection: Connection, row: tuple[str, str, str, str, str, int, str]) -> ResolvedLink:
    kind, key, target, anchor, text, line, from_path = row
    to_path = _path(connection, kind, key, target, from_path)
    return ResolvedLink(from_path, to_path, LinkKind(kind), target, anchor, text, line)


def _path(connection: Connection, kind: str, key: str, target: str, from_path: str) -> str:
    """The path of the note that a link means, empty where there is none."""
    return _chosen(LinkKind(kind), target, from_path, _candidates(connection, key))


def _chosen(kind: LinkKind, target: str, from_path: str, candidates: Sequence[Candidate]) -> str:
    note_id = choose(kind, target, from_path, candidates)
    return next((c.path for c in candidates if c.note_id == note_id), "")


def _links_between(
    connection: Connection, sources: Iterable[str], targets: Iterable[str]
) -> list[tuple[str, str, str, int, str]]:
    """Kind, key, target, line and source of the links of `sources` that may mean one of `targets`."""
    rows = connection.execute(
        "SELECT DISTINCT links.kind, links.key, links.target, links.line, notes.path FROM links "
        "JOIN notes ON notes.id = links.note "
        "WHERE notes.path IN (SELECT value FROM json_each(?)) AND links.key IN ("
        "SELECT names.key FROM names JOIN notes AS named ON named.id = names.note "
        "WHERE named.path IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(sources)), json.dumps(list(targets))),
    )
    return rows.fetchall()


def _candidates(connection: Connection, key: str) -> list[Candidate]:
    return _candidates_by_key(connection, (key,)).get(key, [])


def _candidates_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    rows: Iterable[tuple[str, int, str, str]] = connection.execute(
        "SELECT names.key, notes.id, notes.path, names.name FROM names JOIN notes ON notes.id = names.note "
        "WHERE names.key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    for key, note_id, path, name in rows:
        found.setdefault(key, []).append(Candidate(str(note_id), path, name))
    return found


def _is_called(candidate: Candidate, name: str) -> bool:
    return fold(name) in (
        fold(candidate.name),
        fold(candidate.path),
        fold(candidate.path).removesuffix(".md"),
    )
