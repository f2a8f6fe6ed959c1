"""The numbered marks in an answer: `[1]`, however the model wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text import words

LONGEST_MARK = 40
"""An opened bracket that is not closed within so many characters is no mark."""
MOST_IN_RANGE = 12

_OPENERS = "[【［"
_GROUP = re.compile(
    r"[\[【［]\s*(?:(?:passage|note|source|笔记|片段|来源)\s*)?\^?"
    r"(?P<numbers>\d{1,3}(?:\s*[,，、;；–—-]\s*\d{1,3})*)(?:†[^\]】］]*)?\s*[\]】］]",
    re.IGNORECASE,
)
_NUMBER_OR_RANGE = re.compile(r"(\d+)(?:\s*[–—-]\s*(\d+))?")
_MARK = re.compile(r"\[(\d{1,3})\](?!\()")
_CODE = re.compile(r"(?P<ticks>`+).*?(?:(?P=ticks)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """One `[n]` in the answer, and the words it is put to."""

    n: int
    start: int
    end: int
    claim: str
    within: words.Span = (0, 0)
    """The whole sentence it belongs to."""


class MarkNormaliser:
    """Turns 【1】, [1, 2] and their like into [1] and [1][2] while they stream; code is left alone."""

    def __init__(self) -> None:
        self._held = ""
        self._in_code = False
        self._after_tick = False

    def feed(self, text: str) -> str:
        """Return the text that is certain; an opened bracket is held back until it is decided."""
        return "".join(map(self._character, text))

    def close(self) -> str:
        """Return what was held back when the stream ended."""
        held, self._held = self._held, ""
        return held

    def _character(self, char: str) -> str:
        if self._held:
            return self._in_bracket(char)
        if char == "`" and not self._after_tick:
            self._in_code = not self._in_code
        self._after_tick = char == "`"
        if char in _OPENERS and not self._in_code:
            self._held = char
            return ""
        return char

    def _in_bracket(self, char: str) -> str:
        if self._held == char == "[":  # a wikilink, whatever stands in it
            return self.close() + char
        if char in _OPENERS or char in "`\n" or len(self._held) >= LONGEST_MARK:
            return self.close() + self._character(char)
        self._held += char
        return _normalised(self.close()) if char in "]】］" else ""


def _normalised(bracket: str) -> str:
    group = _GROUP.fullmatch(bracket)
    return "".join(f"[{n}]" for n in _expanded(group["numbers"])) if group else bracket


def _expanded(numbers: str) -> list[int]:
    found: list[int] = []
    for first, last in _NUMBER_OR_RANGE.findall(numbers):
        end = int(last or first)
        found += (
            range(int(first), end + 1) if int(first) <= end < int(first) + MOST_IN_RANGE else [int(first)]
        )
    return found


def find_marks(text: str) -> list[Mark]:
    """Return the marks of an answer in order, each with its claim.

    A claim is the sentence's words before the mark, back to the mark before it; marks side by side share
    one, and a mark that opens its sentence takes what follows. Code holds no marks.
    """
    prose = _CODE.sub(lambda match: " " * len(match[0]), text)
    places = list(_MARK.finditer(prose))
    bare = blanked(text)
    spans = _claims(bare)
    marks: list[Mark] = []
    for i, place in enumerate(places):
        start, end = _sentence_at(spans, place.start(), len(bare))
        before = max([start, *(m.end for m in marks if m.end <= place.start())])
        claim = bare[before : min(place.start(), end)].strip(" \t\n,，;；.。")
        if not claim:
            follows = places[i + 1].start() if i + 1 < len(places) else len(bare)
            beside = marks and not bare[marks[-1].end : place.start()].strip() and before != start
            claim = marks[-1].claim if beside else bare[place.end() : min(end, follows)].strip()
        marks.append(Mark(int(place[1]), place.start(), place.end(), claim, (start, end)))
    return marks


def blanked(text: str) -> str:
    """Return `text` at equal offsets with spaces in place of its marks."""
    return _MARK.sub(lambda match: " " * len(match[0]), text)


def _claims(text: str) -> list[words.Span]:
    """Return the sentences of an answer; a semicolon or the end of a quoted sentence does not end one."""
    joined: list[words.Span] = []
    for start, end in words.sentences(text):
        before = text[joined[-1][0] : joined[-1][1]] if joined else ""
        if (
            joined
            and (before.endswith((";", "；")) or _is_open(before))
            and "\n\n" not in text[joined[-1][1] : start]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_open(text: str) -> bool:
    """Whether a quotation in `text` has not ended yet."""
    return any(text.count(a) > text.count(b) for a, b in ("“”", "「」", "『』")) or text.count('"') % 2 == 1


def _sentence_at(spans: list[words.Span], place: int, length: int) -> words.Span:
    """Return the last sentence that begins before `place`; one that begins with the mark is the next."""
    earlier = [span for span in spans if span[0] < place]
    if earlier:
        return earlier[-1]
    return spans[0] if spans else (0, length)
