"""From an imported document to what the index keeps of it: cut page by page, so that a hit names its page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from core.documents.library import Document, Library, parts_of, text_digest
from core.errors import DocumentMissing, NoteMissing
from core.index.catalog import NoteFacts
from core.index.preparing import Known, PreparedNote, problem
from core.text import markdown
from core.text.chunks import chunk, text_hash
from core.text.model import Chunk, Heading, ParsedNote
from core.vault.model import SkipKind

log = logging.getLogger(__name__)


def prepare_document(library: Library, path: str, known: Known) -> PreparedNote:
    """Cut the document at `path`, unless it is what is already known.

    Its links, tags and aliases are left out: what was written elsewhere has no say in the vault's graph.

    Raises:
        NoteMissing: it was removed.
    """
    try:
        stamp, document = library.entry(path)
        text = library.text(document)
    except DocumentMissing as error:
        raise NoteMissing(str(error), path=path) from error
    digest = text_digest(document, text)
    facts = NoteFacts(path=path, stamp=stamp, content_hash=digest)
    if digest == known.content_hash:
        return PreparedNote(facts, unchanged=True)
    try:
        return _cut(document, text, facts)
    except Exception as error:  # a poison document is set aside and told, whatever it trips over
        log.warning("a document could not be indexed: %s", type(error).__name__, exc_info=error)
        reason = f"The document could not be parsed ({type(error).__name__})."
        return problem(path, stamp, reason, SkipKind.POISON)


def _cut(document: Document, text: str, facts: NoteFacts) -> PreparedNote:
    parsed = [(start, markdown.parse(part)) for start, _, part in parts_of(text, document.marks)]
    title = _title(document, [note for _, note in parsed])
    pieces = tuple(_pieces(parsed, title))
    headings = tuple(heading for start, note in parsed for heading in _moved(note.headings, start))
    return PreparedNote(replace(facts, title=title, headings=headings, chunks=len(pieces)), pieces)


def _pieces(parsed: list[tuple[int, ParsedNote]], title: str) -> Iterator[Chunk]:
    """Cut each part by itself; a section that runs on over the page keeps its heading there."""
    above: tuple[str, ...] = ()
    for start, note in parsed:
        for piece in chunk(note, title=title):
            path = piece.heading_path or above
            above = path
            yield replace(
                piece,
                heading_path=path,
                start_line=piece.start_line + start - 1,
                end_line=piece.end_line + start - 1,
                text_hash=text_hash(title, path, piece.text),
            )


def _title(document: Document, notes: list[ParsedNote]) -> str:
    given = document.title or (notes[0].title if notes else "")
    return given or PurePath(document.name).stem


def _moved(headings: tuple[Heading, ...], start: int) -> Iterator[Heading]:
    for heading in headings:
        yield replace(heading, line=heading.line + start - 1)
