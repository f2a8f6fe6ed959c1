"""What the person added to a request and took out of it: pinned notes, tags, reach, removed parts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from core.assist.model import AskRequest, ContextPart, NoteContext, PartKind, Sources, Work
from core.errors import DocumentError, NoteError
from core.index.model import Scope
from core.prompts.model import Retrieval
from core.search.model import Passage, SearchQuery
from core.text import tokens
from core.vault.left_out import LeftOut

Search = Callable[[SearchQuery], Awaitable[list[Passage]]]
ReadNote = Callable[[str], str]
"""Returns the text of a note or document of the vault; raises `NoteError` or `DocumentError`; may block."""

PINNED_TOKENS = 3000
"""Of one pinned note; what is longer is cut at a sentence."""
_PINNED = "pinned:"


def passage_key(passage: Passage) -> str:
    """Return the key by which a passage is removed from a request."""
    return f"passage:{passage.path}:{passage.start_line}"


def pinned_key(path: str) -> str:
    """Return the key by which a pinned note is removed."""
    return f"{_PINNED}{path}"


def is_pinned(passage: Passage) -> bool:
    """Whether a passage is a note or document that the person pinned, and no find."""
    return passage.id.startswith(_PINNED)


def sendable(request: AskRequest, left_out: LeftOut) -> AskRequest:
    """Return a question with what may be sent of the open note.

    Raises:
        NoteLeftOut: the request is work on a note that goes to no model.
    """
    note = without_removed(request.note, request.sources)
    if note is not None and left_out.holds(note.path, seen_of(note)):
        if request.work is not Work.ASK:
            left_out.check(note.path, seen_of(note))
        note = None
    return replace(request, note=note)


def seen_of(note: NoteContext | None) -> str:
    """Return what a request sees of the open note as it stands there, the whole of it if it is given."""
    return (note.text or f"{note.before}{note.selection}{note.after}") if note is not None else ""


def without_removed(note: NoteContext | None, sources: Sources) -> NoteContext | None:
    """Return what of the open note may be sent."""
    if note is None:
        return None
    gone = sources.without
    if "selection" in gone:
        note = replace(note, selection="")
    if "block" in gone:
        note = replace(note, block="")
    if "note" in gone:
        note = replace(note, before="", after="", text="")
    nothing_left = not any((note.selection, note.block, note.before, note.after, note.text))
    return None if nothing_left and gone & {"selection", "block", "note"} else note


def note_parts(note: NoteContext | None) -> list[ContextPart]:
    """Return the parts of the context that come from the open note."""
    if note is None:
        return []
    around = note.text or f"{note.before}{note.after}"
    found = [(PartKind.SELECTION, note.selection), (PartKind.BLOCK, note.block), (PartKind.NOTE, around)]
    title = note.title or PurePosixPath(note.path).stem
    return [
        ContextPart(kind, kind.value, title, tokens.count(text), note.path)
        for kind, text in found
        if text.strip()
    ]


def passage_part(passage: Passage) -> ContextPart:
    """Return the part of the context that a passage or pinned note is."""
    pinned = is_pinned(passage)
    return ContextPart(
        PartKind.PINNED if pinned else PartKind.PASSAGE,
        passage.id if pinned else passage_key(passage),
        passage.title or PurePosixPath(passage.path).stem,
        tokens.count(passage.text),
        passage.path,
        passage.start_line,
    )


class SourcedSearch:
    """A search that looks where the person wants it to; pinned notes come first, removed passages never."""

    def __init__(self, search: Search, sources: Sources, *, read_note: ReadNote, open_note: str = "") -> None:
        self._search = search
        self._sources = sources
        self._read_note = read_note
        self._open_note = open_note

    async def __call__(self, query: SearchQuery) -> list[Passage]:
        """Return pinned notes, then what was found."""
        pinned = await asyncio.to_thread(self._pinned)
        known = {passage.path for passage in pinned}
        found = [passage for passage in await self._found(query) if passage.path not in known]
        return pinned + [p for p in found if passage_key(p) not in self._sources.without]

    async def _found(self, query: SearchQuery) -> list[Passage]:
        retrieval = self._sources.retrieval
        if retrieval is Retrieval.NONE:
            return []
        scope = query.scope
        if retrieval is Retrieval.FOLDER:
            folder = PurePosixPath(self._open_note).parent.as_posix()
            scope = replace(scope, folder="" if folder == "." else folder)
        if not self._sources.tags:
            found = await self._search(replace(query, scope=scope))
        else:
            found = await self._of_tags(query, scope)
        if retrieval is Retrieval.NOTE:
            return [passage for passage in found if passage.path == self._open_note]
        return found

    async def _of_tags(self, query: SearchQuery, scope: Scope) -> list[Passage]:
        """Return what notes with any of the tags hold, best first, each passage once."""
        lists = [
            await self._search(replace(query, scope=replace(scope, tag=tag))) for tag in self._sources.tags
        ]
        every = {passage.id: passage for found in lists for passage in found}
        return sorted(every.values(), key=lambda passage: -passage.score)[: query.limit]

    def _pinned(self) -> list[Passage]:
        """Return the pinned notes and documents as passages; one that cannot be read any more is left out."""
        found = []
        for path in self._sources.notes:
            if pinned_key(path) in self._sources.without:
                continue
            try:
                text = tokens.trim(self._read_note(path), PINNED_TOKENS)
            except (NoteError, DocumentError):
                continue
            found.append(_whole_note(path, text))
        return found


def _whole_note(path: str, text: str) -> Passage:
    lines = text.count("\n") + 1
    return Passage(pinned_key(path), path, PurePosixPath(path).stem, (), 1, lines, text, "", 1.0)


def as_numbered(passages: Sequence[Passage], clean: Callable[[str], str]) -> str:
    """Return passages as a template shows them: numbered from 1, each under its origin."""
    parts = []
    for n, passage in enumerate(passages, start=1):
        headings = [part for part in passage.heading_path if part != passage.title]
        origin = " › ".join([passage.title or passage.path, *headings])
        parts.append(f"[{n}] {clean(origin)}\n{clean(passage.text)}")
    return "\n\n".join(parts)
