"""How imported documents are addressed among the notes: `document://report.pdf`.

No path within a vault holds two slashes in a row, so the two can never be mixed up; to a search that is
restricted to a folder, `document:` is the folder of all documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from core.text.surrogates import without_surrogates

FOLDER = "document:"
PREFIX = f"{FOLDER}//"
_NAME_CHARACTERS = 120
_UNFIT = re.compile(r"[/\\\x00-\x1f\x7f]+")


def is_document(path: str) -> bool:
    """Whether a path of a passage or citation is a document's and not a note's."""
    return path.startswith(PREFIX)


def path_of(name: str) -> str:
    """Return the path of the document called `name`."""
    return PREFIX + name


def name_of(path: str) -> str:
    """Return what a document is called: the name of its file; a note's path is returned as it is."""
    return path.removeprefix(PREFIX)


def cited(path: str, label: str) -> str:
    """Return how a place is cited: `report.pdf, p. 3`."""
    return ", ".join(part for part in (name_of(path), label) if part)


def place(path: str, line: int, label: str) -> str:
    """Return where a passage stands: `Launch.md:14` in a note, `report.pdf, p. 3` in a document."""
    return cited(path, label) if is_document(path) else f"{path}:{line}"


def free_name(wanted: str, taken: Container[str]) -> str:
    """Return a name for a document that is not `taken`: its file's, else with a number before the suffix.

    Names are composed (NFC), as searches are typed; names in `taken` are folded by `folded`.
    """
    name = without_surrogates(_UNFIT.sub(" ", unicodedata.normalize("NFC", wanted)).strip() or "document")
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    stem = stem[:_NAME_CHARACTERS]
    candidate, number = f"{stem}{dot}{suffix}", 2
    while folded(candidate) in taken:
        candidate, number = f"{stem} ({number}){dot}{suffix}", number + 1
    return candidate


def folded(name: str) -> str:
    """Return a name as names are compared."""
    return unicodedata.normalize("NFC", name).casefold()
