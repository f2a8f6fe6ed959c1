"""The first phase of indexing: notes are read, cut, and found by their words."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.concurrency import Cancelled
from core.documents.library import Library
from core.documents.naming import is_document
from core.errors import EmbeddingUnavailable, NoteMissing
from core.index.catalog import CatalogWriter, NoteEntry
from core.index.model import ChunkRow, Vector
from core.index.preparing import Known, PreparedNote, prepare
from core.index.preparing_documents import prepare_document
from core.index.run import Run
from core.index.vault_index import VaultIndex
from core.index.vector_phase import VectorPhase
from core.text.tags import TagRule
from core.vault.model import Change, ChangeKind, FileStamp

log = logging.getLogger(__name__)

BATCH_NOTES = 200
BATCH_CHUNKS = 1_000
BATCH_SECONDS = 1.0  # so that a new vault is searchable from its first second on
PROGRESS_SECONDS = 0.25  # what is interrupted all the time gets on by this much at a time
EMBED_FIRST = 8  # new chunks up to this many are embedded before the commit, which saves a second one
EMBED_FIRST_SECONDS = 0.2  # but the words must not wait for a busy machine
UNKNOWN = FileStamp(0, 0, 0)


class WordPhase:
    """Applies changes of the vault to the index, a batch of notes a commit."""

    def __init__(
        self,
        index: VaultIndex,
        vault: Path,
        vectors: VectorPhase,
        *,
        max_note_bytes: int,
        documents: Library | None = None,
        left_out: TagRule = TagRule(),  # noqa: B008 -- frozen
    ) -> None:
        self._index = index
        self._left_out = left_out
        self._vault = vault
        self._documents = documents
        self._vectors = vectors
        self._max_note_bytes = max_note_bytes

    def apply(self, changes: Sequence[Change], run: Run) -> list[str]:
        """Apply `changes`; returns the paths of notes that changed while they were read."""
        if self._index.is_shared:
            changes = [part for change in changes for part in _without_move(change)]
        run.total += len(changes)
        self._remove([change.path for change in changes if change.kind is ChangeKind.REMOVED], run)
        self._move({change.old_path: change.path for change in changes if change.kind is ChangeKind.MOVED})
        to_read = [change for change in changes if change.kind is not ChangeKind.REMOVED]
        to_read.sort(key=lambda change: -change.stamp.mtime_ns if change.stamp else 0)
        unsettled: list[str] = []
        for batch in filter(None, self._batches(to_read, run)):
            unsettled += self._commit(batch, run)
            run.done += len(batch)
            run.tell(self._index.catalog, batch[-1].facts.path)
        return unsettled

    def _remove(self, paths: Sequence[str], run: Run) -> None:
        """Forget these notes, those that are known, in one commit."""
        known = self._index.catalog.entries(paths)
        run.done += len(paths)
        if not known:
            return
        ids = [entry.id for entry in known.values()]
        with self._index.writing() as writer:
            self._index.store.replace_notes(dict.fromkeys(ids, ()), formerly=writer.row_counts(ids))
            writer.remove(ids)
        run.removed += len(ids)

    def _move(self, moves: dict[str, str]) -> None:
        """Rename notes in the catalogue; they are read again for their rows, which tell path and title."""
        if not moves:
            return
        known = self._index.catalog.entries(moves)
        in_the_way = self._index.catalog.entries(path for path in moves.values() if path not in moves)
        with self._index.writing() as writer:
            if ids := [entry.id for entry in in_the_way.values()]:
                self._index.store.replace_notes(dict.fromkeys(ids, ()), formerly=writer.row_counts(ids))
                writer.remove(ids)
            writer.move({old: new for old, new in moves.items() if old in known})

    def _batches(self, changes: Iterable[Change], run: Run) -> Iterator[list[PreparedNote]]:
        """Read and cut the notes; a batch ends when it is large or the first of it has waited long enough.

        Cancelled, it hands over what it has read before it raises, and a little is always read: changes of
        which each cuts short the work of the one before must not keep all of them from being found.
        """
        batch: list[PreparedNote] = []
        chunks, begin = 0, time.monotonic()
        progress = begin + PROGRESS_SECONDS
        for change in changes:
            if run.cancel.cancelled and time.monotonic() >= progress:
                yield batch
                raise Cancelled
            if prepared := self._prepare(change, run):
                batch.append(prepared)
                chunks += len(prepared.chunks)
            is_late = time.monotonic() - begin > BATCH_SECONDS
            if is_late or len(batch) >= BATCH_NOTES or chunks >= BATCH_CHUNKS:
                yield batch
                batch, chunks, begin = [], 0, time.monotonic()
        yield batch

    def _prepare(self, change: Change, run: Run) -> PreparedNote | None:
        """The note as it is now; None where it has gone, which is done with."""
        entry = self._index.catalog.entry(change.path)
        known = Known(entry.content_hash, entry.title) if entry else Known()
        if entry and entry.stamp.size < 0:
            known = replace(known, content_hash="")  # it was moved or is in doubt: its rows are stored again
        stamp = change.stamp or UNKNOWN
        try:
            if self._documents is not None and is_document(change.path):
                return prepare_document(self._documents, change.path, known)
            return prepare(
                *(self._vault, change.path, stamp, known),
                max_bytes=self._max_note_bytes,
                left_out=self._left_out,
            )
        except NoteMissing:
            self._remove([change.path], run)
            return None

    def _commit(self, batch: Sequence[PreparedNote], run: Run) -> list[str]:
        """Store a batch: rows in one commit, then the catalogue in one."""
        vectors = self._known_vectors(batch, run)
        unsettled: list[str] = []
        with self._index.writing() as writer:
            settled: list[PreparedNote] = []
            for note in batch:
                if self._is_current(note):
                    settled.append(note)
                else:
                    unsettled.append(note.facts.path)
            self._store(settled, vectors, writer, run)
        return unsettled

    def _store(
        self, batch: Sequence[PreparedNote], vectors: dict[str, Vector], writer: CatalogWriter, run: Run
    ) -> None:
        known = self._index.catalog.entries(note.facts.path for note in batch)
        rows: dict[str, list[ChunkRow]] = {}
        formerly: dict[str, int] = {}
        for note in batch:
            entry = known.get(note.facts.path)
            if note.unchanged or _is_done(note, entry):
                writer.touch(note.facts.path, note.facts.stamp)
                continue
            note_id = writer.note_id(note.facts.path, note.facts.stamp)
            rows[note_id] = _with_vectors(note, note_id, vectors)
            waiting = sum(row.vector is None for row in rows[note_id])
            formerly |= writer.row_counts([note_id])
            writer.record(note_id, replace(note.facts, waiting=waiting))
            _count(note, entry, run)
        if rows:
            self._index.store.replace_notes(rows, formerly=formerly)

    def _known_vectors(self, batch: Sequence[PreparedNote], run: Run) -> dict[str, Vector]:
        """Vectors by text hash that need no model, and those of a small change, which are computed now."""
        hashes = {chunk.text_hash for note in batch for chunk in note.chunks}
        vectors = self._index.known_vectors(list(hashes))
        vectors |= self._carried_over(batch, vectors)
        missing = hashes - vectors.keys()
        if 0 < len(missing) <= EMBED_FIRST and self._vectors.ready:
            rows = [row for note in batch for row in note.rows("") if row.text_hash in missing]
            try:
                vectors |= self._vectors.compute(rows, run, seconds=EMBED_FIRST_SECONDS)
            except EmbeddingUnavailable as error:
                run.problem = str(error)
        return vectors

    def _carried_over(self, batch: Sequence[PreparedNote], vectors: dict[str, Vector]) -> dict[str, Vector]:
        """A renamed note keeps its vectors: only the title in front of each chunk has changed."""
        renamed = {
            chunk.text_hash: former
            for note in batch
            for chunk, former in zip(note.chunks, note.former_hashes, strict=False)
            if chunk.text_hash not in vectors
        }
        if not renamed:
            return {}
        formerly = self._index.vectors.get(list(renamed.values()))
        carried = {now: formerly[former] for now, former in renamed.items() if former in formerly}
        self._index.vectors.put(carried.items(), now=time.time())
        return carried

    def _is_current(self, note: PreparedNote) -> bool:
        """Whether the file is still what was read: another process may have stored a newer text meanwhile."""
        if note.facts.problem:
            return True
        if self._documents is not None and is_document(note.facts.path):
            return self._documents.stamps().get(note.facts.path) == note.facts.stamp
        try:
            status = (self._vault / note.facts.path).stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (note.facts.stamp.size, note.facts.stamp.mtime_ns)


def _without_move(change: Change) -> list[Change]:
    """A note whose id comes from its path goes from one place and comes to another; its vectors are known."""
    if change.kind is not ChangeKind.MOVED:
        return [change]
    return [
        Change(ChangeKind.REMOVED, change.old_path),
        Change(ChangeKind.ADDED, change.path, change.stamp),
    ]


def _is_done(note: PreparedNote, entry: NoteEntry | None) -> bool:
    """Whether another process has stored this very text of this note."""
    if entry is None or note.facts.problem:
        return False
    same_text = entry.content_hash == note.facts.content_hash and entry.title == note.facts.title
    return same_text and entry.stamp.size >= 0  # a note that was moved is stored again for its path


def _with_vectors(note: PreparedNote, note_id: str, vectors: dict[str, Vector]) -> list[ChunkRow]:
    return [replace(row, vector=vectors.get(row.text_hash)) for row in note.rows(note_id)]


def _count(note: PreparedNote, entry: NoteEntry | None, run: Run) -> None:
    if note.facts.problem:
        return
    if entry is None:
        run.added += 1
    else:
        run.changed += 1
