"""Whether the words of an answer stand in the passage it cites; decided by comparing text, not by a model.

Words in quotation marks must stand there character by character, apart from width, case, spaces and
emphasis. Without quotation marks the content must be there: every number and name, the same negations, and
most of the other words within a few neighbouring sentences; a claim that copies nearly word for word must
copy every word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.assist.sentences import Sentence, sentences_of
from core.assist.terms import fold, negations, numbers, terms
from core.search.model import Passage
from core.text.words import HAN

COVERED = 0.7
"""Share of a claim's content words that must stand in the window of sentences it rests on."""
COPIED = 0.75
"""From this share of equal characters on a claim counts as copied, and must be copied whole."""
WINDOW = 3

_QUOTED = re.compile(r"“([^”\n]+)”|\"([^\"\n]+)\"|「([^」\n]+)」|『([^』\n]+)』|‘([^’\n]+)’(?!\w)")
_DROPPED = re.compile(r"[\s*_`~]|\[\[|\]\]|==")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w-]+|\b\w*[A-Z]\w*[A-Z]\w*\b")


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim rests on: words of the passage and their lines; empty where it rests on nothing."""

    quote: str = ""
    start_line: int = 0
    end_line: int = 0

    @property
    def found(self) -> bool:
        """Whether the claim is supported."""
        return bool(self.quote)


def support(claim: str, passage: Passage) -> Support:
    """Return what supports `claim` in the passage."""
    quoted = quoted_words(claim)
    if quoted:
        places = [find_words(words, passage) for words in quoted]
        return max(places, key=lambda s: len(s.quote)) if all(p.found for p in places) else Support()
    return _by_content(claim, passage)


def quoted_words(claim: str) -> list[str]:
    """Return what stands in quotation marks, single words and titles apart."""
    inner = ("".join(match.groups("")).strip() for match in _QUOTED.finditer(claim))
    return [words for words in inner if len(_DROPPED.sub("", words)) >= (4 if _has_han(words) else 8)]


def find_words(wanted: str, passage: Passage) -> Support:
    """Return where `wanted` stands in the passage, whole words only."""
    needle = _folded(wanted.strip(" .,;:。，；：…"))[0]
    hay, offsets = _folded(passage.text)
    start = hay.find(needle) if needle else -1
    while start >= 0:
        first, last = offsets[start], offsets[start + len(needle) - 1]
        if _is_border(passage.text, first) and _is_border(passage.text, last + 1):
            return _at(passage, first, last + 1)
        start = hay.find(needle, start + 1)
    return Support()


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the characters that are compared, and where each came from."""
    skipped = {i for match in _DROPPED.finditer(text) for i in range(*match.span())}
    pairs = [(char, i) for i, raw in enumerate(text) if i not in skipped for char in _fold_mark(raw)]
    return "".join(char for char, _ in pairs), [i for _, i in pairs]


def _fold_mark(char: str) -> str:
    return {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"}.get(char) or fold(char)


def _is_border(text: str, place: int) -> bool:
    """Whether no Latin word and no number goes across `place`."""
    around = text[max(0, place - 1) : place + 1]
    return not (len(around) == 2 and around.isalnum() and not any(map(_has_han, around)))


def _has_han(text: str) -> bool:
    return re.search(f"[{HAN}]", text) is not None


def _at(passage: Passage, start: int, end: int) -> Support:
    line = passage.start_line + passage.text.count("\n", 0, start)
    last = line + passage.text.count("\n", start, end)
    return Support(passage.text[start:end], min(line, passage.end_line), min(last, passage.end_line))


def _by_content(claim: str, passage: Passage) -> Support:
    wanted = set(terms(claim))
    if not wanted:
        return Support()
    context = " ".join((passage.title, *passage.heading_path))
    best: tuple[float, Sequence[Sentence]] = (0.0, ())
    sentences = sentences_of(passage)
    for size in range(1, WINDOW + 1):
        for i in range(len(sentences) - size + 1):
            window = sentences[i : i + size]
            share = _covered(claim, wanted, " ".join(s.text for s in window), context)
            if share > best[0]:
                best = (share, window)
    if best[0] < COVERED:
        return Support()
    return _most_telling(wanted, best[1])


def _covered(claim: str, wanted: set[str], window: str, context: str) -> float:
    """Return the share of the claim's content in the window, 0 where anything in it speaks against."""
    there = set(terms(window))
    share = len(wanted & there) / len(wanted)
    if share < COVERED or not numbers(claim) <= numbers(window) or negations(claim) != negations(window):
        return 0.0
    known = fold(f"{window} {context}")
    if any(fold(name) not in known for name in _NAME.findall(claim)):
        return 0.0
    return share if share == 1.0 or not _is_copy(claim, window) else 0.0


def _is_copy(claim: str, window: str) -> bool:
    """Whether the claim is so close to the text that a differing word is an altered one."""
    ours, theirs = _folded(claim)[0], _folded(window)[0]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    shortest = 2 if _has_han(claim) else 4
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size >= shortest)
    return same >= COPIED * len(ours)


def _most_telling(wanted: set[str], window: Sequence[Sentence]) -> Support:
    """Return the window's one sentence with most of the claim in it."""
    best = max(window, key=lambda s: len(wanted & set(terms(s.text))))
    return Support(best.text, best.line, best.end_line)
