"""Whether a passage says the opposite of a claim, as far as that shows in the words: another number for the
same thing, or the same words with one negation more or fewer."""

from __future__ import annotations

import re

from core.assist.sentences import Sentence, sentences_of
from core.assist.support import Support
from core.assist.terms import negations, numbers, terms
from core.search.model import Passage

COVERED = 0.75
"""Share of the claim's words, numbers apart, that the sentence must have for the two to be about one thing.
Of 400 claims of XQuAD (en, zh) against eight paragraphs on other subjects each none reaches it, and of 800
with another number or a negation 96 % do (`bench facts`)."""
LEAST_TERMS = 3
_NOT_HAN = re.compile("没有|[不没未]")


def contradiction(claim: str, passage: Passage) -> Support:
    """Return the sentence of the passage that contradicts `claim`; empty where none does."""
    said = _content(claim)
    if len(said) < LEAST_TERMS:
        return Support()
    best, share = None, COVERED
    for sentence in sentences_of(passage):
        covered = len(said & _content(sentence.text)) / len(said)
        if covered >= share and _opposes(claim, sentence):
            best, share = sentence, covered
    return Support(best.text, best.line, best.end_line) if best is not None else Support()


def _content(text: str) -> set[str]:
    """Return the words that tell what a sentence is about: no numbers, and no Chinese negation, which would
    join the characters on both sides of it into other words."""
    return {term for term in terms(_NOT_HAN.sub("", text)) if not any(char.isdigit() for char in term)}


def _opposes(claim: str, sentence: Sentence) -> bool:
    ours, theirs = numbers(claim), numbers(sentence.text)
    if ours - theirs and theirs - ours:
        return True
    return (negations(claim) - negations(sentence.text)) % 2 == 1
