"""How notes are called and how links find them, as Obsidian, Logseq and plain Markdown do.

Pure functions on names and paths. A name's *key* is its last segment, folded, so that one indexed look-up
finds every candidate; which of them a link means is decided afterwards by the rest of the path.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from core.text import folding
from core.text.model import LinkKind

NOTE_SUFFIXES = (".md", ".markdown")
LOGSEQ_SEPARATOR = "___"  # Logseq writes the namespace a/b as the file a___b.md


BLOCK_NAMES = "((*))"
"""Glob of the names that blocks have among those of notes."""


fold = folding.fold
"""How names are compared, and tags."""


def without_suffix(path: str) -> str:
    """Return `path` without the suffix of a Markdown note."""
    for suffix in NOTE_SUFFIXES:
        if path.lower().endswith(suffix):
            return path[: -len(suffix)]
    return path


def name_key(name: str) -> str:
    """Return the folded last segment of a name, path or link target."""
    return fold(without_suffix(name.rstrip("/"))).rpartition("/")[2].strip()


def file_title(path: str) -> str:
    """Return what a note is called after its file alone; `a___b.md` is Logseq's `a/b`."""
    stem = without_suffix(path.rpartition("/")[2])
    return unquote(stem.replace(LOGSEQ_SEPARATOR, "/"))


def names_of(path: str, title: str, aliases: Iterable[str]) -> list[str]:
    """Return every name a link may use for the note, each once, the file's own first."""
    named = (without_suffix(path).rpartition("/")[2], file_title(path), *aliases, title)
    return list(dict.fromkeys(name for name in named if name.strip()))


def block_name(block_id: str) -> str:
    """Return what a block is called among the names of notes, so that no note is taken for it."""
    return f"(({fold(block_id)}))"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that bears the name of a link's target."""

    note_id: str
    path: str
    name: str


def choose(kind: LinkKind, target: str, source_path: str, candidates: Sequence[Candidate]) -> str:
    """Return the id of the note that a link in `source_path` means, empty where none does.

    A Markdown link means the file it points at, else (as Obsidian reads it) a note by that name. A wikilink
    prefers the exact path, then a note beside the source, then the shortest path, then the alphabet. A
    reference to a block means the note that holds it.
    """
    if kind is LinkKind.BLOCK_REF:
        wanted = block_name(target)
        return min((c.note_id for c in candidates if c.name == wanted), default="")
    if kind is LinkKind.MARKDOWN:
        pointed = _pointed_at(target, source_path)
        for candidate in candidates:
            if fold(without_suffix(candidate.path)) == pointed:
                return candidate.note_id
    wanted = fold(without_suffix(target.strip("/")))
    fitting = [candidate for candidate in candidates if _fits(wanted, candidate)]
    if not fitting:
        return ""
    folder = posixpath.dirname(source_path)

    def nearness(candidate: Candidate) -> tuple[bool, bool, int, int, str]:
        path = candidate.path
        exact = fold(without_suffix(path)) == wanted
        beside = posixpath.dirname(path) == folder
        return (not exact, not beside, path.count("/"), len(path), path)

    return min(fitting, key=nearness).note_id


def _pointed_at(target: str, source_path: str) -> str:
    if target.startswith("/"):
        return fold(without_suffix(posixpath.normpath(target.lstrip("/"))))
    joined = posixpath.join(posixpath.dirname(source_path), target)
    return fold(without_suffix(posixpath.normpath(joined)))


def _fits(wanted: str, candidate: Candidate) -> bool:
    """Whether the whole target, not only its last segment, speaks of this note."""
    wanted = wanted.lstrip("./")
    path = fold(without_suffix(candidate.path))
    return fold(candidate.name) == wanted or path == wanted or path.endswith("/" + wanted)
