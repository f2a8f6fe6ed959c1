"""What name is being written at the caret, and what it becomes: pure functions on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath

from core.text.matching import Term

_LINK = re.compile(r"(?:\[\[|【【)(?P<note>[^\[\]【】|#\n]*)(?:#(?P<heading>[^\[\]【】|\n]*))?\Z")
_NOT_IN_TAG = r"\s#\[\](){}<>「」（），。；：！？、,;:.!?|`\"'\\"
_BEFORE_TAG = r"\s(（【《「“‘，。、；：！？,;|*~"
_TAG = re.compile(rf"(?P<before>^[ \t]*|(?:^|[{_BEFORE_TAG}]))#(?P<tag>[^{_NOT_IN_TAG}]*)\Z")


class NameKind(Enum):
    """What a name is a name of."""

    NOTE = auto()
    HEADING = auto()
    TAG = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """The name that is being written."""

    kind: NameKind
    query: str
    start: int
    """Where it begins in the line, its opening brackets or sign included; in code points."""
    note: str = ""
    """For a heading the note it stands in; empty for the note itself."""


def written_at(before: str) -> Written | None:
    """Return the name that ends where `before`, the caret's line up to it, ends; None where there is none."""
    if found := _LINK.search(before):
        note, heading = found["note"], found["heading"]
        if heading is not None:
            return Written(NameKind.HEADING, heading, found.start(), note.strip())
        return Written(NameKind.NOTE, note, found.start())
    if found := _TAG.search(before):
        start = found.end("before")
        is_heading_to_be = not found["tag"] and not before[:start].strip()
        return None if is_heading_to_be else Written(NameKind.TAG, found["tag"], start)
    return None


def link_to(term: Term, names: Sequence[Term]) -> str:
    """Return what stands between the brackets of a link to the note that bears a name.

    A name that is not the file's is shown, not linked to: of the programs that read a vault not all know
    aliases. Of several files of one name the path tells which.
    """
    stem = PurePosixPath(term.detail).with_suffix("").name
    by_file = Counter(PurePosixPath(path).stem.casefold() for path in {name.detail for name in names})
    is_alone = by_file[stem.casefold()] <= 1
    target = stem if is_alone else str(PurePosixPath(term.detail).with_suffix(""))
    is_its_own = term.text == stem or term.text == stem.replace("___", "/")
    return (term.text if is_alone else f"{target}|{term.text}") if is_its_own else f"{target}|{term.text}"


def tag_of(name: str) -> str:
    """Return how a tag is written; one with spaces as Logseq does."""
    return f"#[[{name}]]" if " " in name else f"#{name}"


def path_of(name: str, names: Sequence[Term], here: str) -> str:
    """Return the path of the note a link's name means; the note itself for an empty one."""
    if not name:
        return here
    folded = name.casefold()
    exact = (term.detail for term in names if term.text.casefold() == folded)
    return next(exact, "")
