"""What other programs may ask of the notes. Nothing here writes, and no excluded note is ever given.

The docstrings are what a client's model reads; every text goes out without characters that a person would
not see, for orders to a model can hide in them.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.assist.context import visible
from core.documents.naming import is_document
from core.errors import NoteMissing, UsageError
from core.index.catalog import Catalog
from core.index.links import LinkGraph, ResolvedLink
from core.index.listing import notes_within
from core.index.model import Scope
from core.index.naming import without_suffix
from core.mcp.at_hand import NotesAtHand
from core.mcp.model import Found, FoundPassage, Links, Listing, NamedNote, NoteLink, NotePart
from core.search.model import Passage, SearchQuery
from core.vault import notes

MOST_PASSAGES = 50
MOST_NOTES = 500
MOST_MEANT = 5
MOST_CHARACTERS = 50_000
"""Of a note at a time: some 12 000 tokens of English, and no client takes much more."""


class NoteTools:
    """The tools, each a method; they are called on worker threads."""

    def __init__(self, at_hand: NotesAtHand) -> None:
        self._at_hand = at_hand

    def search_notes(self, query: str, limit: int = 10, folder: str = "", tag: str = "") -> Found:
        """Find passages of the person's notes and imported documents, by words and by meaning.

        Ask in words or a question, in Chinese or English; cite what you use by its path and lines.

        Args:
            query: what is looked for.
            limit: how many passages at most, 1 to 50.
            folder: only notes below this folder of the vault, such as "projects/launch".
            tag: only notes with this tag or one below it, with or without "#".
        """
        _check("limit", limit, MOST_PASSAGES)
        if not query.strip():
            raise UsageError("`query` is empty; `list_notes` lists the notes of a folder or with a tag.")
        scope = Scope(folder=folder, tag=tag.lstrip("#"))
        hits = self._at_hand.search(SearchQuery(query, limit, scope=scope))
        given = self._given(hit.path for hit in hits)
        return Found(tuple(_passage(hit) for hit in hits if hit.path in given))

    def read_note(self, path: str, start_line: int = 1, end_line: int = 0) -> NotePart:
        """Read a note, or some lines of it, by the path that another tool gave.

        A long note comes in parts: read on while `end_line` is less than `total_lines`.

        Args:
            path: of the note, relative to the vault; or of an imported document ("document://report.pdf").
            start_line: the first line, counted from 1.
            end_line: the last line; 0 stands for the end of the note.
        """
        services = self._at_hand.services()
        self._check_known(path)
        if is_document(path):
            text = services.documents.text(services.documents.document(path))
        else:
            text = notes.read(services.vault, path).text
        return _part(path, visible(text).split("\n"), start_line, end_line)

    def list_notes(self, folder: str = "", tag: str = "", limit: int = 100) -> Listing:
        """List notes and imported documents by path and title, the latest changed first.

        Args:
            folder: only notes below this folder of the vault.
            tag: only notes with this tag or one below it, with or without "#".
            limit: how many at most, 1 to 500.
        """
        _check("limit", limit, MOST_NOTES)
        services = self._at_hand.services()
        listed = notes_within(services.index.catalog, Scope(folder=folder, tag=tag), limit + 1)
        given = self._given(note.path for note in listed)
        shown = [NamedNote(note.path, visible(note.title)) for note in listed[:limit] if note.path in given]
        return Listing(tuple(shown), is_complete=len(listed) <= limit)

    def linked_notes(self, path: str) -> Links:
        """Tell which notes a note links to, and which link to it.

        Args:
            path: of the note, relative to the vault.
        """
        self._check_known(path)
        graph = LinkGraph(self._at_hand.services().index.catalog)
        to, back = graph.outgoing(path), graph.backlinks(path)
        given = self._given([*(link.to_path for link in to), *(link.from_path for link in back)])
        return Links(
            tuple(_link(link, link.to_path if link.to_path in given else "") for link in to),
            tuple(_link(link, link.from_path) for link in back if link.from_path in given),
        )

    def _check_known(self, path: str) -> None:
        """Refuse whatever is no note of the index, be it excluded, outside the vault or not there."""
        catalog = self._at_hand.services().index.catalog
        if catalog.entry(path) is None or not self._given([path]):
            raise NoteMissing(f"There is no note {path!r}.{self._meant(path, catalog)}", path=path)

    def _meant(self, name: str, catalog: Catalog) -> str:
        """Say which notes are called like that, for models write titles and links in the place of paths."""
        called = LinkGraph(catalog).named(without_suffix(name.strip("[]")).rpartition("/")[2])
        given = self._given(called)
        paths = [repr(path) for path in called if path in given][:MOST_MEANT]
        return f" Called so: {', '.join(paths)}." if paths else ""

    def _given(self, paths: Iterable[str]) -> set[str]:
        """Those that may be given: the index may not know yet what has been excluded just now."""
        asked = set(paths)
        return asked - self._at_hand.left_out.among(path for path in asked if not is_document(path))


def _check(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise UsageError(f"`{name}` must be 1 to {most}.")


def _passage(hit: Passage) -> FoundPassage:
    return FoundPassage(
        path=hit.path,
        title=visible(hit.title),
        heading_path=tuple(map(visible, hit.heading_path)),
        start_line=hit.start_line,
        end_line=hit.end_line,
        text=visible(hit.text),
        label=visible(hit.label),
    )


def _link(link: ResolvedLink, path: str) -> NoteLink:
    return NoteLink(path, visible(link.target), link.line)


def _part(path: str, lines: list[str], start: int, end: int) -> NotePart:
    """Return the lines from `start` to `end` that fit; a single line that does not fit is cut."""
    last = min(end or len(lines), len(lines))
    if not 1 <= start <= last:
        raise UsageError(f"There are no lines {start} to {end or last}; the note has {len(lines)}.")
    shown, room = [lines[start - 1][:MOST_CHARACTERS]], MOST_CHARACTERS - len(lines[start - 1])
    for line in lines[start:last]:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return NotePart(path, start, start + len(shown) - 1, len(lines), "\n".join(shown))
