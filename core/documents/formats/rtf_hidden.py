"""What of a rich text file a reader does not see, told by the looks that hold where each word stands.

Only text is taken out; the control words stay, so that what is left is rich text still.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from core.documents.colours import WHITE, Colour, are_alike
from core.documents.model import HiddenKind

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}]+", re.S)
_COLOURS = re.compile(r"\{\\colortbl([^{}]{0,8000})\}")
_CHANNEL = re.compile(r"\\(?:red|green|blue)(\d{1,3})(?!\d)")
_ASIDE = frozenset(
    (
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "listtable",
        "listoverridetable",
        "themedata",
    )
)
"""Groups whose text is no words of the document; `\\*` begins more of them."""
_SCRIPTS = ("loch", "hich", "dbch", "ltrch", "rtlch")
_TINY_HALF_POINTS = 7
_USUAL_HALF_POINTS = 24
_CELL_SHADING = "\\clcbpat"


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds in a group; colours are numbers of the file's table, 0 for none."""

    is_aside: bool = False
    is_off: bool = False
    is_deleted: bool = False
    size: int = _USUAL_HALF_POINTS
    far_size: int | None = None
    """Of Chinese characters, where it is said apart."""
    script: str = "loch"
    ink: int = 0
    ground: int = 0
    shade: int = 0
    """Of the paragraph."""
    is_in_table: bool = False


@dataclass(frozen=True, slots=True)
class Parted:
    """A rich text file without what is not seen, and that, piece by piece."""

    seen: str
    hidden: tuple[tuple[HiddenKind, str], ...]


def part(raw: str) -> Parted:
    """Part what a reader sees from what is hidden; what a reviewer has crossed out is in neither."""
    seen: list[str] = []
    words: list[tuple[HiddenKind | None, str]] = []
    for token, look, kind in _walk(raw):
        if not _is_text(token) or look.is_aside:
            seen.append(token)
        elif not look.is_deleted:
            if kind is None:
                seen.append(token)
            if kind or token.strip():
                words.append((kind, token))
    runs = ((kind, "".join(text for _, text in run)) for kind, run in groupby(words, key=lambda one: one[0]))
    return Parted("".join(seen), tuple((kind, text) for kind, text in runs if kind))


def _walk(raw: str) -> Iterator[tuple[str, _Look, HiddenKind | None]]:
    """Yield each token, the look that holds there, and how that hides text."""
    colours, has_shaded_cells = _table(raw), _CELL_SHADING in raw
    look, around = _Look(), []
    kind: HiddenKind | None = None
    for match in _TOKEN.finditer(raw):
        token = match[0]
        before = look
        if token == "{":
            around.append(look)
        elif token == "}":
            look = around.pop() if around else look
        elif token == "\\*":
            look = replace(look, is_aside=True)
        elif match[1]:
            look = _said(look, match[1], match[2])
        if look is not before:
            kind = _hiding(look, colours, has_shaded_cells=has_shaded_cells)
        yield token, look, kind


def _is_text(token: str) -> bool:
    if not token.startswith("\\"):
        return token not in ("{", "}")
    return token[1:2] in ("'", "\\", "{", "}", "~", "_") or bool(re.match(r"\\u-?\d", token))


def _said(look: _Look, word: str, number: str | None) -> _Look:
    """What holds after a control word."""
    if word in _ASIDE:
        return replace(look, is_aside=True)
    if word == "plain":
        return _Look(look.is_aside, shade=look.shade, is_in_table=look.is_in_table)
    if word in _SCRIPTS:
        return replace(look, script=word)
    change = _CHANGES.get(word)
    return look if change is None else change(look, 1 if number is None else int(number))


def _sized_apart(look: _Look, size: int) -> _Look:
    return replace(look, far_size=size) if look.script == "dbch" else look


def _grounded(look: _Look, colour: int) -> _Look:
    return replace(look, ground=colour)


_CHANGES: dict[str, Callable[[_Look, int], _Look]] = {
    "v": lambda look, number: replace(look, is_off=number != 0),
    "deleted": lambda look, number: replace(look, is_deleted=number != 0),
    "fs": lambda look, number: replace(look, size=number),
    "afs": _sized_apart,
    "cf": lambda look, number: replace(look, ink=number),
    "highlight": _grounded,
    "cb": _grounded,
    "chcbpat": _grounded,
    "cbpat": lambda look, number: replace(look, shade=number),
    "pard": lambda look, _: replace(look, shade=0, is_in_table=False),
    "intbl": lambda look, _: replace(look, is_in_table=True),
}


def _hiding(look: _Look, colours: list[Colour | None], *, has_shaded_cells: bool) -> HiddenKind | None:
    if look.is_off:
        return HiddenKind.NOT_DISPLAYED
    is_far = look.script == "dbch" and look.far_size is not None
    if ((look.far_size if is_far else look.size) or 0) < _TINY_HALF_POINTS:
        return HiddenKind.TINY
    behind = look.ground or look.shade
    ground = _nth(colours, behind) if behind else None if look.is_in_table and has_shaded_cells else WHITE
    return HiddenKind.COLOUR if are_alike(_nth(colours, look.ink), ground) else None


def _table(raw: str) -> list[Colour | None]:
    """The colours of the file; None for one that is left to the reader's program."""
    table = _COLOURS.search(raw)
    entries = (
        ([int(value) for value in _CHANNEL.findall(entry)] for entry in table[1].split(";")) if table else ()
    )
    return [(entry[0], entry[1], entry[2]) if len(entry) == 3 else None for entry in entries]


def _nth(colours: list[Colour | None], number: int) -> Colour | None:
    return colours[number] if 0 <= number < len(colours) else None
