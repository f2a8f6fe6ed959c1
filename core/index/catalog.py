"""What is known of every note of a vault beside its chunks: SQLite, changed together with the rows.

The rows go first, the catalogue after, so a killed writer leaves a catalogue that knows too little, never
too much. It also remembers the store's version at its last commit: a different one tells the next writer
that the two have parted (see `core.index.vault_index`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import Connection

from core.documents.naming import PREFIX, is_document
from core.index.database import Database
from core.index.naming import block_name, fold, name_key, names_of
from core.text.model import Heading, Link, Tag
from core.vault.model import FileStamp, SkipKind, Skipped, Snapshot

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: rows of a removed note cannot be taken over
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    chunks INTEGER NOT NULL DEFAULT 0,
    waiting INTEGER NOT NULL DEFAULT 0,    -- chunks that have no vector yet
    second INTEGER NOT NULL DEFAULT 0,     -- 1 until the second encoder has seen its chunks
    problem TEXT NOT NULL DEFAULT ''       -- why the note is not indexed, in words
);
CREATE INDEX IF NOT EXISTS second_notes ON notes (mtime_ns DESC) WHERE second > 0;
CREATE INDEX IF NOT EXISTS waiting_notes ON notes (mtime_ns DESC) WHERE waiting > 0;
CREATE INDEX IF NOT EXISTS doubtful_notes ON notes (path) WHERE size < 0;
CREATE INDEX IF NOT EXISTS problem_notes ON notes (path) WHERE problem <> '';
CREATE TABLE IF NOT EXISTS names (        -- of notes, and of Logseq's blocks as `((id))`
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE, key TEXT NOT NULL, name TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS names_by_note ON names (note);
CREATE INDEX IF NOT EXISTS names_by_key ON names (key);
CREATE TABLE IF NOT EXISTS links (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    kind TEXT NOT NULL, key TEXT NOT NULL, target TEXT NOT NULL, anchor TEXT NOT NULL, text TEXT NOT NULL,
    line INTEGER NOT NULL, col INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS links_by_note ON links (note);
CREATE INDEX IF NOT EXISTS links_by_key ON links (key);
CREATE TABLE IF NOT EXISTS tags (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    key TEXT NOT NULL, tag TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS tags_by_note ON tags (note);
CREATE INDEX IF NOT EXISTS tags_by_key ON tags (key);
CREATE TABLE IF NOT EXISTS headings (
    note INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
    level INTEGER NOT NULL, title TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS headings_by_note ON headings (note);
CREATE TABLE IF NOT EXISTS problem_kinds (
    note INTEGER PRIMARY KEY REFERENCES notes ON DELETE CASCADE, kind TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS totals (notes INTEGER NOT NULL, chunks INTEGER NOT NULL, waiting INTEGER NOT NULL);
INSERT INTO totals SELECT 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM totals);
CREATE TRIGGER IF NOT EXISTS note_added AFTER INSERT ON notes BEGIN
    UPDATE totals SET notes = notes + (new.problem = '' OR new.chunks > 0), chunks = chunks + new.chunks,
        waiting = waiting + new.waiting;
END;
CREATE TRIGGER IF NOT EXISTS note_removed AFTER DELETE ON notes BEGIN
    UPDATE totals SET notes = notes - (old.problem = '' OR old.chunks > 0), chunks = chunks - old.chunks,
        waiting = waiting - old.waiting;
END;
CREATE TRIGGER IF NOT EXISTS note_changed AFTER UPDATE OF chunks, waiting, problem ON notes BEGIN
    UPDATE totals SET
        notes = notes + (new.problem = '' OR new.chunks > 0) - (old.problem = '' OR old.chunks > 0),
        chunks = chunks + new.chunks - old.chunks, waiting = waiting + new.waiting - old.waiting;
END;
"""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note as the catalogue knows it."""

    id: str
    path: str
    stamp: FileStamp
    content_hash: str
    title: str
    chunks: int
    waiting: int
    problem: str


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """All that is recorded of a note when it is indexed."""

    path: str
    stamp: FileStamp
    content_hash: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    block_ids: tuple[str, ...] = ()
    """Logseq's ids of its blocks, by which any note refers to them."""
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    chunks: int = 0
    waiting: int = 0
    problem: str = ""
    problem_kind: SkipKind = SkipKind.PROBLEM


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all notes, kept current by the database itself; chunks are those of documents, too."""

    notes: int
    chunks: int
    waiting: int
    documents: int


_COUNT_DOCUMENTS = (  # `0` follows `/`, so that a range of the paths' index tells them
    "SELECT count(*) FROM notes WHERE path >= ? AND path < ? AND (problem = '' OR chunks > 0)"
)
_RECORDED = ("path", "title", "content_hash", "chunks", "waiting", "problem")
_KINDS = {str(kind): kind for kind in SkipKind}
_ENTRY = "id, path, size, mtime_ns, inode, content_hash, title, chunks, waiting, problem"


class Catalog:
    """The notes of one vault: stamps, names, links, tags, and how far each is indexed.

    Usable from any thread. The cost of a change does not depend on the number of notes.
    """

    def __init__(self, file: Path) -> None:
        self.database = Database(file, SCHEMA)

    def snapshot(self) -> Snapshot:
        """The vault as it was last indexed, to be compared with a new scan."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT path, size, mtime_ns, inode FROM notes").fetchall()
        return Snapshot({path: FileStamp(*stamp) for path, *stamp in rows})

    def entry(self, path: str) -> NoteEntry | None:
        """The note at `path`, or None."""
        return self.entries([path]).get(path)

    def entries(self, paths: Iterable[str]) -> dict[str, NoteEntry]:
        """The notes at `paths`, by path; unknown ones are left out."""
        statement = f"SELECT {_ENTRY} FROM notes WHERE path = ?"
        with self.database.reading() as connection:
            rows = (connection.execute(statement, (path,)).fetchone() for path in paths)
            return {row[1]: _entry(row) for row in rows if row is not None}

    def waiting(self, limit: int, *, first: Sequence[str] = ()) -> list[NoteEntry]:
        """Notes with chunks that wait for a vector: the paths in `first`, then the latest changed."""
        asked = [entry for entry in self.entries(first).values() if entry.waiting]
        with self.database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_ENTRY} FROM notes WHERE waiting > 0 ORDER BY mtime_ns DESC LIMIT ?",
                (limit + len(asked),),
            ).fetchall()
        known = {entry.id for entry in asked}
        return [*asked, *(entry for entry in map(_entry, rows) if entry.id not in known)][:limit]

    def second_due(self, limit: int) -> list[NoteEntry]:
        """Notes whose chunks the second encoder has not seen, the latest changed first."""
        with self.database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_ENTRY} FROM notes WHERE second > 0 ORDER BY mtime_ns DESC LIMIT ?", (limit,)
            ).fetchall()
        return [_entry(row) for row in rows]

    def second_done(self, notes: Iterable[NoteEntry]) -> None:
        """Record that the second encoder has seen these notes; one that changed meanwhile stays due."""
        with self.database.writing() as connection:
            connection.executemany(
                "UPDATE notes SET second = 0 WHERE id = ? AND content_hash = ?",
                [(note.id, note.content_hash) for note in notes],
            )

    def totals(self) -> Totals:
        """Sums over all notes; one that could not be read is not counted."""
        with self.database.reading() as connection:
            totals = connection.execute("SELECT notes, chunks, waiting FROM totals").fetchone()
            (documents,) = connection.execute(_COUNT_DOCUMENTS, (PREFIX, PREFIX[:-1] + "0")).fetchone()
        return Totals(totals[0] - documents, totals[1], totals[2], documents)

    def problems(self) -> list[Skipped]:
        """Notes that could not be indexed, and why."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT path, problem, kind FROM notes LEFT JOIN problem_kinds ON note = id "
                "WHERE problem <> '' ORDER BY path"
            )
            return [
                Skipped(path, problem, _KINDS.get(kind, SkipKind.PROBLEM)) for path, problem, kind in rows
            ]

    def doubtful(self) -> list[str]:
        """Paths of notes whose rows were found not to be what they should; they are to be read again."""
        with self.database.reading() as connection:
            return [path for (path,) in connection.execute("SELECT path FROM notes WHERE size < 0")]

    def fact(self, name: str) -> int:
        """A number kept under `name`; 0 where there is none."""
        with self.database.reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def want_second(self) -> None:
        """Have the second encoder look at every note once more."""
        with self.database.writing() as connection:
            connection.execute("UPDATE notes SET second = chunks > 0")

    def keep_fact(self, name: str, value: int) -> None:
        """Keep a number under `name`."""
        with self.database.writing() as connection:
            CatalogWriter(connection).keep_fact(name, value)


class CatalogWriter:
    """The changes of one transaction; made by `VaultIndex.writing`."""

    def __init__(self, connection: Connection, *, ids_by_path: bool = False) -> None:
        """`ids_by_path` gives a new note the id that its path gets on every machine."""
        self._connection = connection
        self._ids_by_path = ids_by_path

    def note_id(self, path: str, stamp: FileStamp) -> str:
        """The id of the note at `path`, given now if it has none."""
        self._connection.execute(
            "INSERT INTO notes (id, path, size, mtime_ns, inode, content_hash) VALUES (?, ?, ?, ?, ?, '') "
            "ON CONFLICT (path) DO NOTHING",
            (_id_of(path) if self._ids_by_path else None, path, stamp.size, stamp.mtime_ns, stamp.inode),
        )
        row = self._connection.execute("SELECT id FROM notes WHERE path = ?", (path,)).fetchone()
        return str(row[0])

    def row_counts(self, note_ids: Iterable[str]) -> dict[str, int]:
        """How many rows these notes have; those whose rows are in doubt, or shared, are left out."""
        if self._ids_by_path:
            return {}
        statement = "SELECT id, chunks FROM notes WHERE id = ? AND size >= 0"
        rows = (self._connection.execute(statement, (note_id,)).fetchone() for note_id in note_ids)
        return {str(row[0]): row[1] for row in rows if row is not None}

    def move(self, moves: Mapping[str, str]) -> None:
        """Rename notes, old path to new, all at once (two may swap); their ids stay, their rows are doubtful.

        No other note may be in the way.
        """
        aside = [("\0" + old, old) for old in moves]  # no path holds a NUL
        self._connection.executemany("UPDATE notes SET path = ?, size = -1 WHERE path = ?", aside)
        settled = [(new, "\0" + old) for old, new in moves.items()]
        self._connection.executemany("UPDATE notes SET path = ? WHERE path = ?", settled)

    def touch(self, path: str, stamp: FileStamp) -> None:
        """Record that the file was written without a change of its content."""
        self._connection.execute(
            "UPDATE notes SET size = ?, mtime_ns = ?, inode = ? WHERE path = ?",
            (stamp.size, stamp.mtime_ns, stamp.inode, path),
        )

    def record(self, note_id: str, facts: NoteFacts) -> None:
        """Make `facts` all that is known of the note."""
        self._connection.execute(
            "UPDATE notes SET path = :path, size = :size, mtime_ns = :mtime_ns, inode = :inode, "
            "title = :title, content_hash = :content_hash, chunks = :chunks, waiting = :waiting, "
            "problem = :problem, second = :chunks > 0 WHERE id = :id",
            {
                "id": note_id,
                **asdict(facts.stamp),
                **{name: getattr(facts, name) for name in _RECORDED},
            },
        )
        for table in ("names", "links", "tags", "headings", "problem_kinds"):
            self._connection.execute(f"DELETE FROM {table} WHERE note = ?", (note_id,))
        if facts.problem:
            self._connection.execute(
                "INSERT INTO problem_kinds VALUES (?, ?)", (note_id, str(facts.problem_kind))
            )
        else:
            self._record_graph(note_id, facts)

    def _record_graph(self, note_id: str, facts: NoteFacts) -> None:
        many = self._connection.executemany
        # A link means a note; a document must not take a note's place by being called like it.
        names = [] if is_document(facts.path) else names_of(facts.path, facts.title, facts.aliases)
        keyed = [(name_key(name), name) for name in names]
        keyed += [(name_key(block_id), block_name(block_id)) for block_id in facts.block_ids]
        many("INSERT INTO names VALUES (?, ?, ?)", [(note_id, key, name) for key, name in keyed])
        links = [
            (note_id, str(to.kind), name_key(to.target), to.target, to.anchor, to.text, to.line, to.column)
            for to in facts.links
        ]
        many("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?)", links)
        many(
            "INSERT INTO tags VALUES (?, ?, ?, ?)",
            [(note_id, fold(tag.name), tag.name, tag.line) for tag in facts.tags],
        )
        many(
            "INSERT INTO headings VALUES (?, ?, ?, ?)",
            [(note_id, heading.level, heading.title, heading.line) for heading in facts.headings],
        )

    def remove(self, note_ids: Iterable[str]) -> None:
        """Forget these notes."""
        self._connection.executemany("DELETE FROM notes WHERE id = ?", [(note_id,) for note_id in note_ids])

    def set_waiting(self, waiting: Mapping[str, int]) -> None:
        """Set how many chunks of each note still have no vector."""
        self._connection.executemany(
            "UPDATE notes SET waiting = ? WHERE id = ?",
            [(count, note_id) for note_id, count in waiting.items()],
        )

    def keep_fact(self, name: str, value: int) -> None:
        """Keep a number under `name`."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def repair(self, state: Mapping[str, tuple[int, int]]) -> list[str]:
        """Bring the notes in line with the rows that are really there.

        Args:
            state: rows and rows without a vector, by note id.

        Returns:
            ids that have rows but are unknown; a note whose rows are not those it should have is read again.
        """
        known = self._connection.execute("SELECT id, chunks FROM notes").fetchall()
        for note, chunks in known:
            rows, waiting = state.get(str(note), (0, 0))
            if rows != chunks:
                self._connection.execute(
                    "UPDATE notes SET size = -1, mtime_ns = -1, inode = -1, content_hash = '', chunks = ? "
                    "WHERE id = ?",
                    (rows, note),
                )
            self._connection.execute("UPDATE notes SET waiting = ? WHERE id = ?", (waiting, note))
        return sorted(state.keys() - {str(note) for note, _ in known})


def _id_of(path: str) -> int:
    """A number of 62 bits: among ten million notes two share one by a chance of one to 90 000."""
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest()) >> 2


def _entry(row: tuple[str | int, ...]) -> NoteEntry:
    note_id, path, size, mtime_ns, inode, content_hash, title, chunks, waiting, problem = row
    stamp = FileStamp(int(size), int(mtime_ns), int(inode))
    return NoteEntry(
        str(note_id), str(path), stamp, str(content_hash), str(title), int(chunks), int(waiting), str(problem)
    )
