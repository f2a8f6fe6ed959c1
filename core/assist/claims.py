"""The statements of a text that can be looked up, each with its place in it."""

from __future__ import annotations

import re

from core.assist.model import Claim
from core.assist.sentences import as_passage, sentences_of
from core.assist.terms import numbers, terms

LEAST_TERMS = 2
"""Content words below which a sentence states nothing that could be looked up ("Yes.", "好的。")."""
MOST_CLAIMS = 200
_LABEL = re.compile(r"(\*\*|__)[^*_]+\1[.:。：]?")
"""A few words in bold that stand alone name what follows."""
_QUESTION_ENDS = ("?", "？")
_CLOSERS = " *_\"'”’」）)"


def claims_of(text: str, *, first_line: int = 1) -> tuple[Claim, ...]:
    """Return the claims of `text` in order: sentences that state something, no questions or headings."""
    found: list[Claim] = []
    place = 0
    for sentence in sentences_of(as_passage(text, first_line=first_line)):
        start = text.find(sentence.text, place)
        if start < 0:
            continue
        place = start + len(sentence.text)
        if _states_something(sentence.text) and len(found) < MOST_CLAIMS:
            found.append(Claim(len(found) + 1, sentence.text, start, place, sentence.line))
    return tuple(found)


def _states_something(sentence: str) -> bool:
    if sentence.rstrip(_CLOSERS).endswith(_QUESTION_ENDS) or _LABEL.fullmatch(sentence):
        return False
    return len(set(terms(sentence)) | numbers(sentence)) >= LEAST_TERMS
