"""English text as the glossary sees it: plain lower-case words, phrases and their base forms."""

from __future__ import annotations

import re

from core.text.words import HAN

PHRASE_WORDS = 3
"""The longest phrase that is looked up as one, in words."""

_WORD = re.compile(rf"[^\W_{HAN}]+")
_GENITIVE = re.compile(r"['’]s\b")
_FUNCTION_WORDS = """
    a about also an and any are as at be been both but by did do does each for from had has have he
    her his how i if in into is it its many me more most much my no not of off on one oneself or our
    out she so some such than that the their them then there these they this those to up us was we
    were what when where which who whom whose why will with would you your
"""
# How CC-CEDICT speaks about a word rather than what the word means.
_ABBREVIATIONS = "abbr coll cl eg esp etc fig idiom lit old pr sb see sth tw usu usually used variant"
STOP_WORDS = frozenset(_FUNCTION_WORDS.split() + _ABBREVIATIONS.split())


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case, in order; whatever is not Han counts, hyphens part words."""
    return _WORD.findall(_GENITIVE.sub("", text.lower()))


def content_words(text: str) -> list[str]:
    """Return the words of `text` that tell something: no function words, no single letters or digits."""
    return [word for word in words(text) if len(word) > 1 and word not in STOP_WORDS]


def base_forms(phrase: str) -> list[str]:
    """Return `phrase` and what its last word may be a form of, likeliest first; not all of them are words."""
    forms = [phrase]
    for ending, bases in (
        ("ies", ("y",)),
        ("es", ("",)),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("ly", ("",)),
    ):
        stem = phrase.removesuffix(ending)
        if stem == phrase or len(stem) < 2:
            continue
        forms += [stem + base for base in bases]
        if ending in ("ed", "ing") and stem[-1] == stem[-2]:  # planned, running
            forms.append(stem[:-1])
    return forms
