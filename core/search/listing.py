"""What a filter alone finds: `tag:board` or `path:projects/` list their notes, the latest first."""

from __future__ import annotations

from dataclasses import replace

from core.index.listing import ListedNote, notes_within
from core.index.model import ChunkRow, Scope, chunk_id
from core.index.vault_index import VaultIndex
from core.search.fusion import Candidate

FENCE = "---"


def listed(index: VaultIndex, scope: Scope, limit: int) -> list[Candidate]:
    """Return one passage per note: the one that begins where its tag stands, else its first."""
    notes = notes_within(index.catalog, scope, limit)
    rows: dict[str, list[ChunkRow]] = {}
    for row in index.store.rows_of([note.id for note in notes]):
        rows.setdefault(row.note_id, []).append(row)
    return [
        Candidate(_row_of(note, rows.get(note.id, [])), {"latest": 1 / place})
        for place, note in enumerate(notes, start=1)
    ]


def _row_of(note: ListedNote, rows: list[ChunkRow]) -> ChunkRow:
    for row in rows:
        if row.start_line <= note.line <= row.end_line:
            return _from_line(row, note.line)
    return rows[0] if rows else _without_text(note)


def _from_line(row: ChunkRow, line: int) -> ChunkRow:
    """The part of a passage from a line on; all of it where that line is one of the note's properties."""
    lines, place = row.text.split("\n"), line - row.start_line
    is_property = lines[0].rstrip() == FENCE and FENCE not in (above.rstrip() for above in lines[1:place])
    if is_property or place >= len(lines):
        return row
    return replace(row, text="\n".join(lines[place:]), start_line=line)


def _without_text(note: ListedNote) -> ChunkRow:
    """What stands for a note that holds nothing but its properties."""
    line = max(1, note.line)
    return ChunkRow(
        id=chunk_id(note.id, 0),
        note_id=note.id,
        path=note.path,
        title=note.title,
        heading_path=(),
        start_line=line,
        end_line=line,
        text="",
        lang="",
        text_hash="",
    )
