"""Which sentences of an answer rest on nothing that was given to the model; decided by words, not by a model.

A sentence rests on something if a citation in it was verified, or if enough of its content words stand close
together in one of the texts and all its numbers stand in them. This is meant to be milder than the check of
citations: a sentence in other words should pass, one on another subject should not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.assist.claims import claims_of
from core.assist.contradiction import contradiction
from core.assist.marks import Mark, blanked, find_marks
from core.assist.model import Citation
from core.assist.sentences import as_passage, sentences_of
from core.assist.support import find_words, support
from core.assist.terms import numbers, terms
from core.search.model import Passage
from core.text.folding import fold_text
from core.text.words import HAN, Span

CARRIED = 0.4
"""Share of a sentence's content words that must stand in the window it rests on. Measured by `bench
grounding` on XQuAD (en, zh) and CMRC 2018 against eight passages that speak of like things, see there."""
WINDOW = 3
"""Neighbouring sentences that may carry one sentence of an answer."""
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(rf"[^\W\d_{HAN}]+")
_SOURCE = "(?:notes?|passages?|excerpts?|vault|sources?)"
_ABSENCE = re.compile(
    rf"\b{_SOURCE} (?:(?:do|does|did)(?: not|n['’]t)|never|(?:say|contain|ha[sv]e?|give|provide)s? no)"
    r"|(?:\bno[tr]?|n['’]t|nothing|nowhere)\b.{0,60}\b(?:in|from|by) (?:the|your|these|my) "
    rf"(?:\w+ )?{_SOURCE}\b"
    "|(?:笔记|片段|资料|材料|原文|文中).{0,12}[没未不无]|[没未不无].{0,16}(?:笔记|片段|资料|材料)[里中]",
    re.IGNORECASE,
)
"""How an answer says that something is not in the notes."""
_SPELT = dict(zip("零一二三四五六七八九十两", [*map(str, range(11)), "2"], strict=True)) | {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_SPELT_NUMBER = re.compile("|".join(rf"\b{w}\b" if w.isascii() else w for w in _SPELT))


def unsupported(
    text: str, citations: Sequence[Citation], passages: Sequence[Passage], *, said: Iterable[str] = ()
) -> tuple[Span, ...]:
    """Return where the sentences of an answer stand that nothing given supports, in its order.

    `said` is what else lay before the model: the question first, then words of the open note. A sentence
    that says of the notes that something is not in them needs no support; one in a language that no text
    has, or that cites a text in another language, cannot be judged by words and is not marked.
    """
    question, *others = [*said, ""]
    given = _Given([*passages, *map(as_passage, filter(None, others))], question)
    bare, marks = blanked(text), find_marks(text)
    verified = {citation.offset for citation in citations if citation.verified}
    found: list[Span] = []
    for claim in claims_of(bare):
        its = [mark for mark in marks if mark.within[0] < claim.end and claim.start < mark.within[1]]
        if any(mark.start in verified for mark in its) or _cites_abroad(claim.text, its, passages):
            continue
        if not _ABSENCE.search(claim.text) and not given.carries(claim.text):
            found.append((claim.start, claim.end))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Text:
    """One text that was given, with the content words of its sentences."""

    passage: Passage
    chinese: bool
    windows: tuple[frozenset[str], ...]


class _Given:
    """All that lay before the model, taken apart once for all sentences."""

    def __init__(self, passages: Sequence[Passage], question: str) -> None:
        self._texts = tuple(map(_taken_apart, passages))
        self._asked = numbers(question)
        self._numbers = self._asked.union(*(_known_numbers(p.text) for p in passages))

    def carries(self, sentence: str) -> bool:
        """Whether a sentence rests on one of the texts, or cannot be judged by words."""
        if not numbers(sentence) <= self._numbers:
            return False
        chinese = is_chinese(sentence)
        texts = [text for text in self._texts if text.chinese == chinese]
        if not texts:
            return bool(self._texts)
        wanted = set(terms(sentence))
        share, best = max(((_share(wanted, text), text) for text in texts), key=lambda pair: pair[0])
        # A number that the question brought in contradicts nothing.
        return share >= CARRIED and (
            bool(numbers(sentence) & self._asked) or not _opposed(sentence, best.passage)
        )


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese, be it full of English names: a character counts as much as a word."""
    han = len(_HAN.findall(text))
    return han > 0 and han >= len(_LATIN_WORD.findall(text))


def _taken_apart(passage: Passage) -> _Text:
    above = set(terms(" ".join((passage.title, *passage.heading_path))))
    own = [above | set(terms(f"{s.text} {s.table_head}")) for s in sentences_of(passage)]
    last = max(1, len(own) - WINDOW + 1)
    windows = tuple(frozenset[str]().union(*own[i : i + WINDOW]) for i in range(last))
    return _Text(passage, is_chinese(passage.text), windows)


def _share(wanted: set[str], text: _Text) -> float:
    return max(len(wanted & window) for window in text.windows) / len(wanted) if wanted else 1.0


def _opposed(sentence: str, passage: Passage) -> bool:
    """Whether the passage says the opposite, and nowhere the same."""
    return contradiction(sentence, passage).found and not (
        find_words(sentence, passage).found or support(sentence, passage).found
    )


def _known_numbers(text: str) -> set[str]:
    """Return the numbers of a text, those up to ten also where they are spelt."""
    return numbers(text) | {_SPELT[word] for word in _SPELT_NUMBER.findall(fold_text(text))}


def _cites_abroad(sentence: str, marks: Sequence[Mark], passages: Sequence[Passage]) -> bool:
    """Whether a sentence cites a passage in another language."""
    cited = [passages[mark.n - 1] for mark in marks if 0 < mark.n <= len(passages)]
    return any(is_chinese(passage.text) != is_chinese(sentence) for passage in cited)
