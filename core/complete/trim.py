"""From what a model said to what can stand at the caret; pure, and right for a text that still grows."""

from __future__ import annotations

import re

from core.complete.clean import cleaned, unwrapped
from core.complete.joint import joined, parted
from core.complete.length import Wanted
from core.complete.model import CompletionRequest, Kind
from core.complete.place import Place, PlaceKind
from core.complete.tongue import is_foreign
from core.text.words import sentence_ends

_IN_WORDS = (PlaceKind.PROSE, PlaceKind.ITEM)
"""Places where the writer's language goes on; tables and properties hold names, in any."""
_LEAST_OVERLAP = 2
_LONGEST_OVERLAP = 200
_LEAST_REPEATED = 6
"""Characters of the line's end that a model hardly says twice by chance."""
_MARKER = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}[ \t]+|>[ \t]?)")
_CLAUSE = re.compile(r"[，。；：！？…]+[”’」』）》]*|[.!?;:,]+[\"')\]]*(?=\s)")
_BEGINS_A_MARKER = re.compile(r"(?:(?:[-*+>]|\d{1,9}[.)]?|#{1,6})[ \t]*)?(?:\[(?:[ xX]\]?)?[ \t]*)?\Z")
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_CLOSED_LINE = re.compile(r"[.!?:。！？：…][”’」』）》】\"')\]*_]*[ \t]*\Z")
_LINE_BREAK = re.compile(r"\A[ \t]*\n\s*")
_RECENT_LINES = 6
_CHARACTERS_A_TOKEN = 5
"""A server need not heed how many tokens it was asked for."""


def trimmed(
    raw: str, request: CompletionRequest, place: Place, wanted: Wanted, *, whole: bool = False
) -> str:
    """Return the part of `raw` that continues the note at the caret, empty where nothing does.

    What the model repeated of the text before is dropped, what repeats the text after is cut, and the length
    is the wanted one. A text that only repeats a line near the caret is nothing. `whole` says that nothing
    more comes.
    """
    text = cleaned(raw, whole=whole)
    text = text if place.kind is PlaceKind.CODE else unwrapped(text)
    if not whole and _is_undecided(text, place):
        return ""
    text = _without_repeated_start(text, place)
    if place.line.strip() and not _CLOSED_LINE.search(place.line):
        text = _LINE_BREAK.sub("", text)  # chat models like to begin on a fresh line
    text = joined(text, request.before, whole=whole)
    text = _cut_to_length(text, wanted)
    text = without_repeated_tail(text, request.after, whole=whole)
    text = text.rstrip() if wanted.kind is not Kind.WORD else text.rstrip("\n")
    text = parted(text, request.after) if whole else text
    is_lost = place.kind in _IN_WORDS and is_foreign(text, request.before, whole=whole)
    return "" if is_lost or _repeats_a_line(text, request, place) else text


def _without_repeated_start(text: str, place: Place) -> str:
    """Drop the caret's line, or its end, from the beginning of what continues it."""
    line = place.line.lstrip()
    start = text.lstrip()
    if len(line) >= _LEAST_OVERLAP and start.startswith(line):
        return start[len(line) :]
    if place.lead.strip() and place.line == place.lead and (marker := _MARKER.match(start)):
        return start[marker.end() :]  # the item or heading has its marker
    if place.lead == place.line and place.lead.rstrip().endswith("]") and (box := _BOX.match(start)):
        return start[box.end() :]
    for length in range(min(len(line), len(start), _LONGEST_OVERLAP), _LEAST_REPEATED - 1, -1):
        if start.startswith(line[-length:]):
            return start[length:]
    return text


def _is_undecided(text: str, place: Place) -> bool:
    """Whether all that came so far may still turn out to be what is left out: shown, it would stay."""
    line, start = place.line.lstrip(), text.strip()
    if place.lead.strip() and place.line == place.lead and _BEGINS_A_MARKER.match(start):
        return True
    room = len(line) - _LEAST_REPEATED
    repeats = bool(start) and room >= 0 and line.find(start, 0, room + len(start)) >= 0
    return repeats or not start.strip(".…`")


def _cut_to_length(text: str, wanted: Wanted) -> str:
    text = _cut_to_room(text, _CHARACTERS_A_TOKEN * wanted.max_tokens)
    if wanted.kind is Kind.PARAGRAPH:
        return re.split(r"\n[ \t]*\n", text.lstrip("\n"), maxsplit=1)[0]
    text = text.partition("\n")[0]
    if wanted.clause:
        match = _CLAUSE.search(text)
        return text[: match.end()] if match else text
    if wanted.kind is Kind.SENTENCE and (ends := sentence_ends(text)):
        return text[: ends[0]]
    return text


def _cut_to_room(text: str, room: int) -> str:
    """Cut what is far too long where a clause ends, else between two words."""
    if len(text) <= room:
        return text
    ends = [match.end() for match in _CLAUSE.finditer(text, 0, room)]
    return text[: ends[-1]] if ends else text[:room].rpartition(" ")[0] or text[:room]


def without_repeated_tail(text: str, after: str, *, whole: bool = True) -> str:
    """Cut the end of `text` that stands behind the caret already, or while it grows may come to."""
    following = after.lstrip(" ")
    for length in range(min(len(text), len(following), _LONGEST_OVERLAP), 0, -1):
        is_long = length >= _LEAST_OVERLAP or not whole or not text[-1].isalnum()
        if is_long and text.endswith(following[:length]):
            return text[:-length]
    return text


def _repeats_a_line(text: str, request: CompletionRequest, place: Place) -> bool:
    """Whether the line as it would stand is one of those just above, or the next one below."""
    whole = _bare(place.line + text)
    above = request.before.split("\n")[-_RECENT_LINES - 1 : -1]
    below = [line for line in request.after.split("\n")[1:4] if line.strip()][:1]
    near = {_bare(line) for line in [*above, *below]} - {""}
    return not text.strip() or whole in near or _bare(text) in near


def _bare(line: str) -> str:
    return _MARKER.sub("", line, count=1).strip()
