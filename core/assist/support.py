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
from enum import Enum

from core.assist.sentences import Sentence, sentences_of
from core.assist.terms import negations, numbers, say_nothing, terms, tokens_of
from core.search.model import Passage
from core.text.folding import fold_text
from core.text.words import has_han

COVERED = 0.7
"""Share of a claim's content words that must stand in the window of sentences it rests on."""
COPIED = 0.75
"""From this share of equal words on a claim counts as copied, and must then be copied faithfully."""
WINDOW = 3
LONGEST_TEAR = 2
"""Chinese characters missing in one place of a copy; more is a clause left out."""

_QUOTED = re.compile(r"“([^”\n]+)”|\"([^\"\n]+)\"|「([^」\n]+)」|『([^』\n]+)』|‘([^’\n]+)’(?!\w)")
_END_MARKS = " .,;:。，；：…"
_DROPPED = re.compile(r"[\s*_`~]|\[\[|\]\]|==")
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w-]+|\b\w*[A-Z]\w*[A-Z]\w*\b")
_CODE = re.compile(r"`([^`\n]+)`")


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


class _Likeness(Enum):
    """How a claim is related to a piece of text."""

    OTHER = 0
    COPY = 1
    ALTERED = 2


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
    return [words for words in inner if len(_DROPPED.sub("", words)) >= (4 if has_han(words) else 8)]


def find_words(wanted: str, passage: Passage) -> Support:
    """Return where `wanted` stands in the passage, whole words only; marks at its ends do not count."""
    bare = wanted.strip(_END_MARKS)
    closed = wanted.rstrip()[-1:] in _END_MARKS
    needle = _folded(bare)[0]
    hay, offsets = _folded(passage.text)
    start = hay.find(needle) if needle else -1
    while start >= 0:
        first, end = offsets[start], offsets[start + len(needle) - 1] + 1
        # Chinese has no spaces, but a quotation that closes with a mark must not end inside a clause.
        torn = closed and has_han(passage.text[end : end + 1])
        if _is_border(passage.text, first) and _is_border(passage.text, end) and not torn:
            return _at(passage, first, end)
        start = hay.find(needle, start + 1)
    return Support()


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the characters that are compared, and where each came from."""
    skipped = {i for match in _DROPPED.finditer(text) for i in range(*match.span())}
    pairs = [(char, i) for i, raw in enumerate(text) if i not in skipped for char in _fold_mark(raw)]
    return "".join(char for char, _ in pairs), [i for _, i in pairs]


def _fold_mark(char: str) -> str:
    return {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-"}.get(char) or fold_text(char)


def _is_border(text: str, place: int) -> bool:
    """Whether no Latin word and no number goes across `place`."""
    around = text[max(0, place - 1) : place + 1]
    return not (len(around) == 2 and around.isalnum() and not any(map(has_han, around)))


def _at(passage: Passage, start: int, end: int) -> Support:
    line = passage.start_line + passage.text.count("\n", 0, start)
    last = line + passage.text.count("\n", start, end)
    return Support(passage.text[start:end], min(line, passage.end_line), min(last, passage.end_line))


def _by_content(claim: str, passage: Passage) -> Support:
    wanted = set(terms(claim))
    if not wanted:
        return Support()
    context = " ".join((passage.title, *passage.heading_path))
    covering = [w for w in _windows(passage) if _share(wanted, w) >= COVERED]
    covering.sort(key=lambda w: (-_share(wanted, w), len(w)))
    likeness = [_likeness(claim, w) for w in covering]
    # What is nearly the text is not supported by a lesser likeness elsewhere.
    wanted_likeness = _Likeness.COPY if _Likeness.ALTERED in likeness else None
    for window, like in zip(covering, likeness, strict=True):
        if wanted_likeness in (None, like) and _agrees(claim, _text(window), context):
            return _most_telling(wanted, window)
    return Support()


def _windows(passage: Passage) -> list[Sequence[Sentence]]:
    sentences = sentences_of(passage)
    sizes = range(1, min(WINDOW, len(sentences)) + 1)
    return [sentences[i : i + size] for size in sizes for i in range(len(sentences) - size + 1)]


def _share(wanted: set[str], window: Sequence[Sentence]) -> float:
    """Return how much of the claim's content stands in the window."""
    there = set[str]().union(*(terms(sentence.text) for sentence in window))
    return len(wanted & there) / len(wanted)


def _agrees(claim: str, window: str, context: str) -> bool:
    """Whether numbers, names, code and negations of the claim are those of the window."""
    known = fold_text(f"{window} {context}")
    return (
        numbers(claim) <= numbers(window)
        and negations(claim) == negations(window)
        and all(fold_text(name) in known for name in [*_NAME.findall(claim), *_CODE.findall(claim)])
    )


def _likeness(claim: str, window: Sequence[Sentence]) -> _Likeness:
    """Tell a claim that repeats the window word for word from one that changes a word that matters."""
    ours, theirs = tokens_of(claim), tokens_of(_text(window))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < COPIED * len(ours):
        return _Likeness.OTHER
    first, last = blocks[0].b, blocks[-1].b
    for kind, a, b, c, d in matcher.get_opcodes():
        torn = kind == "insert" and first < c < last and _is_torn(theirs[c:d])
        if torn or (kind != "equal" and not _is_harmless(ours[a:b], theirs)):
            return _Likeness.ALTERED
    return _Likeness.COPY


def _is_torn(left_out: Sequence[str]) -> bool:
    """Whether what a copy leaves out is rather a part of a Chinese word than a clause."""
    chinese = all(map(has_han, left_out))
    return chinese and len(left_out) <= LONGEST_TEAR and not say_nothing(left_out)


def _is_harmless(added: Sequence[str], window: Sequence[str]) -> bool:
    """Whether words that a copy adds say nothing, or were only moved; a number that moved is another one."""
    if say_nothing(added):
        return True
    if any(char.isdigit() for word in added for char in word):
        return False
    words, text = ("\n".join(["", *tokens, ""]) for tokens in (added, window))
    return words in text and (len(added) > 1 or not has_han(words))


def _text(window: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in window)


def _most_telling(wanted: set[str], window: Sequence[Sentence]) -> Support:
    """Return the window's one sentence with most of the claim in it."""
    best = max(window, key=lambda s: len(wanted & set(terms(s.text))))
    return Support(best.text, best.line, best.end_line)
