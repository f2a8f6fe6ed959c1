"""What changed between two versions of a text, in pieces that a reader can follow, in Chinese too.

Lines are compared first, then the sentences of the changed ones, then what these are made of: words of
letters, and single characters of scripts without spaces. Two steps make the result readable: what little two
rewritten stretches have in common by chance is counted as rewritten too, and a change inside a word is
widened to the word where somebody who knows the words says where they end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from core.text import words
from core.text.words import HAN, Span

WIDEST = 3
"""Characters by which a change may grow at most to begin and end where words do."""

_TOKEN = re.compile(rf"[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[^\S\n]+|.", re.DOTALL)
_WORDLIKE = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_EXACT = 1_000_000
"""Pairs of pieces up to which each one counts; above it the frequent ones are no anchors."""

WordSpans = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of both versions: the same in both, or a change from `old` to `new`."""

    old: str
    new: str

    @property
    def is_change(self) -> bool:
        """Whether the versions differ here."""
        return self.old != self.new


class _Change(NamedTuple):
    """`old[a:b]` became `new[c:d]`."""

    a: int
    b: int
    c: int
    d: int


def diff(old: str, new: str, *, word_spans: WordSpans | None = None) -> tuple[Part, ...]:
    """Return the parts of both versions in order; changes and equal parts alternate, none is empty.

    The `old` of all parts together is `old`, the `new` of all is `new`. `word_spans` tells where words stand
    in a text (offsets in code points); without it a change may begin or end inside a Chinese word.
    """
    found = _without_crumbs(old, new, _merged(_compare(old, new, _LEVELS, 0, 0)))
    if word_spans is not None and found:
        found = _to_word_ends(found, _borders(word_spans(old)), _borders(word_spans(new)), len(old))
    return tuple(_parts(old, new, found))


def changes(parts: Sequence[Part]) -> list[int]:
    """Return the places in `parts` at which something changes."""
    return [place for place, part in enumerate(parts) if part.is_change]


def applied(parts: Sequence[Part], accepted: Collection[int]) -> str:
    """Return the text with the changes at the places `accepted`, and as it was everywhere else."""
    return "".join(part.new if place in accepted else part.old for place, part in enumerate(parts))


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _sentences(text: str) -> list[str]:
    """Cut where sentences begin; the space between two belongs to the first."""
    starts = [start for start, _ in words.sentences(text)][1:]
    return [text[a:b] for a, b in zip([0, *starts], [*starts, len(text)], strict=True)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


_LEVELS = (_lines, _sentences, _tokens)


def _compare(
    old: str, new: str, levels: Sequence[Callable[[str], list[str]]], old_at: int, new_at: int
) -> Iterator[_Change]:
    """Yield the changes between two stretches that begin at these offsets, by ever smaller pieces."""
    if old == new:
        return
    if not old or not new or not levels:
        yield _Change(old_at, old_at + len(old), new_at, new_at + len(new))
        return
    split, *finer = levels
    before, after = split(old), split(new)
    head, tail = shared_ends(before, after)
    ours, theirs = before[head : len(before) - tail], after[head : len(after) - tail]
    skipped = sum(map(len, before[:head]))
    offsets, new_offsets = _offsets(ours, old_at + skipped), _offsets(theirs, new_at + skipped)
    autojunk = len(ours) * len(theirs) > _EXACT
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=autojunk).get_opcodes():
        if kind != "equal":
            pair = "".join(ours[a:b]), "".join(theirs[c:d])
            yield from _compare(*pair, finer, offsets[a], new_offsets[c])


def shared_ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how many pieces both begin with, and how many of the rest both end with."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    return head, next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)


def _offsets(pieces: Sequence[str], start: int) -> list[int]:
    """Return where each piece begins, and the end of the last."""
    result = [start]
    for piece in pieces:
        result.append(result[-1] + len(piece))
    return result


def _merged(found: Iterable[_Change]) -> list[_Change]:
    """Join changes that touch or overlap."""
    result: list[_Change] = []
    for change in found:
        if result and change.a <= result[-1].b and change.c <= result[-1].d:
            result[-1] = _Change(result[-1].a, change.b, result[-1].c, change.d)
        else:
            result.append(change)
    return result


def _without_crumbs(old: str, new: str, found: list[_Change]) -> list[_Change]:
    """Join two changes where what is equal between them is too little to hold on to."""
    result: list[_Change] = []
    for change in found:
        if result and _is_crumb(old, new, result[-1], change):
            result[-1] = _Change(result[-1].a, change.b, result[-1].c, change.d)
        else:
            result.append(change)
    return result


def _is_crumb(old: str, new: str, before: _Change, after: _Change) -> bool:
    """Less than two words, or at most half of the change on either side; never over the end of a line."""
    same = old[before.b : after.a]
    if "\n" in same:
        return False
    size = _weight(same)
    around = min(max(_weight(old[x.a : x.b]), _weight(new[x.c : x.d])) for x in (before, after))
    return size < 2 or 2 * size <= around


def _weight(text: str) -> int:
    return len(_WORDLIKE.findall(text))


class _Border(NamedTuple):
    """How far it is from an offset inside a word to where the word begins and ends."""

    back: int
    on: int


_FREE = _Border(0, 0)


def _borders(spans: Sequence[Span]) -> dict[int, _Border]:
    """Return the way out of its word for every offset inside one."""
    return {at: _Border(at - start, end - at) for start, end in spans for at in range(start + 1, end)}


def _to_word_ends(
    found: list[_Change], old: dict[int, _Border], new: dict[int, _Border], length: int
) -> list[_Change]:
    """Let changes begin and end where words do in both versions, unless that is more than `WIDEST`."""
    widened: list[_Change] = []
    for place, (a, b, c, d) in enumerate(found):
        room_before = a - (found[place - 1].b if place else 0)
        room_after = (found[place + 1].a if place + 1 < len(found) else length) - b
        back = min(max(old.get(a, _FREE).back, new.get(c, _FREE).back), room_before)
        on = min(max(old.get(b, _FREE).on, new.get(d, _FREE).on), room_after)
        back, on = (back, on) if back + on <= WIDEST else (0, 0)
        widened.append(_Change(a - back, b + on, c - back, d + on))
    return _merged(widened)


def _parts(old: str, new: str, found: Sequence[_Change]) -> Iterator[Part]:
    at = 0
    for change in found:
        if same := old[at : change.a]:
            yield Part(same, same)
        yield Part(old[change.a : change.b], new[change.c : change.d])
        at = change.b
    if same := old[at:]:
        yield Part(same, same)
